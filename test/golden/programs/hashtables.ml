let () =
  let h = Hashtbl.create 8 in
  List.iteri (fun i w -> Hashtbl.add h w i) [ "one"; "two"; "three"; "two" ];
  Printf.printf "%d %d\n" (Hashtbl.find h "two") (Hashtbl.length h);
  Printf.printf "%s\n" (String.concat "," (List.map string_of_int (Hashtbl.find_all h "two")));
  Hashtbl.remove h "two";
  Printf.printf "%d %b\n" (Hashtbl.find h "two") (Hashtbl.mem h "four");
  Hashtbl.replace h "one" 100;
  Printf.printf "%s\n" (match Hashtbl.find_opt h "one" with Some n -> string_of_int n | None -> "none");
  (try ignore (Hashtbl.find h "nope") with Not_found -> print_endline "not found");
  Hashtbl.iter (fun k v -> Printf.printf "%s=%d " k v) h;
  print_newline ();
  let counts = Hashtbl.create 16 in
  String.iter (fun c -> Hashtbl.replace counts c (1 + Option.value (Hashtbl.find_opt counts c) ~default:0)) "mississippi river";
  let l = Hashtbl.fold (fun c n acc -> (n, c) :: acc) counts [] in
  List.iter (fun (n, c) -> Printf.printf "%c%d " c n) (List.sort compare l);
  print_newline ();
  let big = Hashtbl.create 1 in
  for i = 0 to 99_999 do Hashtbl.replace big (i * 7) i done;
  let sum = ref 0 in
  for i = 0 to 99_999 do if Hashtbl.mem big i then sum := !sum + Hashtbl.find big i done;
  Printf.printf "%d %d\n" (Hashtbl.length big) !sum;
  let points = Hashtbl.create 16 in
  Hashtbl.add points (1, "a") 1.5;
  Printf.printf "%g %b\n" (Hashtbl.find points (1, "a")) (Hashtbl.mem points (1, "b"));
  Hashtbl.filter_map_inplace (fun k v -> if k mod 2 = 0 then Some (v + 1) else None) big;
  Printf.printf "%d\n" (Hashtbl.length big)

(* stdout {expected|
3 4
3,1
1 false
100
not found
three=2 two=1 one=100 
 1 e1 m1 v1 p2 r2 s4 i5 
100000 102037755
1.5 false
50000
|expected} *)
