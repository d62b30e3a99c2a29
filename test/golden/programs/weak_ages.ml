(* Weak pointers to values of every age, in weak arrays of every age. *)

let alive w =
  let n = ref 0 in
  for i = 0 to Weak.length w - 1 do
    if Weak.check w i then incr n
  done;
  !n

let sum w =
  let n = ref 0 in
  for i = 0 to Weak.length w - 1 do
    match Weak.get w i with Some r -> n := !n + !r | None -> ()
  done;
  !n

let show name w = Printf.printf "%s: %d alive, sum %d\n" name (alive w) (sum w)
let kept = ref []

(* Every third one is kept. *)
let[@inline never] fill w =
  for i = 0 to Weak.length w - 1 do
    let r = ref i in
    if i mod 3 = 0 then kept := r :: !kept;
    Weak.set w i (Some r)
  done

let[@inline never] scenario name size =
  kept := [];
  let w = Weak.create size in
  show (name ^ ", created") w;
  fill w;
  Gc.minor ();
  show (name ^ ", minor") w;
  Gc.full_major ();
  show (name ^ ", major") w;
  kept := List.filter (fun r -> !r mod 2 = 0) !kept;
  Gc.minor ();
  Gc.full_major ();
  show (name ^ ", half dropped") w;
  fill w;
  Gc.full_major ();
  show (name ^ ", filled again") w;
  kept := [];
  Gc.full_major ();
  show (name ^ ", all dropped") w

(* Weak arrays die like others, whatever they hold; a million of them. *)
let[@inline never] short_lived () =
  for i = 1 to 100_000 do
    let w = Weak.create (i mod 5) in
    if Weak.length w > 0 then Weak.set w 0 (Some (ref i))
  done

(* Weak arrays that hold weak arrays. *)
let[@inline never] nested () =
  let inner = Weak.create 1 and outer = Weak.create 2 in
  let value = ref 5 in
  Weak.set inner 0 (Some value);
  Weak.set outer 0 (Some inner);
  Weak.set outer 1 (Some (Weak.create 3));
  Gc.full_major ();
  let seen =
    match Weak.get outer 0 with
    | Some w -> ( match Weak.get w 0 with Some r -> !r | None -> -1)
    | None -> -2
  in
  Printf.printf "nested: %d, %b\n" seen (Weak.check outer 1);
  ignore (Sys.opaque_identity (inner, value));
  outer

let () =
  scenario "small" 10;
  scenario "medium" 300;
  scenario "large" 50_000;
  short_lived ();
  Gc.full_major ();
  let outer = nested () in
  Gc.full_major ();
  Printf.printf "nested, later: %b %b\n" (Weak.check outer 0) (Weak.check outer 1)

(* A value that moves from young to old while weak pointers look at it keeps its identity. *)
let () =
  let w = Weak.create 3 in
  let r = ref 42 in
  Weak.set w 0 (Some r);
  let same () = match Weak.get w 0 with Some s -> s == r | None -> false in
  let before = same () in
  Gc.minor ();
  let between = same () in
  Gc.full_major ();
  let after = same () in
  Gc.compact ();
  Printf.printf "identity: %b %b %b %b\n" before between after (same ());
  ignore (Sys.opaque_identity r)

(* stdout {expected|
small, created: 0 alive, sum 0
small, minor: 4 alive, sum 18
small, major: 4 alive, sum 18
small, half dropped: 2 alive, sum 6
small, filled again: 4 alive, sum 18
small, all dropped: 0 alive, sum 0
medium, created: 0 alive, sum 0
medium, minor: 100 alive, sum 14850
medium, major: 100 alive, sum 14850
medium, half dropped: 50 alive, sum 7350
medium, filled again: 100 alive, sum 14850
medium, all dropped: 0 alive, sum 0
large, created: 0 alive, sum 0
large, minor: 16667 alive, sum 416658333
large, major: 16667 alive, sum 416658333
large, half dropped: 8334 alive, sum 208341666
large, filled again: 16667 alive, sum 416658333
large, all dropped: 0 alive, sum 0
nested: 5, false
nested, later: false false
identity: true true true true
|expected} *)
