let rec fact_k n k = if n = 0 then k 1 else fact_k (n - 1) (fun v -> k (n * v))
let rec fold_k f acc l k = match l with [] -> k acc | x :: rest -> f acc x (fun acc -> fold_k f acc rest k)

(* Generators by continuations *)
type 'a gen = Done | Yield of 'a * (unit -> 'a gen)

type tree = Leaf | Node of tree * int * tree

let rec walk t k = match t with Leaf -> k () | Node (l, x, r) -> walk l (fun () -> Yield (x, fun () -> walk r k))

let rec same a b =
  match a, b with Done, Done -> true | Yield (x, a), Yield (y, b) -> x = y && same (a ()) (b ()) | _ -> false

let rec insert x = function Leaf -> Node (Leaf, x, Leaf) | Node (l, y, r) -> if x < y then Node (insert x l, y, r) else Node (l, y, insert x r)
let tree l = List.fold_left (fun t x -> insert x t) Leaf l

(* Backtracking with success and failure continuations *)
let rec solve target numbers sc fc =
  if target = 0 then sc [] fc
  else
    match numbers with
    | [] -> fc ()
    | x :: rest -> if x > target then solve target rest sc fc else solve (target - x) rest (fun sol fc -> sc (x :: sol) fc) (fun () -> solve target rest sc fc)

let () =
  Printf.printf "%d\n" (fact_k 20 Fun.id);
  Printf.printf "%d\n" (fold_k (fun acc x k -> if x < 0 then acc else k (acc + x)) 0 [ 1; 2; 3; -1; 100 ] Fun.id);
  Printf.printf "%b %b\n" (same (walk (tree [ 3; 1; 2 ]) (fun () -> Done)) (walk (tree [ 1; 2; 3 ]) (fun () -> Done))) (same (walk (tree [ 1 ]) (fun () -> Done)) (walk (tree [ 2 ]) (fun () -> Done)));
  let count = ref 0 in
  solve 20 [ 11; 9; 7; 5; 4; 3; 2; 1 ] (fun sol fc -> incr count; if !count <= 3 then print_endline (String.concat "+" (List.map string_of_int sol)); fc ()) (fun () -> Printf.printf "%d solutions\n" !count)

(* stdout {expected|
2432902008176640000
6
true false
11+9
11+7+2
11+5+4
10 solutions
|expected} *)
