(* Float.Array: flat arrays of floats, in full. *)
module A = Float.Array

let show a = "[" ^ String.concat " " (List.map (Printf.sprintf "%g") (A.to_list a)) ^ "]"
let put a = print_endline (show a)
let raises f = match f () with _ -> print_endline "fine" | exception Invalid_argument m -> print_endline m

let () =
  let a = A.init 5 (fun i -> float_of_int (i * i)) in
  put a; put (A.make 2 1.5); put (A.copy a); put (A.sub a 1 3); put (A.append a (A.of_list [ 0.5 ])); put (A.concat [ a; A.make 1 (-1.) ]);
  Printf.printf "%d %g\n" (A.length a) (A.get a 2);
  A.set a 0 9.5;
  A.fill a 3 2 (-0.5);
  put a;
  A.blit a 0 a 1 3;
  put a;
  put (A.map sqrt (A.of_list [ 4.; 9. ])); put (A.mapi (fun i x -> float_of_int i +. x) a); put (A.map2 ( *. ) a a);
  A.iter (Printf.printf "%g ") a; A.iteri (fun i x -> Printf.printf "%d:%g " i x) a; print_newline ();
  A.iter2 (fun x y -> Printf.printf "%g " (x -. y)) a (A.copy a); print_newline ();
  Printf.printf "%g %g\n" (A.fold_left ( +. ) 0. a) (A.fold_right ( -. ) a 0.);
  Printf.printf "%b %b %b %b\n" (A.for_all (fun x -> x > -1.) a) (A.exists (( = ) 9.5) a) (A.mem nan a) (A.mem_ieee nan (A.of_list [ nan ]));
  let b = A.of_list [ 3.; nan; -0.; 0.; neg_infinity; 2. ] in
  A.sort compare b; put b;
  A.stable_sort (fun x y -> compare y x) b; put b;
  A.fast_sort Float.compare b; put b;
  put (A.of_seq (Seq.map Float.neg (A.to_seq (A.of_list [ 1.; 2. ]))))

let () =
  let a = A.of_list [ 1.; 2.; 3. ] in
  print_endline (String.concat "," (Array.to_list (A.map_to_array string_of_float a)));
  put (A.map_from_array float_of_int [| 5; 6 |]);
  Seq.iter (fun (i, x) -> Printf.printf "%d=%g " i x) (A.to_seqi a); print_newline ();
  Printf.printf "%b %d %b\n" (a = A.copy a) (compare a (A.of_list [ 1.; 3. ])) (Hashtbl.hash a = Hashtbl.hash (A.copy a));
  raises (fun () -> A.get a 3); raises (fun () -> A.set a (-1) 0.; 0.); raises (fun () -> A.length (A.sub a 2 2) |> float_of_int);
  raises (fun () -> A.length (A.make (-1) 0.) |> float_of_int); raises (fun () -> A.blit a 0 a 1 3; 0.); raises (fun () -> A.iter2 (fun _ _ -> ()) a (A.create 0); 0.)

(* stdout {expected|
[0 1 4 9 16]
[1.5 1.5]
[0 1 4 9 16]
[1 4 9]
[0 1 4 9 16 0.5]
[0 1 4 9 16 -1]
5 4
[9.5 1 4 -0.5 -0.5]
[9.5 9.5 1 4 -0.5]
[2 3]
[9.5 10.5 3 7 3.5]
[90.25 90.25 1 16 0.25]
9.5 9.5 1 4 -0.5 0:9.5 1:9.5 2:1 3:4 4:-0.5 
0 0 0 0 0 
23.5 -3.5
true true false false
[nan -inf 0 -0 2 3]
[3 2 0 -0 -inf nan]
[nan -inf 0 -0 2 3]
[-1 -2]
1.,2.,3.
[5 6]
0=1 1=2 2=3 
true 1 true
index out of bounds
index out of bounds
Float.Array.sub
Float.Array.create
Float.array.blit
Float.Array.iter2: arrays must have the same length
|expected} *)
