(* Hashtbl: several bindings of a key, the order of iteration, resizing, hashing, statistics, functorial tables. *)

let bindings t = String.concat " " (List.map (fun (k, v) -> Printf.sprintf "%s=%d" k v) (List.of_seq (Hashtbl.to_seq t)))

let () =
  let t = Hashtbl.create 4 in
  List.iteri (fun i k -> Hashtbl.add t k i) [ "one"; "two"; "three"; "four"; "one"; "five"; "six"; "two" ];
  print_endline (bindings t);
  Printf.printf "%d %d %s\n" (Hashtbl.length t) (Hashtbl.find t "one") (String.concat "," (List.map string_of_int (Hashtbl.find_all t "one")));
  Hashtbl.remove t "one"; Printf.printf "%d\n" (Hashtbl.find t "one");
  Hashtbl.replace t "two" 100; Printf.printf "%s\n" (String.concat "," (List.map string_of_int (Hashtbl.find_all t "two")));
  Printf.printf "%b %b %b\n" (Hashtbl.mem t "six") (Hashtbl.mem t "ten") (Hashtbl.find_opt t "ten" = None);
  Hashtbl.iter (fun k v -> Printf.printf "%s:%d " k v) t; print_newline ()

let () =
  let t = Hashtbl.create 1 in
  for i = 0 to 40 do Hashtbl.replace t (i * 17 mod 101) i done;
  Hashtbl.iter (fun k _ -> Printf.printf "%d " k) t; print_newline ();
  Hashtbl.filter_map_inplace (fun k v -> if k mod 2 = 0 then Some (v + 1) else None) t;
  Printf.printf "%d %d\n" (Hashtbl.length t) (Hashtbl.fold (fun k v acc -> acc + (k * v)) t 0);
  let c = Hashtbl.copy t in
  Hashtbl.clear t;
  Printf.printf "%d %d\n" (Hashtbl.length t) (Hashtbl.length c);
  let s = Hashtbl.stats c in
  Printf.printf "%d %d %d %s\n" s.num_bindings s.num_buckets s.max_bucket_length (String.concat "," (Array.to_list (Array.map string_of_int s.bucket_histogram)));
  Hashtbl.reset c; Printf.printf "%d\n" (Hashtbl.stats c).num_buckets;
  (try ignore (Hashtbl.find c 1) with Not_found -> print_endline "not found")

(* Hashes are the same everywhere. *)
let () =
  let h x = Printf.printf "%d " (Hashtbl.hash x) in
  h 0; h 1; h (-1); h max_int; h 'a'; h true; h (); print_newline ();
  h ""; h "a"; h "hello"; h "a longer string of more than sixteen bytes"; h "\000"; print_newline ();
  h 0.; h 1.5; h nan; h infinity; h 1l; h 1L; h 1n; print_newline ();
  h (1, 2); h [ 1; 2; 3 ]; h (Some "x"); h [| 1.; 2. |]; h (Error 3); h `Tag; h (`Tag 1); h (ref (ref 1)); print_newline ();
  Printf.printf "%d %d\n" (Hashtbl.hash_param 1 100 [ 1; 2; 3 ]) (Hashtbl.hash_param 10 100 [ 1; 2; 3 ]);
  Printf.printf "%d %d %d\n" (Hashtbl.seeded_hash 1 "a") (Hashtbl.seeded_hash 2 "a") (Hashtbl.seeded_hash_param 10 100 7 [ "x" ])

module Caseless = Hashtbl.Make (struct
  type t = string
  let equal a b = String.lowercase_ascii a = String.lowercase_ascii b
  let hash s = Hashtbl.hash (String.lowercase_ascii s)
end)

let () =
  let t = Caseless.create 8 in
  List.iter (fun k -> Caseless.replace t k (1 + Option.value (Caseless.find_opt t k) ~default:0)) [ "A"; "a"; "B"; "b"; "b" ];
  Caseless.iter (fun k v -> Printf.printf "%s=%d " k v) t;
  Printf.printf "%d\n" (Caseless.length t);
  Caseless.add_seq t (List.to_seq [ ("C", 1); ("c", 2) ]); Caseless.replace_seq t (List.to_seq [ ("a", 50) ]);
  Printf.printf "%d %d %d\n" (Caseless.find t "A") (List.length (Caseless.find_all t "c")) (Seq.fold_left ( + ) 0 (Caseless.to_seq_values t))

(* stdout {expected|
three=2 two=7 two=1 one=4 one=0 six=6 five=5 four=3
8 4 4,0
0
100,1
true false true
three:2 two:100 two:1 one:0 six:6 five:5 four:3 
71 20 2 86 35 51 74 88 69 34 39 87 0 56 38 89 85 57 68 6 36 21 37 72 3 5 55 4 70 52 40 73 23 53 1 90 17 19 18 54 22 
21 21472
0 21
21 32 3 16,12,3,1
16
not found
129913994 883721435 911466517 952257787 791031830 883721435 129913994 
0 721651713 840920576 520787494 463254426 
256347020 819188451 841516429 602560251 129913994 129913994 129913994 
1014741498 794519639 628568604 332890686 504055302 212794501 888220415 813480823 
335935117 794519639
442508567 572242172 261671057
a=2 b=3 2
50 2 56
|expected} *)
