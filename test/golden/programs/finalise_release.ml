(* A finaliser may be long, and call Gc.finalise_release so that others can run before it has returned. *)

let log = ref []
let note s = log := s :: !log

let[@inline never] quick n = Gc.finalise (fun r -> note ("quick" ^ string_of_int !r)) (ref n)

let[@inline never] patient () =
  Gc.finalise
    (fun r ->
      note "begins";
      quick (!r + 1);
      Gc.finalise_release ();
      Gc.full_major ();
      note "ends")
    (ref 1)

let () =
  patient ();
  Gc.full_major ();
  Gc.full_major ();
  List.iter print_endline (List.rev !log);
  (* Outside a finaliser it does nothing. *)
  Gc.finalise_release ();
  log := [];
  quick 5;
  Gc.finalise_release ();
  Gc.full_major ();
  List.iter print_endline !log

(* stdout {expected|
begins
quick2
ends
quick5
|expected} *)
