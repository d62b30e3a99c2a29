(* A finaliser that is running is not interrupted by another one, unless it allows it. *)

let log = ref []
let note s = log := s :: !log

let show name =
  Printf.printf "%s: %s\n" name (String.concat ", " (List.rev !log));
  log := []

let[@inline never] other n = Gc.finalise (fun r -> note ("other " ^ string_of_int !r)) (ref n)

let[@inline never] long release =
  Gc.finalise
    (fun r ->
      note "begins";
      other (10 * !r);
      if release then Gc.finalise_release ();
      Gc.full_major ();
      ignore (Sys.opaque_identity (List.init 1000 (fun i -> [ i ])));
      Gc.full_major ();
      note "ends")
    (ref 1)

let rounds () =
  for _ = 1 to 4 do
    Gc.full_major ()
  done

let () =
  long false;
  rounds ();
  show "alone";
  long true;
  rounds ();
  show "with others"

(* Depth stays bounded when finalisers make work for each other. *)
let depth = ref 0
let deepest = ref 0
let count = ref 0

let rec busy n =
  Gc.finalise
    (fun r ->
      incr depth;
      incr count;
      if !depth > !deepest then deepest := !depth;
      if !r > 0 then busy (!r - 1);
      Gc.full_major ();
      decr depth)
    (ref n)

let () =
  busy 20;
  for _ = 1 to 30 do
    Gc.full_major ()
  done;
  Printf.printf "%d finalisers, depth %d\n" !count !deepest

(* One that raises has ended, too. *)
let[@inline never] rude () = Gc.finalise (fun _ -> other 5; raise Exit) (ref 0)

let () =
  rude ();
  (try rounds () with Exit -> note "Exit");
  rounds ();
  show "rude"

(* stdout {expected|
alone: begins, ends, other 10
with others: begins, other 10, ends
21 finalisers, depth 1
rude: Exit, other 5
|expected} *)
