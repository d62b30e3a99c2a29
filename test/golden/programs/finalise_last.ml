(* Gc.finalise_last: when the value is really gone, also young; the function cannot see it. *)

let log = ref []
let note s = log := s :: !log

let show name =
  Printf.printf "%s: %s\n" name (String.concat " " (List.sort compare !log));
  log := []

let[@inline never] young () =
  for i = 1 to 3 do
    Gc.finalise_last (fun () -> note ("young" ^ string_of_int i)) (ref i)
  done

let kept = ref []

let[@inline never] kept_for_a_while () =
  for i = 1 to 3 do
    let r = ref i in
    kept := r :: !kept;
    Gc.finalise_last (fun () -> note ("old" ^ string_of_int i)) r
  done

(* A function of Gc.finalise keeps the value once more: finalise_last waits. *)
let saved = ref None

let[@inline never] both () =
  let r = ref 5 in
  Gc.finalise (fun r -> note "first"; saved := Some r) r;
  Gc.finalise_last (fun () -> note "last") r

(* Several on the same value. *)
let[@inline never] several () =
  let b = Bytes.make 40 'b' in
  for i = 1 to 4 do
    Gc.finalise_last (fun () -> note ("bytes" ^ string_of_int i)) b
  done

(* A function that refers to its value keeps it alive for ever. *)
let[@inline never] immortal () =
  let r = ref 1 in
  Gc.finalise_last (fun () -> note (string_of_int !r)) r

let () =
  young ();
  Gc.minor ();
  show "a minor collection is enough for the young";
  kept_for_a_while ();
  Gc.minor ();
  Gc.full_major ();
  show "alive";
  kept := List.tl !kept;
  Gc.full_major ();
  show "one has died";
  kept := [];
  Gc.full_major ();
  show "all have died";
  both ();
  Gc.full_major ();
  show "kept by the first";
  Gc.full_major ();
  show "still kept";
  saved := None;
  Gc.full_major ();
  show "gone";
  several ();
  Gc.full_major ();
  show "several";
  immortal ();
  Gc.full_major ();
  Gc.full_major ();
  show "immortal"

(* stdout {expected|
a minor collection is enough for the young: young1 young2 young3
alive: 
one has died: old3
all have died: old1 old2
kept by the first: first
still kept: 
gone: last
several: bytes1 bytes2 bytes3 bytes4
immortal: 
|expected} *)
