(* The binary trees benchmark: allocation and collection of short- and long-lived trees. *)
type tree = Leaf | Node of tree * tree

let rec make d = if d = 0 then Node (Leaf, Leaf) else let d = d - 1 in Node (make d, make d)
let rec check = function Leaf -> 0 | Node (l, r) -> 1 + check l + check r
let min_depth = 4
let max_depth = 18

let rec total depth n acc = if n = 0 then acc else total depth (n - 1) (acc + check (make depth))

let () =
  Printf.printf "stretch %d\n" (check (make (max_depth + 1)));
  let long_lived = make max_depth in
  let depth = ref min_depth in
  while !depth <= max_depth do
    let n = 1 lsl (max_depth - !depth + min_depth) in
    Printf.printf "%d trees of depth %d: %d\n" n !depth (total !depth n 0);
    depth := !depth + 2
  done;
  Printf.printf "long lived %d\n" (check long_lived)
