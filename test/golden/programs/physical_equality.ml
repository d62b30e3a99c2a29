let () =
  let a = [ 1; 2 ] in
  let b = a in
  let c = List.map Fun.id a in
  Printf.printf "%b %b %b %b\n" (a == b) (a == c) (a = c) (a != c);
  let r1 = ref 0 in
  let r2 = r1 in
  incr r2;
  Printf.printf "%b %d\n" (r1 == r2) !r1;
  Printf.printf "%b %b\n" (1 == 1) ('a' == 'a');
  Printf.printf "%b %b\n" (None == None) ([] == []);
  let f x = x + 1 in
  let g = f in
  Printf.printf "%b\n" (f == g);
  let a1 = [| 1 |] and a2 = [| 1 |] in
  Printf.printf "%b %b\n" (a1 == a2) (a1 = a2);
  let shared = [ a1; a1 ] in
  (List.hd shared).(0) <- 7;
  Printf.printf "%d\n" (List.nth shared 1).(0);
  let rec memq_count x = function [] -> 0 | y :: rest -> (if x == y then 1 else 0) + memq_count x rest in
  Printf.printf "%d\n" (memq_count a1 [ a1; a2; a1 ])

(* stdout {expected|
true false true true
true 1
true true
true true
true
false true
7
2
|expected} *)
