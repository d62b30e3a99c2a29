(* Red-black trees with deletion: the invariants are checked after every operation. *)

type colour = Red | Black | Double
type 'a t = Leaf | Double_leaf | Node of colour * 'a t * 'a * 'a t

exception Broken of string

let balance colour l x r =
  match (colour, l, x, r) with
  | Black, Node (Red, Node (Red, a, x, b), y, c), z, d
  | Black, Node (Red, a, x, Node (Red, b, y, c)), z, d
  | Black, a, x, Node (Red, Node (Red, b, y, c), z, d)
  | Black, a, x, Node (Red, b, y, Node (Red, c, z, d)) -> Node (Red, Node (Black, a, x, b), y, Node (Black, c, z, d))
  | Double, a, x, Node (Red, Node (Red, b, y, c), z, d) | Double, Node (Red, a, x, Node (Red, b, y, c)), z, d ->
    Node (Black, Node (Black, a, x, b), y, Node (Black, c, z, d))
  | _ -> Node (colour, l, x, r)

let insert x t =
  let rec go = function
    | Leaf | Double_leaf -> Node (Red, Leaf, x, Leaf)
    | Node (c, l, y, r) as t ->
      let n = compare x y in
      if n < 0 then balance c (go l) y r else if n > 0 then balance c l y (go r) else t
  in
  match go t with Node (_, l, y, r) -> Node (Black, l, y, r) | t -> t

(* A doubly black child is moved up until it meets red. *)
let single = function Double_leaf -> Leaf | Node (Double, l, x, r) -> Node (Black, l, x, r) | t -> t
let is_double = function Double_leaf | Node (Double, _, _, _) -> true | _ -> false
let blacker = function Red -> Black | Black | Double -> Double

let rotate colour l x r =
  match (l, r) with
  | l, Node (Black, b, y, c) when is_double l -> balance (blacker colour) (Node (Red, single l, x, b)) y c
  | Node (Black, a, w, b), r when is_double r -> balance (blacker colour) a w (Node (Red, b, x, single r))
  | l, Node (Red, Node (Black, b, y, c), z, d) when is_double l && colour = Black -> Node (Black, balance Black (Node (Red, single l, x, b)) y c, z, d)
  | Node (Red, a, v, Node (Black, b, w, c)), r when is_double r && colour = Black -> Node (Black, a, v, balance Black b w (Node (Red, c, x, single r)))
  | _ -> Node (colour, l, x, r)

let rec take_least = function
  | Node (Red, Leaf, x, Leaf) -> (x, Leaf)
  | Node (Black, Leaf, x, Leaf) -> (x, Double_leaf)
  | Node (Black, Leaf, x, Node (Red, l, y, r)) -> (x, Node (Black, l, y, r))
  | Node (c, l, x, r) ->
    let least, l = take_least l in
    (least, rotate c l x r)
  | Leaf | Double_leaf -> raise Not_found

let delete x t =
  let rec go = function
    | Leaf | Double_leaf -> Leaf
    | Node (Red, Leaf, y, Leaf) when x = y -> Leaf
    | Node (Black, Leaf, y, Leaf) when x = y -> Double_leaf
    | Node (Black, Node (Red, l, z, r), y, Leaf) when x = y -> Node (Black, l, z, r)
    | Node (c, l, y, r) ->
      let n = compare x y in
      if n < 0 then rotate c (go l) y r
      else if n > 0 then rotate c l y (go r)
      else
        let next, r = take_least r in
        rotate c l next r
  in
  let redden = function Node (Black, (Node (Black, _, _, _) as l), x, (Node (Black, _, _, _) as r)) -> Node (Red, l, x, r) | t -> t in
  match go (redden t) with Double_leaf -> Leaf | Node (_, l, y, r) -> Node (Black, l, y, r) | t -> t

let rec black_height = function
  | Leaf -> 1
  | Double_leaf | Node (Double, _, _, _) -> raise (Broken "double")
  | Node (c, l, _, r) ->
    let red = function Node (Red, _, _, _) -> true | _ -> false in
    if c = Red && (red l || red r) then raise (Broken "two reds");
    let h = black_height l in
    if h <> black_height r then raise (Broken "heights");
    if c = Black then h + 1 else h

let rec to_list = function Leaf | Double_leaf -> [] | Node (_, l, x, r) -> to_list l @ (x :: to_list r)

let () =
  let keys = List.init 200 (fun i -> i * 83 mod 211) in
  let check t = ignore (black_height t); t in
  let full = List.fold_left (fun t k -> check (insert k t)) Leaf keys in
  Printf.printf "%d %d %b\n" (List.length (to_list full)) (black_height full) (to_list full = List.sort compare keys);
  let rec shrink t gone = function
    | [] -> t
    | k :: rest ->
      let t = check (delete k t) in
      if List.length gone mod 50 = 0 then Printf.printf "%d left, height %d\n" (List.length (to_list t)) (black_height t);
      shrink t (k :: gone) rest
  in
  let order = List.sort (fun a b -> compare (a * 31 mod 211) (b * 31 mod 211)) keys in
  Printf.printf "%b\n" (to_list (shrink full [] order) = []);
  Printf.printf "%b\n" (to_list (delete 1000 full) = to_list full)

(* stdout {expected|
200 7 true
199 left, height 7
149 left, height 7
99 left, height 6
49 left, height 5
true
true
|expected} *)
