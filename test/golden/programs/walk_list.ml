(* The whole of List: results, order of calls, and what raises. *)

let show l = "[" ^ String.concat "; " (List.map string_of_int l) ^ "]"
let pairs l = String.concat " " (List.map (fun (a, b) -> Printf.sprintf "%d-%c" a b) l)
let put l = print_endline (show l)

let raises f =
  match f () with
  | _ -> print_endline "no exception"
  | exception e -> print_endline (Printexc.to_string e)

let even n = n mod 2 = 0
let l = [ 3; 1; 4; 1; 5; 9; 2; 6 ]

let () =
  Printf.printf "%d %d %d\n" (List.length l) (List.hd l) (List.nth l 4);
  Printf.printf "%d %d %d\n" (List.compare_lengths l [ 1 ]) (List.compare_length_with l 8) (List.compare_length_with l 9);
  put (List.tl l); put (List.rev l); put (List.cons 0 l); put (List.init 5 (fun i -> i * i));
  put (List.append [ 1 ] [ 2; 3 ]); put (List.rev_append [ 1; 2 ] [ 3 ]);
  put (List.concat [ [ 1 ]; []; [ 2; 3 ] ]); put (List.flatten [ [ 4 ]; [ 5 ] ]);
  put (List.concat_map (fun n -> List.init n Fun.id) [ 1; 3; 2 ])

let () =
  put (List.mapi (fun i x -> i * x) l); put (List.rev_map succ l);
  put (List.filter even l); put (List.find_all even l); put (List.filteri (fun i _ -> even i) l);
  put (List.filter_map (fun n -> if even n then Some (n / 2) else None) l);
  let yes, no = List.partition even l in
  put yes; put no;
  let total, sums = List.fold_left_map (fun acc x -> (acc + x, acc + x)) 0 l in
  Printf.printf "%d " total; put sums;
  let left, right = List.partition_map (fun n -> if n > 3 then Either.Left n else Either.Right (-n)) l in
  put left; put right;
  Printf.printf "%d %d\n" (List.fold_left ( - ) 0 l) (List.fold_right ( - ) l 0);
  List.iteri (fun i x -> Printf.printf "%d:%d " i x) l; print_newline ()

let () =
  let a = [ 1; 2; 3 ] and b = [ 'a'; 'b'; 'c' ] in
  print_endline (pairs (List.combine a b));
  let x, y = List.split [ (1, 'x'); (2, 'y') ] in
  Printf.printf "%s %d\n" (show x) (List.length y);
  List.iter2 (fun n c -> Printf.printf "%d%c " n c) a b; print_newline ();
  put (List.map2 (fun n c -> n + Char.code c) a b); put (List.rev_map2 (fun n c -> n * Char.code c) a b);
  Printf.printf "%d %d\n" (List.fold_left2 (fun acc n c -> acc + (n * Char.code c)) 0 a b) (List.fold_right2 (fun n c acc -> (acc * 2) + n + Char.code c) a b 0);
  Printf.printf "%b %b %b %b\n" (List.for_all even l) (List.exists even l) (List.for_all2 ( < ) a [ 2; 3; 4 ]) (List.exists2 ( = ) a [ 3; 1; 2 ]);
  Printf.printf "%b %b\n" (List.mem 9 l) (List.memq "x" [ "y" ]);
  Printf.printf "%d %b %s\n" (List.find (fun n -> n > 3) l) (List.find_opt (fun n -> n > 9) l = None)
    (Option.get (List.find_map (fun n -> if n > 4 then Some (string_of_int n) else None) l));
  let table = [ ("a", 1); ("b", 2); ("a", 3) ] in
  Printf.printf "%d %b %b %d\n" (List.assoc "a" table) (List.assoc_opt "z" table = None) (List.mem_assoc "b" table) (List.length (List.remove_assoc "a" table))

let () =
  put (List.sort compare l); put (List.sort (fun a b -> compare b a) l); put (List.sort_uniq compare l);
  put (List.merge compare [ 1; 4; 6 ] [ 2; 4; 5 ]);
  let by_length = List.stable_sort (fun a b -> compare (String.length a) (String.length b)) [ "bb"; "a"; "cc"; "d"; "" ] in
  print_endline (String.concat "," by_length);
  Printf.printf "%b %d %d\n" (List.equal ( = ) l l) (List.compare compare [ 1; 2 ] [ 1; 3 ]) (List.compare compare [ 1; 2; 3 ] [ 1; 2 ]);
  put (List.of_seq (Seq.map succ (List.to_seq l)));
  raises (fun () -> List.hd []); raises (fun () -> List.tl []); raises (fun () -> List.nth l 8); raises (fun () -> List.nth l (-1));
  raises (fun () -> List.combine [ 1 ] []); raises (fun () -> List.map2 ( + ) [] [ 1 ]); raises (fun () -> List.iter2 (fun _ _ -> ()) [ 1 ] []);
  raises (fun () -> List.find even [ 1 ]); raises (fun () -> List.assoc 1 []); raises (fun () -> List.init (-1) Fun.id); raises (fun () -> List.for_all2 ( = ) [ 1 ] []);
  Printf.printf "%b %b\n" (List.nth_opt l 8 = None) (List.nth_opt l 0 = Some 3)

(* stdout {expected|
8 3 5
1 0 -1
[1; 4; 1; 5; 9; 2; 6]
[6; 2; 9; 5; 1; 4; 1; 3]
[0; 3; 1; 4; 1; 5; 9; 2; 6]
[0; 1; 4; 9; 16]
[1; 2; 3]
[2; 1; 3]
[1; 2; 3]
[4; 5]
[0; 0; 1; 2; 0; 1]
[0; 1; 8; 3; 20; 45; 12; 42]
[7; 3; 10; 6; 2; 5; 2; 4]
[4; 2; 6]
[4; 2; 6]
[3; 4; 5; 2]
[2; 1; 3]
[4; 2; 6]
[3; 1; 1; 5; 9]
31 [3; 4; 8; 9; 14; 23; 25; 31]
[4; 5; 9; 6]
[-3; -1; -1; -2]
-31 -3
0:3 1:1 2:4 3:1 4:5 5:9 6:2 7:6 
1-a 2-b 3-c
[1; 2] 2
1a 2b 3c 
[98; 100; 102]
[297; 196; 97]
590 706
false true true false
true false
4 true 5
1 true true 2
[1; 1; 2; 3; 4; 5; 6; 9]
[9; 6; 5; 4; 3; 2; 1; 1]
[1; 2; 3; 4; 5; 6; 9]
[1; 2; 4; 4; 5; 6]
,a,d,bb,cc
true -1 1
[4; 2; 5; 2; 6; 10; 3; 7]
Failure("hd")
Failure("tl")
Failure("nth")
Invalid_argument("List.nth")
Invalid_argument("List.combine")
Invalid_argument("List.map2")
Invalid_argument("List.iter2")
Not_found
Not_found
Invalid_argument("List.init")
Invalid_argument("List.for_all2")
true true
|expected} *)
