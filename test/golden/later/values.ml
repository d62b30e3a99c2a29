(* Pair, Type, hash functions, and what OCaml 5 adds to Float; the expectation is what OCaml 5.4 prints. *)

let p = Printf.printf
let attempt f = try f () with e -> p "%s\n" (Printexc.to_string e)
let show a = Float.Array.iter (p "%g ") a

let hashes () =
  p "%d %d %d %d\n" (Int.hash 5) (Char.hash 'c') (Bool.hash true) (Int32.hash 7l);
  p "%d %d %d %d\n" (Int64.hash 8L) (Nativeint.hash 9n) (Uchar.hash (Uchar.of_int 65)) (Float.hash 2.5);
  p "%d %d %d %d\n" (Int.seeded_hash 3 5) (Char.seeded_hash 3 'c') (Bool.seeded_hash 3 true) (Int32.seeded_hash 3 7l);
  p "%d %d %d %d\n" (Int64.seeded_hash 3 8L) (Nativeint.seeded_hash 3 9n) (Uchar.seeded_hash 3 (Uchar.of_int 65))
    (Float.seeded_hash 3 2.5)

let floats () =
  p "%Lx %Lx\n" (Int64.bits_of_float Float.quiet_nan) (Int64.bits_of_float Float.signaling_nan);
  let a = Float.Array.of_list [ 1.; 2.; 3. ] in
  attempt (fun () -> ignore (Float.Array.make_matrix 2 (-1) 0.));
  attempt (fun () -> ignore (Float.Array.make_matrix (-1) 2 0.));
  attempt (fun () -> ignore (Float.Array.init_matrix 2 (-2) (fun _ _ -> 0.)));
  attempt (fun () -> ignore (Float.Array.init_matrix (-1) 2 (fun _ _ -> 0.)));
  Array.iter show (Float.Array.make_matrix 2 3 1.5);
  Array.iter show (Float.Array.init_matrix 2 2 (fun i j -> float (i + (10 * j))));
  attempt (fun () -> Float.Array.shuffle ~rand:Fun.id a);
  show a;
  Float.Array.map_inplace (fun x -> x *. 2.) a;
  Float.Array.mapi_inplace (fun i x -> float i +. x) a;
  show a;
  Float.Array.shuffle ~rand:(fun _ -> 0) a;
  show a;
  p "%b %b\n" (Float.Array.find_opt (fun x -> x > 2.) a = Some 5.) (Float.Array.find_index (fun x -> x > 100.) a = None);
  p "%b %b\n"
    (Float.Array.find_map (fun x -> if x > 6. then Some "x" else None) a = Some "x")
    (Float.Array.find_mapi (fun i x -> if i > 1 then Some x else None) a = Some 2.);
  Float.ArrayLabels.(iteri ~f:(p "%d %g,") (map2 ~f:( +. ) a (init 3 ~f:float)));
  Float.ArrayLabels.blit ~src:a ~src_pos:0 ~dst:a ~dst_pos:1 ~len:2;
  show a;
  p "\n"

let pairs () =
  let pair = Pair.make 1 "a" in
  p "%d %s %s\n" (Pair.fst pair) (Pair.snd pair) (Pair.fold (fun n s -> string_of_int n ^ s) pair);
  let s, n = Pair.swap (Pair.map succ String.uppercase_ascii pair) in
  p "%s %d\n" s n;
  Pair.iter (p "%d ") (p "%s ") (Pair.map_fst succ (Pair.map_snd String.escaped (1, "\n")));
  p "%b %b %d %d\n" (Pair.equal Int.equal String.equal pair (1, "a")) (Pair.equal Int.equal String.equal pair (1, "b"))
    (Pair.compare Int.compare String.compare pair (2, "a"))
    (Pair.compare Int.compare String.compare pair (1, "A"))

let cast (type a b) (a : a Type.Id.t) (b : b Type.Id.t) (v : a) : b option =
  match Type.Id.provably_equal a b with Some Type.Equal -> Some v | None -> None

let types () =
  let a = Type.Id.make () and b = Type.Id.make () and c : int Type.Id.t = Type.Id.make () in
  p "%b %b %b\n" (cast a a "same" = Some "same") (cast a b "other" = Some 1) (cast b c 2 = None);
  p "%b %b\n" (Type.Id.uid a = Type.Id.uid a) (Type.Id.uid b = Type.Id.uid c)

let () =
  hashes ();
  floats ();
  pairs ();
  types ()
