type 'a tree = Leaf | Node of 'a tree * 'a * 'a tree
type ('k, 'v) assoc = ('k * 'v) list
type name = string
type op = int -> int -> int
type 'a option2 = 'a option = None | Some of 'a
type inline = Point of { x : int; y : int } | Origin
type 'a mutual = { value : 'a; next : 'a link }
and 'a link = End | Link of 'a mutual

let rec insert x = function
  | Leaf -> Node (Leaf, x, Leaf)
  | Node (l, y, r) as t -> if x < y then Node (insert x l, y, r) else if x > y then Node (l, y, insert x r) else t

let rec fold f acc = function Leaf -> acc | Node (l, x, r) -> fold f (f (fold f acc l) x) r
let lookup (k : name) (l : (name, 'v) assoc) = List.assoc_opt k l
let ops : (string * op) list = [ ("+", ( + )); ("-", ( - )); ("max", max) ]
let norm = function Point { x; y } -> (x * x) + (y * y) | Origin -> 0
let rec sum { value; next } = value + match next with End -> 0 | Link m -> sum m

let () =
  let t = List.fold_left (fun t x -> insert x t) Leaf [ 5; 2; 8; 1; 9; 3; 5 ] in
  print_endline (String.concat " " (List.rev (fold (fun acc x -> string_of_int x :: acc) [] t)));
  let words = List.fold_left (fun t x -> insert x t) Leaf [ "pear"; "apple"; "fig" ] in
  print_endline (fold (fun acc x -> acc ^ x ^ ",") "" words);
  Printf.printf "%s\n" (match lookup "b" [ ("a", 1); ("b", 2) ] with Some n -> string_of_int n | None -> "none");
  List.iter (fun (name, op) -> Printf.printf "%s %d; " name (op 3 4)) ops;
  print_newline ();
  let p = Point { x = 3; y = 4 } in
  let p2 = match p with Point r -> Point { r with y = 0 } | Origin -> Origin in
  Printf.printf "%d %d %d\n" (norm p) (norm p2) (norm Origin);
  Printf.printf "%d\n" (sum { value = 1; next = Link { value = 2; next = End } });
  let o : int option2 = Some 1 in
  Printf.printf "%b\n" (o = Option.some 1)

(* stdout {expected|
1 2 3 5 8 9
apple,fig,pear,
2
+ 7; - -1; max 4; 
25 9 0
3
true
|expected} *)
