(* A persistent red-black tree: every insertion copies a path and leaves the old one to the collector. *)
type color = Red | Black
type tree = Empty | Tree of color * tree * int * tree

let balance = function
  | Black, Tree (Red, Tree (Red, a, x, b), y, c), z, d
  | Black, Tree (Red, a, x, Tree (Red, b, y, c)), z, d
  | Black, a, x, Tree (Red, Tree (Red, b, y, c), z, d)
  | Black, a, x, Tree (Red, b, y, Tree (Red, c, z, d)) ->
      Tree (Red, Tree (Black, a, x, b), y, Tree (Black, c, z, d))
  | color, l, x, r -> Tree (color, l, x, r)

let insert x tree =
  let rec ins = function
    | Empty -> Tree (Red, Empty, x, Empty)
    | Tree (color, l, y, r) as t ->
        if x < y then balance (color, ins l, y, r) else if x > y then balance (color, l, y, ins r) else t
  in
  match ins tree with Tree (_, l, y, r) -> Tree (Black, l, y, r) | Empty -> Empty

let rec sum acc = function Empty -> acc | Tree (_, l, x, r) -> sum (sum acc l + x) r

let () =
  let total = ref 0 in
  for round = 1 to 2 do
    let tree = ref Empty in
    for i = 1 to 300_000 do
      tree := insert (i * 7919 * round mod 1_000_003) !tree
    done;
    total := !total + sum 0 !tree
  done;
  print_int !total
