(* compare, equality and hashing over values of every shape, and what they refuse. *)

type t = A | B | C of int | D of t * t | E of { x : float }
type u = { mutable p : int; q : u option }

let sign n = if n < 0 then '<' else if n > 0 then '>' else '='
let order l = String.concat " " (List.map (fun (a, b) -> Printf.sprintf "%c" (sign (compare a b))) l)

let refuses f = match f () with (_ : bool) -> "fine" | exception Invalid_argument m -> m

let () =
  print_endline (order [ (1, 2); (2, 1); (min_int, max_int); (0, 0) ]);
  print_endline (order [ ("a", "b"); ("b", "a"); ("a", "aa"); ("aaaaaaaaa", "b"); ("", ""); ("a\000", "a") ]);
  print_endline (order [ (1., 2.); (0., -0.); (nan, 1.); (1., nan); (nan, nan); (neg_infinity, nan) ]);
  print_endline (order [ ([], [ 1 ]); ([ 1 ], [ 1; 2 ]); ([ 2 ], [ 1; 2 ]); ([ 1; 2 ], [ 1; 2 ]) ]);
  print_endline (order [ ([| 1; 2 |], [| 3 |]); ([| 3 |], [| 1; 2 |]); ([| 1; 2 |], [| 1; 3 |]); ([||], [||]) ]);
  print_endline (order [ ((1, "b"), (1, "a")); ((0, "z"), (1, "a")) ]);
  print_endline (order [ (A, B); (B, C 0); (C 5, C 3); (C 100, D (A, A)); (D (A, B), D (B, A)); (E { x = 1. }, E { x = 1. }); (D (B, B), E { x = 0. }) ]);
  print_endline (order [ (None, Some min_int); (Some 1, Some 2) ]);
  print_endline (order [ (`A, `A); (`B 1, `B 2) ]);
  print_endline (order [ (1l, 2l); (-1l, 1l) ] ^ " " ^ order [ (1L, -1L) ] ^ " " ^ order [ (5n, 5n) ]);
  print_endline (order [ (true, false); (false, true) ] ^ order [ ('a', 'b') ] ^ order [ ((), ()) ]);
  (* Sorting with a polymorphic order. *)
  let sorted = List.sort compare [ D (B, A); C 2; B; D (A, C 1); A; C 1; E { x = 0.5 } ] in
  print_endline (String.concat " " (List.map (function A -> "A" | B -> "B" | C n -> "C" ^ string_of_int n | D _ -> "D" | E _ -> "E") sorted));
  Printf.printf "%b %b %b\n" (min "a" "b" = "a") (max [ 1 ] [] = [ 1 ]) (max A (C 1) = C 1);
  (* Structural and physical. *)
  let a = { p = 1; q = None } in
  let b = { p = 1; q = Some a } and c = { p = 1; q = Some { p = 1; q = None } } in
  Printf.printf "%b %b %b %b\n" (b = c) (b == c) (b != b) (a <> { a with p = 2 });
  let f x = x + 1 in
  print_endline (refuses (fun () -> f = f));
  print_endline (refuses (fun () -> f = succ));
  print_endline (refuses (fun () -> (1, f) = (2, f)));
  print_endline (refuses (fun () -> (1, f) = (1, succ)));
  print_endline (refuses (fun () -> compare [ f ] [] > 0));
  print_endline (refuses (fun () -> lazy 1 = lazy (1 + 0)));
  Printf.printf "%b\n" (compare f f = 0);
  let o = object method m = 1 end in
  Printf.printf "%b %b\n" (o = o) (o = Oo.copy o);
  (* Two cyclic values can be told apart as long as they differ somewhere. *)
  let rec ones = 1 :: ones and twos = 1 :: 2 :: ones in
  Printf.printf "%b %c\n" (ones = twos) (sign (compare ones twos));
  Printf.printf "%b %b\n" (Hashtbl.hash ones = Hashtbl.hash ones) (Hashtbl.hash (C 1) = Hashtbl.hash (C 1))

(* stdout {expected|
< > < =
< > < < = >
< = < > = >
< < > =
> < < =
> <
< < > < < = <
< <
= <
< < > =
> <<=
A B C1 C2 D D E
true true true
true false false true
compare: functional value
compare: functional value
fine
compare: functional value
fine
fine
true
true false
false <
true true
|expected} *)
