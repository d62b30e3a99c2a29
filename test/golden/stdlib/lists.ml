(* List and Array: results, exceptions, orders of calls. *)

let show l = "[" ^ String.concat ";" (List.map string_of_int l) ^ "]"
let log = Buffer.create 100
let note f x = Buffer.add_string log (string_of_int x ^ " "); f x
let flush_log name =
  print_endline (name ^ ": " ^ Buffer.contents log);
  Buffer.clear log

let attempt name f =
  match f () with
  | s -> print_endline (name ^ " = " ^ s)
  | exception e -> print_endline (name ^ " raises " ^ Printexc.to_string e)

let l = [ 3; 1; 4; 1; 5; 9; 2; 6; 5; 3; 5 ]
let range n = List.init n (fun i -> i)
let seed = ref 12345
let random n = seed := ((!seed * 1103515245) + 12345) land 0x3FFFFFFF; (!seed lsr 8) mod n
let bool = string_of_bool
let opt = function None -> "None" | Some n -> "Some " ^ string_of_int n

let () =
  attempt "hd" (fun () -> string_of_int (List.hd []));
  attempt "tl" (fun () -> show (List.tl []));
  attempt "nth" (fun () -> string_of_int (List.nth l 20));
  attempt "nth neg" (fun () -> string_of_int (List.nth l (-1)));
  attempt "nth_opt" (fun () -> opt (List.nth_opt l 3) ^ opt (List.nth_opt l 30));
  attempt "nth_opt neg" (fun () -> opt (List.nth_opt l (-3)));
  attempt "init" (fun () -> show (List.init (-1) succ));
  attempt "init order" (fun () -> show (List.init 5 (note succ)));
  flush_log "init";
  attempt "map2" (fun () -> show (List.map2 ( + ) l [ 1 ]));
  attempt "iter2" (fun () -> List.iter2 (fun _ _ -> ()) [ 1 ] []; "");
  attempt "rev_map2" (fun () -> show (List.rev_map2 ( + ) [] [ 1 ]));
  attempt "fold_left2" (fun () -> string_of_int (List.fold_left2 (fun a b c -> a + b + c) 0 [] [ 1 ]));
  attempt "fold_right2" (fun () -> string_of_int (List.fold_right2 (fun a b c -> a + b + c) [ 1 ] [] 0));
  attempt "for_all2" (fun () -> bool (List.for_all2 ( = ) [ 1 ] []));
  attempt "for_all2 early" (fun () -> bool (List.for_all2 ( = ) [ 1; 2 ] [ 2 ]));
  attempt "exists2" (fun () -> bool (List.exists2 ( = ) [] [ 1 ]));
  attempt "combine" (fun () -> string_of_int (List.length (List.combine [ 1 ] [])));
  attempt "find" (fun () -> string_of_int (List.find (fun x -> x > 100) l));
  attempt "assoc" (fun () -> List.assoc 3 [ (1, "a") ]);
  attempt "assq" (fun () -> List.assq 1 [ (1, "a") ]);
  attempt "compare_lengths" (fun () -> string_of_int (List.compare_lengths l [ 1; 2 ]));
  attempt "compare_length_with" (fun () -> show (List.map (List.compare_length_with l) [ -1; 0; 5; 11; 12 ]));
  attempt "append" (fun () -> show (List.append l [ 7 ] @ [] @ [ 8 ]));
  attempt "rev_append" (fun () -> show (List.rev_append [ 1; 2; 3 ] [ 4 ]));
  attempt "concat" (fun () -> show (List.concat [ [ 1 ]; []; [ 2; 3 ] ]));
  attempt "concat_map" (fun () -> show (List.concat_map (fun x -> [ x; note ( ~- ) x ]) l));
  flush_log "concat_map";
  attempt "filter_map" (fun () -> show (List.filter_map (fun x -> if note (( < ) 3) x then Some (x * 2) else None) l));
  flush_log "filter_map";
  attempt "map" (fun () -> show (List.map (note succ) l));
  flush_log "map";
  attempt "mapi" (fun () -> show (List.mapi (fun i x -> note (( * ) i) x) l));
  flush_log "mapi";
  attempt "rev_map" (fun () -> show (List.rev_map (note succ) l));
  flush_log "rev_map";
  attempt "filteri" (fun () -> show (List.filteri (fun i x -> note (fun _ -> i mod 2 = 0) x) l));
  flush_log "filteri";
  attempt "fold_left_map" (fun () -> let a, b = List.fold_left_map (fun a x -> (a + x, a * x)) 1 l in show (a :: b));
  attempt "fold_right" (fun () -> show (List.fold_right (fun x acc -> note (fun x -> x) x :: acc) l []));
  flush_log "fold_right";
  attempt "partition" (fun () -> let a, b = List.partition (fun x -> x > 3) l in show a ^ show b);
  attempt "partition_map" (fun () ->
      let a, b = List.partition_map (fun x -> if x > 3 then Either.Left x else Either.Right (x * 10)) l in
      show a ^ show b);
  attempt "split" (fun () -> let a, b = List.split (List.map (fun x -> (x, x * x)) l) in show a ^ show b);
  attempt "find_map" (fun () -> opt (List.find_map (fun x -> if x > 4 then Some (x * 100) else None) l));
  attempt "mem" (fun () -> bool (List.mem 9 l) ^ bool (List.mem 10 l) ^ bool (List.memq 9 l));
  attempt "assoc_opt" (fun () -> opt (List.assoc_opt 'b' [ ('a', 1); ('b', 2) ]));
  attempt "remove_assoc" (fun () -> string_of_int (List.length (List.remove_assoc 1 [ (1, 2); (1, 3); (2, 3) ])));
  attempt "mem_assoc" (fun () -> bool (List.mem_assoc 1 [ (1, 2) ]) ^ bool (List.mem_assq 2 [ (1, 2) ]));
  attempt "equal" (fun () -> bool (List.equal ( = ) l l) ^ bool (List.equal ( = ) l []));
  attempt "compare" (fun () -> show [ List.compare compare l l; List.compare compare l []; List.compare compare [ 1 ] [ 2 ]; List.compare compare [] [ 1 ] ]);
  attempt "mem nan" (fun () -> bool (List.mem nan [ nan ]) ^ bool (List.mem_assoc nan [ (nan, 1) ]));
  attempt "sort" (fun () -> show (List.sort compare l));
  attempt "sort_uniq" (fun () -> show (List.sort_uniq compare l));
  attempt "merge" (fun () -> show (List.merge compare [ 1; 3; 5 ] [ 2; 3; 6 ]));
  attempt "seq" (fun () -> show (List.of_seq (List.to_seq l)))

