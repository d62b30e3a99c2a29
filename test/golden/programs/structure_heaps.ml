(* Priority queues three ways: an array heap, a leftist heap, a pairing heap; and sorting by them. *)

module type HEAP = sig
  type t
  val name : string
  val empty : unit -> t
  val add : int -> t -> t
  val pop : t -> (int * t) option
end

module Binary : HEAP = struct
  type t = { mutable items : int array; mutable size : int }
  let name = "binary"
  let empty () = { items = Array.make 4 0; size = 0 }

  let swap a i j = let x = a.(i) in a.(i) <- a.(j); a.(j) <- x

  let rec up a i =
    let parent = (i - 1) / 2 in
    if i > 0 && a.(i) < a.(parent) then begin swap a i parent; up a parent end

  let rec down a n i =
    let least best j = if j < n && a.(j) < a.(best) then j else best in
    let best = least (least i ((2 * i) + 1)) ((2 * i) + 2) in
    if best <> i then begin swap a i best; down a n best end

  let add x h =
    if h.size = Array.length h.items then h.items <- Array.append h.items (Array.make h.size 0);
    h.items.(h.size) <- x;
    h.size <- h.size + 1;
    up h.items (h.size - 1);
    h

  let pop h =
    if h.size = 0 then None
    else begin
      let x = h.items.(0) in
      h.size <- h.size - 1;
      h.items.(0) <- h.items.(h.size);
      down h.items h.size 0;
      Some (x, h)
    end
end

module Leftist : HEAP = struct
  type t = Leaf | Node of int * t * int * t
  let name = "leftist"
  let empty () = Leaf
  let rank = function Leaf -> 0 | Node (r, _, _, _) -> r
  let make x a b = if rank a >= rank b then Node (rank b + 1, a, x, b) else Node (rank a + 1, b, x, a)

  let rec merge a b =
    match (a, b) with
    | Leaf, h | h, Leaf -> h
    | Node (_, l, x, r), Node (_, _, y, _) when x <= y -> make x l (merge r b)
    | _, Node (_, l, y, r) -> make y l (merge a r)

  let add x h = merge (Node (1, Leaf, x, Leaf)) h
  let pop = function Leaf -> None | Node (_, l, x, r) -> Some (x, merge l r)
end

module Pairing : HEAP = struct
  type t = Nil | Tree of int * t list
  let name = "pairing"
  let empty () = Nil
  let merge a b = match (a, b) with
    | Nil, h | h, Nil -> h
    | Tree (x, l), Tree (y, m) -> if x <= y then Tree (x, b :: l) else Tree (y, a :: m)
  let add x h = merge (Tree (x, [])) h
  let rec pairs = function a :: b :: rest -> merge (merge a b) (pairs rest) | [ a ] -> a | [] -> Nil
  let pop = function Nil -> None | Tree (x, l) -> Some (x, pairs l)
end

let sort (module H : HEAP) l =
  let rec drain h = match H.pop h with None -> [] | Some (x, h) -> x :: drain h in
  drain (List.fold_left (fun h x -> H.add x h) (H.empty ()) l)

let () =
  let l = List.init 300 (fun i -> i * 7919 mod 307) in
  let sorted = List.sort compare l in
  List.iter
    (fun (module H : HEAP) ->
      let s = sort (module H) [ 5; 3; 9; 3; 1 ] in
      Printf.printf "%s: %s %b\n" H.name (String.concat " " (List.map string_of_int s)) (sort (module H) l = sorted))
    [ (module Binary); (module Leftist); (module Pairing) ]

(* stdout {expected|
binary: 1 3 3 5 9 true
leftist: 1 3 3 5 9 true
pairing: 1 3 3 5 9 true
|expected} *)
