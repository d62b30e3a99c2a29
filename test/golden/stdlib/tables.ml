(* Hashtbl: hashes, orders of iteration, growth, mutation during traversal, functors, seeded tables. *)

let seed = ref 42
let random n = seed := ((!seed * 1103515245) + 12345) land 0x3FFFFFFF; (!seed lsr 8) mod n

type shape = Point | Circle of float | Poly of (int * int) list | Named of { name : string; shape : shape }

let () =
  let h x = Printf.printf "%d " (Hashtbl.hash x) in
  h 0; h 1; h (-1); h max_int; h min_int; h 'a'; h true; h (); h ""; h "a"; h "hello"; h (String.make 300 'x');
  h 0.; h (-0.); h nan; h infinity; h 1.5; h (1, 2); h [ 1; 2; 3 ]; h [| 1; 2; 3 |]; h [| 1.; 2. |]; h (Some 3);
  h None; h (Ok 1 : (int, int) result); h 3l; h (-3l); h 3L; h (-3L); h Int64.max_int; h 3n; h Point; h (Circle 1.);
  h (Poly [ (1, 2); (3, 4) ]); h (Named { name = "x"; shape = Point }); h (List.init 100 (fun i -> i)); h `A; h (`B 3);
  h (ref 1); h (Bytes.of_string "abc"); h (1, (2, (3, (4, (5, (6, (7, 8)))))));
  print_newline ();
  Printf.printf "%d %d %d\n" (Hashtbl.seeded_hash 7 "abc") (Hashtbl.hash_param 3 5 [ 1; 2; 3; 4 ]) (Hashtbl.seeded_hash_param 3 5 9 (1, "x"))

let dump show h =
  Hashtbl.iter (fun k v -> Printf.printf "%s=%d " (show k) v) h;
  print_newline ()

let stats h =
  let s = Hashtbl.stats h in
  Printf.printf "%d %d %d [%s]\n" s.Hashtbl.num_bindings s.Hashtbl.num_buckets s.Hashtbl.max_bucket_length
    (String.concat ";" (Array.to_list (Array.map string_of_int s.Hashtbl.bucket_histogram)))

let () =
  let h = Hashtbl.create 5 in
  for i = 1 to 200 do
    let key = random 60 in
    (match random 5 with
    | 0 | 1 -> Hashtbl.add h key i
    | 2 | 3 -> Hashtbl.replace h key i
    | _ -> Hashtbl.remove h key);
    if i mod 20 = 0 then begin dump string_of_int h; stats h end
  done;
  Printf.printf "%d\n" (Hashtbl.fold (fun k v acc -> (acc * 31) + k - v) h 0);
  for k = 0 to 60 do
    Printf.printf "%d:%s %b %s|" k
      (String.concat "," (List.map string_of_int (Hashtbl.find_all h k)))
      (Hashtbl.mem h k)
      (match Hashtbl.find_opt h k with None -> "-" | Some v -> string_of_int v)
  done;
  print_newline ();
  (try ignore (Hashtbl.find h 1000) with Not_found -> print_endline "Not_found");
  let c = Hashtbl.copy h in
  Hashtbl.filter_map_inplace (fun k v -> if k mod 3 = 0 then None else if k mod 3 = 1 then Some (v * 10) else Some v) c;
  dump string_of_int c; stats c; stats h;
  Hashtbl.clear c; stats c;
  Hashtbl.reset h; stats h;
  List.iter (fun (k, v) -> Printf.printf "%d=%d " k v) (List.of_seq (Hashtbl.to_seq h))

let () =
  let h = Hashtbl.create 1 in
  String.iteri (fun i c -> Hashtbl.replace h (String.make (i mod 5) c) i) "the quick brown fox jumps over the lazy dog";
  dump (fun s -> "\"" ^ s ^ "\"") h;
  Seq.iter (fun (k, v) -> Printf.printf "%s:%d " k v) (Hashtbl.to_seq h);
  Seq.iter print_string (Hashtbl.to_seq_keys h);
  Seq.iter print_int (Hashtbl.to_seq_values h);
  let h2 = Hashtbl.of_seq (Hashtbl.to_seq h) in
  dump (fun s -> s) h2;
  Hashtbl.add_seq h2 (List.to_seq [ ("z", 1); ("z", 2) ]);
  Hashtbl.replace_seq h2 (List.to_seq [ ("z", 3); ("y", 2) ]);
  dump (fun s -> s) h2;
  dump (fun s -> s) (Hashtbl.rebuild h2);
  Printf.printf "%d %b\n" (Hashtbl.length h2) (Hashtbl.is_randomized ())

(* Additions during a traversal *)
let () =
  let h = Hashtbl.create 16 in
  for i = 0 to 30 do Hashtbl.replace h i i done;
  let seen = ref [] in
  Hashtbl.iter (fun k _ -> seen := k :: !seen; if k < 40 then Hashtbl.replace h (k + 100) 0) h;
  Printf.printf "%s\n" (String.concat " " (List.map string_of_int !seen));
  (try Hashtbl.iter (fun k _ -> if k = 7 then raise Exit) h with Exit -> ());
  stats h;
  for i = 200 to 300 do Hashtbl.add h i i done;
  stats h;
  dump string_of_int h

module Folded = Hashtbl.Make (struct
  type t = string
  let equal a b = String.lowercase_ascii a = String.lowercase_ascii b
  let hash s = Hashtbl.hash (String.lowercase_ascii s)
end)

let () =
  let h = Folded.create 3 in
  List.iteri (fun i s -> Folded.add h s i) [ "Content-Type"; "content-type"; "Host"; "HOST"; "Via"; "via"; "To" ];
  Folded.iter (fun k v -> Printf.printf "%s=%d " k v) h;
  Printf.printf "%d %s\n" (Folded.find h "CONTENT-TYPE") (String.concat "," (List.map string_of_int (Folded.find_all h "vIA")));
  Folded.replace h "HoSt" 9;
  Folded.remove h "VIA";
  Folded.iter (fun k v -> Printf.printf "%s=%d " k v) h;
  Printf.printf "%d %b %b\n" (Folded.length h) (Folded.mem h "to") (Folded.mem h "from");
  Printf.printf "%d\n" (Folded.fold (fun _ v acc -> v + acc) (Folded.of_seq (Folded.to_seq h)) 0)