(* Stability, and which of equal elements stays. *)
let () =
  for size = 0 to 60 do
    let l = List.init size (fun i -> (random 8, i)) in
    let by_key (a, _) (b, _) = compare a b in
    let show l = String.concat " " (List.map (fun (a, b) -> Printf.sprintf "%d.%d" a b) l) in
    print_endline (show (List.stable_sort by_key l));
    print_endline (show (List.sort by_key l));
    print_endline (string_of_int (List.length (List.sort_uniq by_key l)));
    let a = Array.of_list l in
    Array.stable_sort by_key a;
    print_endline (show (Array.to_list a));
    let a = Array.of_list l in
    Array.sort by_key a;
    print_endline (show (Array.to_list a));
    let a = Array.of_list l in
    Array.fast_sort (fun x y -> by_key y x) a;
    print_endline (show (Array.to_list a));
    let sorted = List.sort by_key l in
    print_endline (show (List.merge by_key sorted sorted))
  done

(* The sequence of comparisons that Array.sort makes *)
let () =
  let a = Array.init 30 (fun _ -> random 100) in
  Array.sort (fun x y -> Buffer.add_string log (Printf.sprintf "%d:%d " x y); compare x y) a;
  flush_log "comparisons"

let show_array a = "[|" ^ String.concat ";" (Array.to_list (Array.map string_of_int a)) ^ "|]"

