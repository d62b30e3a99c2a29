(* Dynarray; the expectation is what OCaml 5.4 prints. *)

open Dynarray

let p = Printf.printf
let attempt name f = p "%s: %s\n" name (match f () with () -> "done" | exception e -> Printexc.to_string e)
let three () = of_list [ 1; 2; 3 ]
let show a = p "%s (%d)\n" (String.concat " " (List.map string_of_int (to_list a))) (capacity a)

let errors () =
  attempt "make" (fun () -> ignore (make (-1) 0));
  attempt "init" (fun () -> ignore (init (-1) Fun.id));
  attempt "get" (fun () -> ignore (get (three ()) 3));
  attempt "get" (fun () -> ignore (get (three ()) (-1)));
  attempt "get" (fun () ->
      let a = three () in
      ensure_capacity a 10;
      ignore (get a 3));
  attempt "get" (fun () -> ignore (get (create ()) 0));
  attempt "get" (fun () ->
      let a = three () in
      clear a;
      ignore (get a 0));
  attempt "set" (fun () -> set (three ()) 5 1);
  attempt "set" (fun () -> set (create ()) 0 1);
  attempt "get_last" (fun () -> ignore (get_last (create ())));
  attempt "pop_last" (fun () -> ignore (pop_last (create ())));
  attempt "truncate" (fun () -> truncate (three ()) (-1));
  attempt "append" (fun () ->
      let a = three () in
      append a a);
  let blit src_pos dst_pos len =
    attempt "blit" (fun () ->
        let dst = three () in
        blit ~src:(three ()) ~src_pos ~dst ~dst_pos ~len;
        show dst)
  in
  List.iter (fun (a, b, c) -> blit a b c) [ (2, 0, 3); (0, 4, 1); (0, 0, -1); (-1, 0, 1); (0, 3, 3); (1, 2, 2) ];
  attempt "ensure_capacity" (fun () -> ensure_capacity (three ()) (-1));
  attempt "ensure_capacity" (fun () -> ensure_capacity (three ()) max_int);
  attempt "ensure_extra_capacity" (fun () -> ensure_extra_capacity (three ()) (-1));
  attempt "ensure_extra_capacity" (fun () -> ensure_extra_capacity (three ()) max_int);
  attempt "set_capacity" (fun () -> set_capacity (three ()) (-1))

(* Functions whose argument changes the length meanwhile. *)
let changes () =
  let both name f =
    attempt name (fun () ->
        let a = three () in
        f a (fun () -> add_last a 4));
    attempt name (fun () ->
        let a = three () in
        f a (fun () -> remove_last a))
  in
  both "iter" (fun a change -> iter (fun _ -> change ()) a);
  both "iteri" (fun a change -> iteri (fun _ _ -> change ()) a);
  both "map" (fun a change -> ignore (map (fun _ -> change ()) a));
  both "mapi" (fun a change -> ignore (mapi (fun _ _ -> change ()) a));
  both "fold_left" (fun a change -> fold_left (fun () _ -> change ()) () a);
  both "fold_right" (fun a change -> fold_right (fun _ () -> change ()) a ());
  both "filter" (fun a change -> ignore (filter (fun _ -> change (); true) a));
  both "filter_map" (fun a change -> ignore (filter_map (fun _ -> change (); None) a));
  both "exists" (fun a change -> ignore (exists (fun _ -> change (); false) a));
  both "for_all" (fun a change -> ignore (for_all (fun _ -> change (); true) a));
  both "find_opt" (fun a change -> ignore (find_opt (fun _ -> change (); false) a));
  both "find_index" (fun a change -> ignore (find_index (fun _ -> change (); false) a));
  both "find_map" (fun a change -> ignore (find_map (fun _ -> change (); None) a));
  both "find_mapi" (fun a change -> ignore (find_mapi (fun _ _ -> change (); None) a));
  both "equal" (fun a change -> ignore (equal (fun _ _ -> change (); true) a (three ())));
  both "compare" (fun a change -> ignore (compare (fun _ _ -> change (); 0) a (three ())));
  both "to_seq" (fun a change -> Seq.iter (fun _ -> change ()) (to_seq a));
  both "to_seq_rev" (fun a change -> Seq.iter (fun _ -> change ()) (to_seq_rev a));
  let twice change xs = Seq.iteri (fun i x -> p "%d " x; if i < 2 then change ()) xs in
  both "to_seq_reentrant" (fun a change -> twice change (to_seq_reentrant a));
  both "to_seq_rev_reentrant" (fun a change -> twice change (to_seq_rev_reentrant a));
  both "append_iter" (fun a change -> append_iter a (fun f x -> f x; change (); f x) 5);
  both "append_seq" (fun a change -> append_seq a (Seq.map (fun x -> change (); x) (List.to_seq [ 1; 2; 3 ])))

