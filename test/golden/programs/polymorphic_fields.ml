(* Polymorphic record fields, first-class polymorphism, polymorphic recursion. *)
type identity = { id : 'a. 'a -> 'a }
type fold = { fold : 'a 'b. ('b -> 'a -> 'b) -> 'b -> 'a list -> 'b }
type church = { run : 'r. ('r -> 'r) -> 'r -> 'r }

let use { id } = (id 1, id "x", id [ 2.5 ])
let zero = { run = (fun _ z -> z) }
let succ n = { run = (fun s z -> s (n.run s z)) }
let add a b = { run = (fun s z -> a.run s (b.run s z)) }
let mul a b = { run = (fun s z -> a.run (b.run s) z) }
let to_int n = n.run (fun x -> x + 1) 0
let to_string n = n.run (fun s -> "S" ^ s) "Z"

type 'a perfect = Leaf of 'a | Node of ('a * 'a) perfect
let rec depth : 'a. 'a perfect -> int = function Leaf _ -> 0 | Node t -> 1 + depth t
let rec sum : 'a. ('a -> int) -> 'a perfect -> int =
  fun f -> function Leaf x -> f x | Node t -> sum (fun (a, b) -> f a + f b) t
let rec build : 'a. int -> 'a -> 'a perfect = fun n x -> if n = 0 then Leaf x else Node (build (n - 1) (x, x))

type 'a nested = Nil | Cons of 'a * 'a list nested
let rec length : type a. a nested -> int = function Nil -> 0 | Cons (_, rest) -> 1 + length rest

type ('k, 'v) map = { get : 'k -> 'v option; iter : ('k -> 'v -> unit) -> unit }
let of_list l = { get = (fun k -> List.assoc_opt k l); iter = (fun f -> List.iter (fun (k, v) -> f k v) l) }

let () =
  let a, b, c = use { id = (fun x -> x) } in
  Printf.printf "%d %s %g\n" a b (List.hd c);
  let folder = { fold = (fun f z l -> List.fold_left f z l) } in
  Printf.printf "%d %s\n" (folder.fold ( + ) 0 [ 1; 2; 3 ]) (folder.fold ( ^ ) "" [ "a"; "b" ]);
  let two = succ (succ zero) in
  Printf.printf "%d %s\n" (to_int (mul two (add two two))) (to_string two);
  let t = build 5 3 in
  Printf.printf "%d %d\n" (depth t) (sum (fun x -> x) t);
  Printf.printf "%d\n" (length (Cons (1, Cons ([ 2; 3 ], Cons ([ [ 4 ] ], Nil)))));
  let m = of_list [ (1, "one"); (2, "two") ] in
  m.iter (fun k v -> Printf.printf "%d=%s " k v);
  print_endline (match m.get 2 with Some s -> s | None -> "none")

(* stdout {expected|
1 x 2.5
6 ab
8 SSZ
5 96
3
1=one 2=two two
|expected} *)
