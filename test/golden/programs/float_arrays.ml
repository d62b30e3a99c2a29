let () =
  let a = Array.make 5 1.5 in
  a.(2) <- 2.5;
  let b = [| 1.; 2.; 3. |] in
  let sum = Array.fold_left ( +. ) 0. in
  Printf.printf "%g %g\n" (sum a) (sum b);
  let c = Array.append b (Array.map (fun x -> x *. x) b) in
  Array.iter (fun x -> Printf.printf "%g " x) c;
  print_newline ();
  let poly x = Array.fold_right (fun c acc -> c +. (x *. acc)) b 0. in
  Printf.printf "%g\n" (poly 2.);
  (* Generic code over arrays that may be of floats *)
  let swap a i j = let t = a.(i) in a.(i) <- a.(j); a.(j) <- t in
  let d = Array.copy b and e = [| "x"; "y"; "z" |] in
  swap d 0 2;
  swap e 0 2;
  Printf.printf "%g %s %d\n" d.(0) e.(0) (Array.length [||]);
  let first a = a.(0) in
  Printf.printf "%g %d %s\n" (first b) (first [| 7 |]) (first e);
  (try ignore (first ([||] : float array)) with Invalid_argument m -> print_endline m);
  Printf.printf "%b %b %d\n" (b = [| 1.; 2.; 3. |]) (b < c) (compare [| nan |] [| nan |]);
  let g = Array.of_list [ 0.1; 0.2 ] in
  Printf.printf "%.3f %b\n" (g.(0) +. g.(1)) (Array.mem 0.2 g);
  let m = Array.make_matrix 2 2 0. in
  m.(0).(1) <- 3.;
  Printf.printf "%g %g\n" m.(0).(1) m.(1).(1);
  let t = (1.5, [| 2.5 |]) and l = [ 3.5 ] in
  Printf.printf "%g\n" (fst t +. (snd t).(0) +. List.hd l)

(* stdout {expected|
8.5 6
1 2 3 1 4 9 
17
3 z 0
1 7 z
index out of bounds
true true 0
0.300 true
3 0
7.5
|expected} *)