let capacities () =
  let a = create () in
  let last = ref (-1) in
  for i = 0 to 5000 do
    add_last a i;
    if capacity a <> !last then begin
      last := capacity a;
      p "%d " !last
    end
  done;
  p "\n";
  let a = of_list [ 1; 2; 3 ] in
  let step f = f a; p "%d/%d " (length a) (capacity a) in
  List.iter step
    [ ignore; (fun a -> add_last a 1); (fun a -> ensure_capacity a 5); (fun a -> ensure_extra_capacity a 100);
      (fun a -> set_capacity a 50); (fun a -> set_capacity a 2); fit_capacity; (fun a -> append_list a [ 1; 2; 3 ]);
      (fun a -> append_array a [| 1; 2; 3 |]); (fun a -> append a (init 9 Fun.id)); (fun a -> append_seq a (Seq.init 4 Fun.id));
      (fun a -> truncate a 3); (fun a -> truncate a 7); clear; reset ];
  p "\n";
  p "%d %d %d %d %d %d\n" (capacity (make 5 1)) (capacity (init 7 Fun.id)) (capacity (copy (three ())))
    (capacity (map Fun.id (three ()))) (capacity (filter (fun x -> x > 1) (three ()))) (capacity (of_seq (List.to_seq [ 1 ])))

let functions () =
  let a = of_array [| 5; 3; 8; 1 |] in
  show a;
  p "%d %d %b %d\n" (get a 2) (length a) (is_empty a) (get_last a);
  set a 1 9;
  iteri (p "%d:%d ") a;
  show (mapi ( + ) a);
  show (filter_map (fun x -> if x > 4 then Some (x * 10) else None) a);
  p "%d %s\n" (fold_left ( - ) 0 a) (fold_right (fun x s -> s ^ string_of_int x) a "");
  p "%b %b %b %b\n" (exists (( = ) 8) a) (for_all (( < ) 1) a) (mem 9 a) (memq 7 a);
  let option = function None -> "none" | Some n -> string_of_int n in
  p "%s %s %s %s\n" (option (find_opt (fun x -> x < 6) a)) (option (find_index (fun x -> x = 8) a))
    (option (find_map (fun x -> if x = 1 then Some (-1) else None) a)) (option (find_mapi (fun i x -> if i = x then Some i else None) a));
  p "%b %b %d %d %d\n" (equal ( = ) a (copy a)) (equal ( = ) a (three ())) (compare Int.compare a (three ()))
    (compare Int.compare (of_list [ 1; 2 ]) (three ())) (compare Int.compare (of_list [ 1; 2; 4 ]) (three ()));
  p "%s %s %s\n" (option (pop_last_opt a)) (string_of_int (pop_last a)) (option (find_last a));
  p "%d %d\n" (Array.length (to_array a)) (List.length (List.of_seq (to_seq_rev a)));
  let floats = of_list [ 1.5 ] in
  add_last floats 2.5;
  append_array floats [| 3.5 |];
  p "%g %g %b\n" (get floats 1) (Array.fold_left ( +. ) 0. (to_array floats)) (to_array floats = [| 1.5; 2.5; 3.5 |]);
  let self = of_list [ 1; 2; 3; 4 ] in
  blit ~src:self ~src_pos:0 ~dst:self ~dst_pos:2 ~len:4;
  show self;
  blit ~src:self ~src_pos:2 ~dst:self ~dst_pos:0 ~len:3;
  show self

let () =
  errors ();
  changes ();
  capacities ();
  functions ()
