(* Algebraic data of every shape: constant and other constructors in any order, parameters, mutual recursion. *)

type 'a tree = Leaf | Node of 'a tree * 'a * 'a tree

let rec insert cmp x = function
  | Leaf -> Node (Leaf, x, Leaf)
  | Node (l, y, r) as t ->
    let c = cmp x y in
    if c = 0 then t else if c < 0 then Node (insert cmp x l, y, r) else Node (l, y, insert cmp x r)

let rec fold f t acc = match t with Leaf -> acc | Node (l, x, r) -> fold f r (f x (fold f l acc))
let of_list l = List.fold_left (fun t x -> insert compare x t) Leaf l
let to_list t = List.rev (fold List.cons t [])
let rec depth = function Leaf -> 0 | Node (l, _, r) -> 1 + max (depth l) (depth r)

(* Rose trees and forests define each other. *)
type 'a rose = Rose of 'a * 'a forest
and 'a forest = 'a rose list

let rec rose_map f (Rose (x, kids)) = Rose (f x, List.map (rose_map f) kids)
let rec rose_fold f (Rose (x, kids)) = f x (List.map (rose_fold f) kids)

let rec render indent (Rose (text, kids)) =
  print_endline (String.make indent ' ' ^ text);
  List.iter (render (indent + 2)) kids

(* Many constructors, constant and not, in between. *)
type token =
  | Eof | Plus | Int of int | Minus | Name of string | Pair of int * string | Paren of token list | Times | Boxed of (int * string)
  | Arrow

let rec show = function
  | Eof -> "eof" | Plus -> "+" | Int n -> string_of_int n | Minus -> "-" | Name s -> s
  | Pair (n, s) | Boxed (n, s) -> Printf.sprintf "%d%s" n s
  | Paren l -> "(" ^ String.concat " " (List.map show l) ^ ")"
  | Times -> "*" | Arrow -> "->"

(* Phantom, nested and higher-kinded parameters. *)
type ('key, 'value) trie = { value : 'value option; children : ('key * ('key, 'value) trie) list }

let empty = { value = None; children = [] }

let rec add keys v t =
  match keys with
  | [] -> { t with value = Some v }
  | k :: rest ->
    let child = Option.value (List.assoc_opt k t.children) ~default:empty in
    { t with children = (k, add rest v child) :: List.remove_assoc k t.children }

let rec find keys t =
  match keys with [] -> t.value | k :: rest -> Option.bind (List.assoc_opt k t.children) (find rest)

type expression = Const of float | Sum of expression list | Product of term list
and term = Power of { base : expression; exponent : int } | Negated of term

let rec value = function
  | Const c -> c
  | Sum l -> List.fold_left (fun acc e -> acc +. value e) 0. l
  | Product l -> List.fold_left (fun acc t -> acc *. term t) 1. l

and term = function Power { base; exponent } -> value base ** float_of_int exponent | Negated t -> -.term t

let () =
  let t = of_list [ 5; 2; 8; 1; 9; 3; 5 ] in
  Printf.printf "%s depth %d\n" (String.concat " " (List.map string_of_int (to_list t))) (depth t);
  let words = of_list [ "pear"; "fig"; "apple" ] in
  print_endline (String.concat " " (to_list words));
  let r = Rose (1, [ Rose (2, [ Rose (3, []) ]); Rose (4, []) ]) in
  render 0 (rose_map string_of_int r);
  Printf.printf "%d %d\n" (rose_fold (fun x l -> List.fold_left ( + ) x l) r) (rose_fold (fun _ l -> 1 + List.fold_left max 0 l) r);
  print_endline (show (Paren [ Int 1; Plus; Name "x"; Times; Paren [ Minus; Pair (2, "y") ]; Arrow; Boxed (3, "z"); Eof ]));
  let trie = add [ 'a'; 'b' ] 1 (add [ 'a' ] 2 (add [ 'c' ] 3 empty)) in
  let get s = Option.value (find (List.of_seq (String.to_seq s)) trie) ~default:0 in
  Printf.printf "%d %d %d %d\n" (get "ab") (get "a") (get "c") (get "b");
  Printf.printf "%g\n" (value (Sum [ Const 1.; Product [ Power { base = Const 2.; exponent = 3 }; Negated (Power { base = Const 5.; exponent = 1 }) ] ]));
  Printf.printf "%b %b %d\n" (Int 3 = Int 3) (Paren [ Plus ] < Paren [ Minus ]) (compare Arrow (Int 0))

(* stdout {expected|
1 2 3 5 8 9 depth 3
apple fig pear
1
  2
    3
  4
10 3
(1 + x * (- 2y) -> 3z eof)
1 2 3 0
-39
true true -1
|expected} *)
