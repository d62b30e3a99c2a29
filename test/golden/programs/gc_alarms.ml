(* Alarms: functions called at the end of major cycles, until they are deleted. *)

let calls = Array.make 4 0
let call i () = calls.(i) <- calls.(i) + 1
let reset () = Array.fill calls 0 4 0

let show name =
  let state n = if n = 0 then "no" else "yes" in
  Printf.printf "%s: %s\n" name (String.concat " " (List.map state (Array.to_list calls)));
  reset ()

let collect () =
  Gc.full_major ();
  Gc.full_major ()

let () =
  let a = Gc.create_alarm (call 0) in
  let b = Gc.create_alarm (call 1) in
  collect ();
  show "two alarms";
  Gc.delete_alarm a;
  collect ();
  reset ();
  collect ();
  show "one deleted";
  Gc.delete_alarm a;
  let c = Gc.create_alarm (call 2) in
  collect ();
  show "another one";
  Gc.delete_alarm b;
  Gc.delete_alarm c;
  collect ();
  reset ();
  collect ();
  show "all deleted"

(* An alarm that deletes itself. *)
let () =
  let alarm = ref None in
  let n = ref 0 in
  let f () =
    incr n;
    if !n = 3 then Option.iter Gc.delete_alarm !alarm
  in
  alarm := Some (Gc.create_alarm f);
  for _ = 1 to 20 do
    Gc.full_major ()
  done;
  Printf.printf "called %d times\n" !n

(* Alarms that allocate. *)
let () =
  let lengths = ref [] in
  let a = Gc.create_alarm (fun () -> lengths := List.length (List.init 20_000 Fun.id) :: !lengths) in
  collect ();
  Gc.delete_alarm a;
  Printf.printf "%b\n" (!lengths <> [] && List.for_all (( = ) 20_000) !lengths)

(* stdout {expected|
two alarms: yes yes no no
one deleted: no yes no no
another one: no yes yes no
all deleted: no no no no
called 3 times
true
|expected} *)
