(* The whole of Array: construction, copying between overlapping parts, sorting, and bounds. *)

let show a = "[|" ^ String.concat "; " (Array.to_list (Array.map string_of_int a)) ^ "|]"
let put a = print_endline (show a)

let raises name f =
  match f () with
  | _ -> Printf.printf "%s: fine\n" name
  | exception Invalid_argument m -> Printf.printf "%s: %s\n" name m
  | exception Not_found -> Printf.printf "%s: not found\n" name

let () =
  let a = Array.init 8 (fun i -> i * i mod 11) in
  put a; put (Array.copy a); put (Array.sub a 2 3); put (Array.append a [| 100 |]); put (Array.concat [ [| 1 |]; [||]; [| 2; 3 |] ]);
  put (Array.make 3 7); put (Array.of_list [ 1; 2 ]); put (Array.mapi (fun i x -> (10 * i) + x) a);
  Array.fill a 0 2 9; put a;
  Array.blit a 0 a 2 4; put a;
  Array.blit a 3 a 1 4; put a;
  Array.set a 0 (-1); Array.unsafe_set a 1 (-2);
  Printf.printf "%d %d %d\n" (Array.get a 0) (Array.unsafe_get a 1) (Array.length a);
  Printf.printf "%d %d\n" (Array.fold_left ( - ) 0 a) (Array.fold_right ( - ) a 0);
  Array.iteri (fun i x -> Printf.printf "%d:%d " i x) a; print_newline ();
  Array.iter2 (fun x y -> Printf.printf "%d " (x * y)) [| 1; 2 |] [| 3; 4 |]; print_newline ();
  put (Array.map2 ( + ) [| 1; 2 |] [| 3; 4 |]);
  Printf.printf "%b %b %b %b\n" (Array.for_all (( < ) (-5)) a) (Array.exists (( = ) 9) a) (Array.mem 5 a) (Array.memq 5 [||]);
  Printf.printf "%b %b\n" (Array.for_all2 ( < ) [| 1 |] [| 2 |]) (Array.exists2 ( = ) [| 1; 2 |] [| 2; 1 |])

let () =
  let a = [| 5; 3; 8; 1; 9; 2; 7 |] in
  let b = Array.copy a in
  Array.sort compare a; put a;
  Array.stable_sort (fun x y -> compare y x) b; put b;
  let words = [| "ccc"; "bb"; "a"; "dd"; "e" |] in
  Array.fast_sort (fun x y -> compare (String.length x, x) (String.length y, y)) words;
  print_endline (String.concat " " (Array.to_list words));
  let pairs = Array.init 20 (fun i -> (i mod 3, i)) in
  Array.stable_sort (fun (x, _) (y, _) -> compare x y) pairs;
  Array.iter (fun (k, i) -> Printf.printf "%d.%d " k i) pairs; print_newline ();
  let big = Array.init 1000 (fun i -> i * 7919 mod 1009) in
  Array.sort compare big;
  let ordered = ref true in
  for i = 1 to 999 do if big.(i - 1) > big.(i) then ordered := false done;
  Printf.printf "%b %d %d\n" !ordered big.(0) big.(999);
  put (Array.of_seq (Seq.filter (fun n -> n > 4) (Array.to_seq a)));
  Seq.iter (fun (i, x) -> Printf.printf "%d=%d " i x) (Array.to_seqi [| 10; 20 |]); print_newline ()

let () =
  let m = Array.make_matrix 2 3 0 in
  m.(0).(1) <- 5;
  Array.iter put m;
  let shared = Array.make 2 [| 0 |] in
  shared.(0).(0) <- 1;
  Array.iter put shared;
  let floats = Array.make 2 1.5 in
  floats.(1) <- floats.(0) *. 2.;
  Printf.printf "%g %g\n" floats.(0) floats.(1);
  let fresh = Array.create_float 3 in
  Array.fill fresh 0 3 2.5;
  Printf.printf "%g\n" (Array.fold_left ( +. ) 0. fresh);
  Printf.printf "%b %b %d\n" ([| 1; 2 |] = [| 1; 2 |]) ([| 1 |] == [| 1 |]) (compare [| 1; 2 |] [| 3 |]);
  Printf.printf "%d\n" (match [| 1; 2; 3 |] with [| a; _; c |] -> a + c | _ -> 0);
  raises "get" (fun () -> [| 1 |].(1)); raises "set" (fun () -> [| 1 |].(-1) <- 0; 0); raises "empty" (fun () -> [||].(0));
  raises "sub" (fun () -> Array.length (Array.sub [| 1 |] 0 2)); raises "make" (fun () -> Array.length (Array.make (-1) 0));
  raises "init" (fun () -> Array.length (Array.init (-1) Fun.id)); raises "fill" (fun () -> Array.fill [| 1 |] 0 2 0; 0);
  raises "blit" (fun () -> Array.blit [| 1 |] 0 [| 1 |] 1 1; 0); raises "map2" (fun () -> Array.length (Array.map2 ( + ) [| 1 |] [||]));
  raises "iter2" (fun () -> Array.iter2 (fun _ _ -> ()) [| 1 |] [||]; 0)

(* stdout {expected|
[|0; 1; 4; 9; 5; 3; 3; 5|]
[|0; 1; 4; 9; 5; 3; 3; 5|]
[|4; 9; 5|]
[|0; 1; 4; 9; 5; 3; 3; 5; 100|]
[|1; 2; 3|]
[|7; 7; 7|]
[|1; 2|]
[|0; 11; 24; 39; 45; 53; 63; 75|]
[|9; 9; 4; 9; 5; 3; 3; 5|]
[|9; 9; 9; 9; 4; 9; 3; 5|]
[|9; 9; 4; 9; 3; 9; 3; 5|]
-1 -2 8
-30 -12
0:-1 1:-2 2:4 3:9 4:3 5:9 6:3 7:5 
3 8 
[|4; 6|]
true true true false
true false
[|1; 2; 3; 5; 7; 8; 9|]
[|9; 8; 7; 5; 3; 2; 1|]
a e bb dd ccc
0.0 0.3 0.6 0.9 0.12 0.15 0.18 1.1 1.4 1.7 1.10 1.13 1.16 1.19 2.2 2.5 2.8 2.11 2.14 2.17 
true 0 1008
[|5; 7; 8; 9|]
0=10 1=20 
[|0; 5; 0|]
[|0; 0; 0|]
[|1|]
[|1|]
1.5 3
7.5
true false 1
4
get: index out of bounds
set: index out of bounds
empty: index out of bounds
sub: Array.sub
make: Array.make
init: Array.init
fill: Array.fill
blit: Array.blit
map2: Array.map2: arrays must have the same length
iter2: Array.iter2: arrays must have the same length
|expected} *)
