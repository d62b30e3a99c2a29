type t = A | B of int * t | C of { mutable n : int; s : string }

let raises f = match f () with b -> string_of_bool b | exception Invalid_argument m -> m

let () =
  let l = [ B (1, A); C { n = 2; s = "x" } ] in
  Printf.printf "%b %b %b\n" (l = [ B (1, A); C { n = 2; s = "x" } ]) (l == l) (l = [ A ]);
  Printf.printf "%b %b\n" (A = A) (A == A);
  Printf.printf "%d %d %d\n" (compare A (B (0, A))) (compare (B (1, A)) (B (1, B (0, A)))) (compare (C { n = 1; s = "" }) A);
  Printf.printf "%b %b %b\n" ([ 1; 2 ] < [ 1; 3 ]) ([ 1 ] < [ 1; 0 ]) ([] < [ 0 ]);
  Printf.printf "%b %b %b\n" ([| 1; 2 |] < [| 3 |]) ([| 3 |] < [| 1; 2 |]) ("b" < "aa");
  Printf.printf "%b %b %b\n" ((1, "b") < (2, "a")) (Some 1 > None) (Ok 1 < Error 0);
  Printf.printf "%d %d\n" (compare (1, nan) (1, nan)) (compare [ nan ] [ 1. ]);
  print_endline (raises (fun () -> (fun x -> x) = fun x -> x));
  print_endline (raises (fun () -> compare [ succ ] [ pred ] = 0));
  print_endline (raises (fun () -> (1, succ) = (2, succ)));
  let f = succ in
  print_endline (raises (fun () -> compare f f = 0));
  Printf.printf "%b %b\n" (1L = 1L) (compare 1n 2n < 0);
  Printf.printf "%b\n" (ref 1 = ref 1);
  Printf.printf "%d %d\n" (compare true false) (compare 'a' 'b');
  let sorted = List.sort compare [ B (2, A); A; C { n = 1; s = "z" }; B (1, B (0, A)); B (1, A) ] in
  List.iter (function A -> print_string "A " | B (n, t) -> Printf.printf "B%d%s " n (if t = A then "" else "+") | C c -> Printf.printf "C%d " c.n) sorted;
  print_newline ();
  let rec cyclic = 1 :: 2 :: cyclic in
  Printf.printf "%b %d\n" (cyclic == List.tl (List.tl cyclic)) (List.nth cyclic 101)

(* stdout {expected|
true true false
true true
-1 -1 1
true true true
false true false
true true true
0 -1
compare: functional value
compare: functional value
false
true
true true
true
1 -1
A B1 B1+ B2 C1 
true 2
|expected} *)
