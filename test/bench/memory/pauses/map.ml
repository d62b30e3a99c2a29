(* A balanced tree of strings, about a gigabyte, whose bindings are replaced without end: each replacement copies a path. *)

type tree = Leaf | Node of { left : tree; key : int; value : string; right : tree }

let size = 18_000_000
let value n = "v" ^ string_of_int (n land 0xfffff)

let rec build low high =
  if low > high then Leaf
  else
    let key = (low + high) / 2 in
    Node { left = build low (key - 1); key; value = value key; right = build (key + 1) high }

let rec replace key value = function
  | Leaf -> Leaf
  | Node n when key < n.key -> Node { n with left = replace key value n.left }
  | Node n when key > n.key -> Node { n with right = replace key value n.right }
  | Node n -> Node { n with value }

let () =
  let tree = ref (build 0 (size - 1)) in
  Steady.run (fun i ->
      let key = Steady.random size in
      tree := replace key (value i) !tree);
  ignore (Sys.opaque_identity !tree)
