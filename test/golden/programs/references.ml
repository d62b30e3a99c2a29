let () =
  let r = ref 1 in
  let s = r in
  incr s;
  r := !r * 10;
  Printf.printf "%d %d %b %b\n" !r !s (r == s) (ref 1 == ref 1);
  let rr = ref (ref 5) in
  !rr := 6;
  let old = !rr in
  rr := ref 7;
  Printf.printf "%d %d\n" !old !(!rr);
  let fs = Array.init 3 (fun i -> let c = ref i in fun () -> incr c; !c) in
  Array.iter (fun f -> ignore (f ())) fs;
  Array.iter (fun f -> print_int (f ())) fs;
  print_newline ();
  let fact = ref (fun _ -> 0) in
  fact := (fun n -> if n = 0 then 1 else n * !fact (n - 1));
  Printf.printf "%d\n" (!fact 15);
  let x = ref 0.5 in
  for _ = 1 to 10 do x := !x +. 0.1 done;
  Printf.printf "%.17g\n" !x;
  let l = ref [] in
  for i = 1 to 5 do l := i :: !l done;
  List.iter print_int !l;
  print_newline ()

(* stdout {expected|
20 20 true false
6 7
234
1307674368000
1.5000000000000002
54321
|expected} *)