let () =
  let a = Array.of_list l in
  let attempt_unit name f = attempt name (fun () -> f (); "()") in
  attempt "get" (fun () -> string_of_int a.(11));
  attempt "get neg" (fun () -> string_of_int a.(-1));
  attempt_unit "set" (fun () -> a.(11) <- 1);
  attempt "make neg" (fun () -> show_array (Array.make (-1) 0));
  attempt "make_matrix neg" (fun () -> show_array (Array.make_matrix (-1) 1 0).(0));
  attempt "init neg" (fun () -> show_array (Array.init (-1) succ));
  attempt "init" (fun () -> show_array (Array.init 5 (note succ)));
  flush_log "array init";
  attempt "sub" (fun () -> show_array (Array.sub a 3 4));
  attempt "sub bad" (fun () -> show_array (Array.sub a 8 4));
  attempt_unit "fill bad" (fun () -> Array.fill a 8 4 0);
  attempt_unit "blit bad" (fun () -> Array.blit a 8 a 0 4);
  let b = Array.copy a in
  Array.blit b 0 b 2 5;
  Array.fill b 9 2 0;
  print_endline (show_array b);
  Array.blit b 2 b 0 5;
  print_endline (show_array b);
  attempt "append" (fun () -> show_array (Array.append a [| 7 |]));
  attempt "concat" (fun () -> show_array (Array.concat [ a; [||]; [| 1 |] ]));
  attempt "map" (fun () -> show_array (Array.map (note succ) a));
  flush_log "array map";
  attempt "mapi" (fun () -> show_array (Array.mapi ( + ) a));
  attempt "fold_left" (fun () -> string_of_int (Array.fold_left ( - ) 0 a));
  attempt "fold_right" (fun () -> string_of_int (Array.fold_right ( - ) a 0));
  attempt "fold_left_map" (fun () -> let x, y = Array.fold_left_map (fun acc x -> (acc + x, acc)) 0 a in show_array y ^ string_of_int x);
  attempt_unit "iter2" (fun () -> Array.iter2 (fun _ _ -> ()) a [||]);
  attempt "map2" (fun () -> show_array (Array.map2 ( + ) a a));
  attempt "map2 bad" (fun () -> show_array (Array.map2 ( + ) a [||]));
  attempt "for_all2" (fun () -> bool (Array.for_all2 ( = ) a a));
  attempt "for_all2 bad" (fun () -> bool (Array.for_all2 ( = ) a [||]));
  attempt "exists2 bad" (fun () -> bool (Array.exists2 ( = ) a [||]));
  attempt "mem" (fun () -> bool (Array.mem 9 a) ^ bool (Array.memq 10 a) ^ bool (Array.exists (( = ) 4) a) ^ bool (Array.for_all (( = ) 4) a));
  attempt "find_opt" (fun () -> opt (Array.find_opt (fun x -> x > 4) a));
  attempt "find_map" (fun () -> opt (Array.find_map (fun x -> if x > 4 then Some (-x) else None) a));
  attempt "split" (fun () -> let x, y = Array.split [| (1, 2); (3, 4) |] in show_array x ^ show_array y);
  attempt "combine" (fun () -> string_of_int (Array.length (Array.combine a a)));
  attempt "combine bad" (fun () -> string_of_int (Array.length (Array.combine a [||])));
  attempt "matrix" (fun () -> let m = Array.make_matrix 2 3 0 in m.(0).(1) <- 5; show_array m.(0) ^ show_array m.(1));
  attempt "seq" (fun () -> show_array (Array.of_seq (Array.to_seq a)));
  attempt "seqi" (fun () -> show_array (Array.of_seq (Seq.map (fun (i, x) -> i * x) (Array.to_seqi a))));
  attempt "floats" (fun () -> String.concat " " (Array.to_list (Array.map string_of_float (Array.append [| 1.5 |] (Array.make 2 2.5)))));
  attempt "float sort" (fun () -> let a = [| 3.; nan; 1.; -0.; 0. |] in Array.sort compare a; String.concat " " (Array.to_list (Array.map string_of_float a)));
  attempt "big" (fun () -> string_of_int (List.length (List.sort compare (List.rev (range 100000)))));
  attempt "big sum" (fun () -> string_of_int (Array.fold_left ( + ) 0 (Array.map (fun x -> x * 2) (Array.init 100000 (fun i -> i)))))
