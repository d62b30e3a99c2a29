(* Functions of Gc.finalise run when a major collection finds their values dead: several values, several functions on one. *)

let log = Buffer.create 100
let note text = Buffer.add_string log text

let show name =
  Printf.printf "%s:%s\n" name (Buffer.contents log);
  Buffer.clear log

let named name = Gc.finalise (fun r -> note (Printf.sprintf " %s%d" name !r))

let[@inline never] several_values () =
  for i = 1 to 5 do
    named "v" (ref i)
  done

let[@inline never] several_functions () =
  let r = ref 7 in
  named "a" r;
  named "b" r;
  named "c" r;
  named "b" r

let[@inline never] interleaved () =
  let r = ref 1 and s = ref 2 in
  named "x" r;
  named "y" s;
  named "z" r

(* Values that are old when they die. *)
let kept = ref []

let[@inline never] old_values () =
  for i = 1 to 3 do
    let r = ref i in
    named "old" r;
    kept := r :: !kept
  done

(* A value that another one refers to is found dead together with it. *)
type node = { name : string; next : node option }

let[@inline never] dependent () =
  let note_name n = note (" " ^ n.name) in
  let make name next =
    let node = { name; next } in
    Gc.finalise note_name node;
    node
  in
  let inner = make (String.make 1 'i') None in
  let middle = make (String.make 1 'm') (Some inner) in
  ignore (Sys.opaque_identity (make (String.make 1 'o') (Some middle)))

let () =
  several_values ();
  Gc.full_major ();
  show "values";
  several_functions ();
  Gc.full_major ();
  show "functions";
  interleaved ();
  Gc.full_major ();
  show "interleaved";
  old_values ();
  Gc.full_major ();
  show "alive";
  kept := List.tl !kept;
  Gc.full_major ();
  show "the newest died";
  several_values ();
  kept := [];
  Gc.full_major ();
  show "the rest, and young ones";
  Gc.full_major ();
  show "nothing runs twice";
  dependent ();
  Gc.full_major ();
  show "dependent"

(* stdout {expected|
values: v5 v4 v3 v2 v1
functions: b7 c7 b7 a7
interleaved: z1 y2 x1
alive:
the newest died: old3
the rest, and young ones: v5 v4 v3 v2 v1 old2 old1
nothing runs twice:
dependent: o m i
|expected} *)
