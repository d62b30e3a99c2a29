let show l = "[" ^ String.concat "; " (List.map string_of_int l) ^ "]"

let () =
  let l = [ 3; 1; 4; 1; 5; 9; 2; 6 ] in
  print_endline (show (List.rev l));
  print_endline (show (List.map (fun x -> x * x) l));
  print_endline (show (List.filter (fun x -> x mod 2 = 0) l));
  print_endline (show (List.sort compare l));
  print_endline (show (List.sort_uniq (fun a b -> compare b a) l));
  print_endline (show (List.concat [ l; []; [ 7 ] ]));
  Printf.printf "%d %d\n" (List.fold_left ( + ) 0 l) (List.fold_right (fun x acc -> x - acc) l 0);
  let even, odd = List.partition (fun x -> x land 1 = 0) l in
  Printf.printf "%s %s\n" (show even) (show odd);
  Printf.printf "%b %b\n" (List.mem 9 l) (List.exists (fun x -> x > 9) l);
  let a, b = List.split (List.mapi (fun i x -> (i, x)) l) in
  Printf.printf "%s %s\n" (show a) (show b);
  Printf.printf "%s\n" (show (List.map2 ( * ) a b));
  Printf.printf "%s\n" (List.assoc 2 [ (1, "one"); (2, "two") ]);
  List.iteri (fun i x -> Printf.printf "%d:%d " i x) l;
  print_newline ();
  Printf.printf "%s\n" (show (List.filter_map (fun x -> if x > 3 then Some (x - 3) else None) l));
  Printf.printf "%s\n" (show (List.concat_map (fun x -> List.init (x mod 3) (fun _ -> x)) l));
  Printf.printf "%d %s\n" (List.nth l 5) (show (List.tl (List.tl l)));
  let by_length = List.stable_sort (fun a b -> compare (String.length a) (String.length b)) [ "ccc"; "a"; "bb"; "d"; "eee" ] in
  print_endline (String.concat " " by_length);
  let acc, l' = List.fold_left_map (fun acc x -> (acc + x, acc)) 0 l in
  Printf.printf "%d %s\n" acc (show l')

(* stdout {expected|
[6; 2; 9; 5; 1; 4; 1; 3]
[9; 1; 16; 1; 25; 81; 4; 36]
[4; 2; 6]
[1; 1; 2; 3; 4; 5; 6; 9]
[9; 6; 5; 4; 3; 2; 1]
[3; 1; 4; 1; 5; 9; 2; 6; 7]
31 -3
[4; 2; 6] [3; 1; 1; 5; 9]
true false
[0; 1; 2; 3; 4; 5; 6; 7] [3; 1; 4; 1; 5; 9; 2; 6]
[0; 1; 8; 3; 20; 45; 12; 42]
two
0:3 1:1 2:4 3:1 4:5 5:9 6:2 7:6 
[1; 2; 6; 3]
[1; 4; 1; 5; 5; 2; 2]
9 [4; 1; 5; 9; 2; 6]
a d bb ccc eee
31 [0; 3; 4; 8; 9; 14; 23; 25]
|expected} *)
