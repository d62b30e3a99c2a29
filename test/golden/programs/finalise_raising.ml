(* An exception that a finaliser raises comes out of the collection that ran it; the other finalisers run all the same. *)

exception Rude of int

let log = ref []
let note n = log := n :: !log

let show name =
  Printf.printf "%s: %s\n" name (String.concat " " (List.map string_of_int (List.sort compare !log)));
  log := []

let attempt name f =
  match f () with
  | () -> Printf.printf "%s: quiet\n" name
  | exception Rude n -> Printf.printf "%s: Rude %d\n" name n
  | exception Exit -> Printf.printf "%s: Exit\n" name

let[@inline never] one_rude () =
  Gc.finalise (fun r -> note !r; raise (Rude !r)) (ref 1)

let[@inline never] rude_among_others () =
  for i = 1 to 6 do
    Gc.finalise (fun r -> note !r; if !r = 3 then raise (Rude !r)) (ref i)
  done

let[@inline never] last_rude () = Gc.finalise_last (fun () -> note 9; raise Exit) (ref 0)

let[@inline never] until_quiet f =
  let raised = ref 0 in
  let quiet = ref 0 in
  while !quiet < 3 do
    match f () with
    | () -> incr quiet
    | exception Rude _ -> incr raised
  done;
  !raised

let () =
  one_rude ();
  attempt "one" Gc.full_major;
  show "ran";
  attempt "again" Gc.full_major;
  show "ran";
  rude_among_others ();
  Printf.printf "raised %d times\n" (until_quiet Gc.full_major);
  show "ran";
  last_rude ();
  attempt "last" Gc.full_major;
  show "ran";
  attempt "last again" Gc.full_major

(* Handlers and finally clauses of the program see it like any other exception. *)
let () =
  let steps = ref [] in
  let step s = steps := s :: !steps in
  one_rude ();
  (try
     Fun.protect
       ~finally:(fun () -> step "finally")
       (fun () ->
         step "before";
         Gc.full_major ();
         step "after")
   with Rude n -> step ("rude " ^ string_of_int n));
  print_endline (String.concat ", " (List.rev !steps));
  show "ran"

(* It may catch its own exceptions. *)
let () =
  let[@inline never] careful () =
    Gc.finalise (fun r -> try raise (Rude !r) with Rude n -> note (n * 10)) (ref 4)
  in
  careful ();
  attempt "careful" Gc.full_major;
  show "ran"

(* stdout {expected|
one: Rude 1
ran: 1
again: quiet
ran: 
raised 1 times
ran: 1 2 3 4 5 6
last: Exit
ran: 9
last again: quiet
before, finally, rude 1
ran: 1
careful: quiet
ran: 40
|expected} *)
