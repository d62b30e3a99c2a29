(* A function of Gc.finalise gets its value alive and may keep it; it runs once, unless it registers again. *)

type creature = { name : string; mutable lives : int; mutable friends : creature list }

let grave : creature list ref = ref []
let log = ref []
let note text = log := text :: !log

let show name =
  Printf.printf "%s: %s\n" name (String.concat ", " (List.rev !log));
  log := []

let rec nine_lives c =
  c.lives <- c.lives - 1;
  note (Printf.sprintf "%s has %d left" c.name c.lives);
  if c.lives > 0 then Gc.finalise nine_lives c

let keep c =
  note (c.name ^ " is kept");
  grave := c :: !grave

let make name lives friends = { name = String.concat "" [ name; "!" ]; lives; friends }
let[@inline never] cat () = Gc.finalise nine_lives (make "cat" 4 [])

let[@inline never] pair () =
  let rec a = { name = "a"; lives = 1; friends = [ b ] } and b = { name = "b"; lives = 1; friends = [ a ] } in
  let copy = { a with friends = [ { b with friends = [] } ] } in
  Gc.finalise keep copy

let rounds n =
  for _ = 1 to n do
    Gc.full_major ()
  done

(* What is reachable from a value that is kept is alive too, and whole. *)
let rec describe c = c.name ^ "(" ^ String.concat " " (List.map describe c.friends) ^ ")"

let () =
  cat ();
  rounds 6;
  show "four lives";
  rounds 2;
  show "no more";
  pair ();
  Gc.full_major ();
  show "pair";
  rounds 3;
  List.iter (fun c -> print_endline (describe c)) !grave;
  show "kept values are not finalised again";
  List.iter (Gc.finalise (fun c -> note (c.name ^ " dies"))) !grave;
  rounds 2;
  show "alive";
  grave := [];
  rounds 2;
  show "dead at last"

(* A value that its own function makes young again: copies are other values. *)
let copies = ref []

let[@inline never] replicate () =
  let rec f r =
    let copy = Array.append r [| Array.length r |] in
    copies := Array.length copy :: !copies;
    if Array.length copy < 6 then Gc.finalise f copy
  in
  Gc.finalise f (Array.make (Array.length Sys.argv) 0)

let () =
  replicate ();
  rounds 8;
  List.iter (Printf.printf "%d ") (List.rev !copies);
  print_newline ()

(* stdout {expected|
four lives: cat! has 3 left, cat! has 2 left, cat! has 1 left, cat! has 0 left
no more: 
pair: a is kept
a(b())
kept values are not finalised again: 
alive: 
dead at last: a dies
2 3 4 5 6 
|expected} *)
