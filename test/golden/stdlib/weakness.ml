(* Weak, weak hash sets, ephemerons, finalisers: what is alive after a full collection. *)

let show name f =
  print_string (name ^ ": ");
  print_endline (try f () with Invalid_argument m -> "Invalid_argument " ^ m | Not_found -> "Not_found")

let kept = Array.init 10 (fun i -> ref i)

let fill w =
  for i = 0 to 9 do
    Weak.set w i (Some (if i mod 2 = 0 then kept.(i) else ref i))
  done

let contents w =
  String.concat " "
    (List.init (Weak.length w) (fun i ->
         match Weak.get w i with Some r -> string_of_int !r | None -> "-"))

module S = Weak.Make (struct
  type t = string

  let equal = String.equal
  let hash = Hashtbl.hash
end)

module E = Ephemeron.K1.Make (struct
  type t = int ref

  let equal = ( == )
  let hash r = Hashtbl.hash !r
end)

let () =
  let w = Weak.create 10 in
  print_endline (contents w);
  fill w;
  print_endline (contents w);
  Gc.full_major ();
  print_endline (contents w);
  show "check" (fun () -> Printf.sprintf "%b %b" (Weak.check w 0) (Weak.check w 1));
  show "same" (fun () -> string_of_bool (match Weak.get w 2 with Some r -> r == kept.(2) | None -> false));
  show "copy" (fun () ->
      match Weak.get_copy w 2 with Some r -> Printf.sprintf "%d %b" !r (r == kept.(2)) | None -> "-");
  Weak.blit w 0 w 1 5;
  print_endline (contents w);
  Weak.fill w 0 3 (Some kept.(9));
  Weak.fill w 8 2 None;
  print_endline (contents w);
  show "set" (fun () -> Weak.set w 10 None; "");
  show "get" (fun () -> ignore (Weak.get w (-1)); "");
  show "get_copy" (fun () -> ignore (Weak.get_copy w 10); "");
  show "check range" (fun () -> ignore (Weak.check w 10); "");
  show "fill" (fun () -> Weak.fill w 5 6 None; "");
  show "blit" (fun () -> Weak.blit w 5 w 0 6; "");
  show "create" (fun () -> ignore (Weak.create (-1) : int ref Weak.t); "");
  let s = S.create 3 in
  let names = Array.init 300 (fun i -> "name" ^ string_of_int i) in
  Array.iter (S.add s) names;
  for i = 0 to 299 do S.add s ("dead" ^ string_of_int i) done;
  show "find" (fun () -> string_of_bool (S.find s "name7" == names.(7)));
  show "merge" (fun () -> string_of_bool (S.merge s "name8" == names.(8)));
  show "mem" (fun () -> string_of_bool (S.mem s "nobody"));
  show "find_opt" (fun () -> match S.find_opt s "nobody" with Some _ -> "found" | None -> "none");
  show "missing" (fun () -> S.find s "nobody");
  Gc.full_major ();
  show "count" (fun () -> string_of_int (S.count s));
  show "dead" (fun () -> string_of_bool (S.mem s "dead3"));
  S.remove s "name9";
  show "removed" (fun () -> string_of_bool (S.mem s "name9"));
  S.add s names.(3);
  show "all" (fun () -> string_of_int (List.length (S.find_all s "name3")));
  show "sum" (fun () -> string_of_int (S.fold (fun n sum -> sum + String.length n) s 0));
  S.clear s;
  show "cleared" (fun () -> string_of_int (S.count s));
  ignore (Sys.opaque_identity names);
  let h = E.create 10 in
  Array.iter (fun k -> E.add h k (Array.make 3 !k)) kept;
  for i = 100 to 199 do E.replace h (ref i) [| i |] done;
  show "length" (fun () -> string_of_int (E.length h));
  Gc.full_major ();
  E.clean h;
  show "cleaned" (fun () -> string_of_int (E.length h));
  show "found" (fun () -> string_of_int (E.find h kept.(4)).(2));
  E.replace h kept.(4) [| 44 |];
  show "replaced" (fun () -> string_of_int (Array.length (E.find h kept.(4))));
  E.add h kept.(4) [| 45; 46 |];
  show "all found" (fun () -> string_of_int (List.length (E.find_all h kept.(4))));
  E.remove h kept.(4);
  show "after remove" (fun () -> string_of_int (E.find h kept.(4)).(0));
  show "not there" (fun () -> string_of_bool (E.mem h (ref 4)));
  let order = ref [] in
  let finalised name = Gc.finalise (fun r -> order := (name ^ string_of_int !r) :: !order) in
  for i = 1 to 3 do finalised "first" (ref i) done;
  Gc.finalise_last (fun () -> order := "last" :: !order) (ref 9);
  Gc.full_major ();
  show "finalised" (fun () -> String.concat " " (List.sort compare !order));
  ignore (Sys.opaque_identity kept)
