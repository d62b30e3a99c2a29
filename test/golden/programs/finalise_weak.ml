(* Finalisers, weak pointers and ephemerons on the same values. *)

let weak : int ref Weak.t = Weak.create 4
let log = ref []
let note s = log := s :: !log

let show name =
  List.iter (Printf.printf "%s: %s\n" name) (List.rev !log);
  log := []

let state i = match Weak.get weak i with Some r -> string_of_int !r | None -> "empty"

(* The function gets the value alive, and weak pointers to it are still there. *)
let[@inline never] first () =
  let r = ref 1 in
  Weak.set weak 0 (Some r);
  Gc.finalise (fun _ -> note ("first sees " ^ state 0)) r

(* When finalise_last says so it is gone. *)
let[@inline never] last () =
  let r = ref 2 in
  Weak.set weak 1 (Some r);
  Gc.finalise_last (fun () -> note ("last sees " ^ state 1)) r

let[@inline never] young_last () =
  let r = ref 3 in
  Weak.set weak 2 (Some r);
  Gc.finalise_last (fun () -> note ("young last sees " ^ state 2)) r

module E = Ephemeron.K1.Make (struct
  type t = int ref

  let equal = ( == )
  let hash r = !r
end)

let table = E.create 10

(* The data of a dead key is dead as well. *)
let[@inline never] data () =
  let key = ref 10 in
  let data = ref 11 in
  E.add table key data;
  Gc.finalise (fun r -> note ("data " ^ string_of_int !r)) data

let held = ref (Some (ref 20))

let[@inline never] held_data () =
  match !held with
  | None -> ()
  | Some key ->
      let data = ref 21 in
      E.add table key data;
      Gc.finalise (fun r -> note ("held data " ^ string_of_int !r)) data

let () =
  first ();
  Gc.full_major ();
  show "first";
  Gc.full_major ();
  print_endline (state 0);
  last ();
  Gc.full_major ();
  show "last";
  young_last ();
  Gc.minor ();
  show "minor";
  print_endline (state 2);
  data ();
  Gc.full_major ();
  show "data";
  held_data ();
  Gc.full_major ();
  show "held";
  held := None;
  Gc.full_major ();
  Gc.full_major ();
  show "not held";
  E.clean table;
  Printf.printf "%d bindings\n" (E.length table)

(* stdout {expected|
first: first sees 1
empty
last: last sees empty
minor: young last sees empty
empty
data: data 11
not held: held data 21
0 bindings
|expected} *)
