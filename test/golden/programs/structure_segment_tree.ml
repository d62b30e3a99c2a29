(* Segment trees as a functor over monoids, and Fenwick trees for prefix sums. *)

module type MONOID = sig
  type t
  val zero : t
  val add : t -> t -> t
end

module Segment_tree (M : MONOID) = struct
  type t = Leaf of M.t | Node of { size : int; total : M.t; left : t; right : t }

  let total = function Leaf x -> x | Node n -> n.total
  let size = function Leaf _ -> 1 | Node n -> n.size
  let node left right = Node { size = size left + size right; total = M.add (total left) (total right); left; right }

  let of_array a =
    let rec build i n = if n = 1 then Leaf a.(i) else let h = n / 2 in node (build i h) (build (i + h) (n - h)) in
    build 0 (Array.length a)

  let rec set t i x =
    match t with
    | Leaf _ -> Leaf x
    | Node { left; right; _ } -> if i < size left then node (set left i x) right else node left (set right (i - size left) x)

  (* The sum of the elements from [low] up to, not including, [high]. *)
  let rec query t low high =
    if low >= high then M.zero
    else if low <= 0 && high >= size t then total t
    else
      match t with
      | Leaf _ -> M.zero
      | Node { left; right; _ } ->
        let h = size left in
        M.add (query left low (min high h)) (query right (max 0 (low - h)) (high - h))
end

module Fenwick = struct
  let create n = Array.make (n + 1) 0
  let rec add t i x = if i < Array.length t then begin t.(i) <- t.(i) + x; add t (i + (i land -i)) x end
  let rec prefix t i = if i = 0 then 0 else t.(i) + prefix t (i - (i land -i))
end

module Sum = Segment_tree (struct type t = int let zero = 0 let add = ( + ) end)
module Least = Segment_tree (struct type t = int let zero = max_int let add = min end)
module Text = Segment_tree (struct type t = string let zero = "" let add = ( ^ ) end)

(* Inversions are counted with a Fenwick tree. *)
let inversions l =
  let t = Fenwick.create (List.fold_left max 0 l) in
  let count (seen, n) x =
    let greater = seen - Fenwick.prefix t x in
    Fenwick.add t x 1;
    (seen + 1, n + greater)
  in
  snd (List.fold_left count (0, 0) l)

let () =
  let a = [| 5; 2; 8; 1; 9; 3; 7 |] in
  let sums = Sum.of_array a and least = Least.of_array a in
  Printf.printf "%d %d %d %d\n" (Sum.query sums 0 7) (Sum.query sums 2 5) (Sum.query sums 3 3) (Least.query least 0 3);
  let sums' = Sum.set sums 4 100 in
  Printf.printf "%d %d\n" (Sum.query sums' 2 5) (Sum.query sums 2 5);
  let words = Text.of_array [| "a"; "b"; "c"; "d"; "e" |] in
  print_endline (Text.query (Text.set words 2 "-") 1 4);
  let brute low high = Array.fold_left ( + ) 0 (Array.sub a low (high - low)) in
  let good = ref true in
  for low = 0 to 7 do for high = low to 7 do if Sum.query sums low high <> brute low high then good := false done done;
  Printf.printf "%b\n" !good;
  Printf.printf "%d %d\n" (inversions [ 1; 2; 3; 4 ]) (inversions [ 4; 3; 1; 2 ])

(* stdout {expected|
35 18 0 2
109 18
b-d
true
0 5
|expected} *)
