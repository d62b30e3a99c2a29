(* Finalisers in cyclic structures: a cycle dies as a whole, and each of its values has its function called. *)

type node = { id : int; mutable next : node option; mutable payload : string }

let log = ref []
let note n = log := n :: !log

let show name =
  Printf.printf "%s: %s\n" name (String.concat " " (List.map string_of_int (List.sort compare !log)));
  log := []

let node id = { id; next = None; payload = String.make 3 (Char.chr (97 + (id mod 26))) }

(* In the function the whole cycle is still there. *)
let rec length_from start n count =
  match n.next with
  | None -> -1
  | Some next -> if next == start then count else length_from start next (count + 1)

let[@inline never] ring size =
  let nodes = Array.init size node in
  Array.iteri (fun i n -> n.next <- Some nodes.((i + 1) mod size)) nodes;
  Array.iter (Gc.finalise (fun n -> note (length_from n n 1))) nodes

let[@inline never] self () =
  let n = node 77 in
  n.next <- Some n;
  Gc.finalise (fun n -> note n.id) n

(* The function itself is part of the cycle: it refers to the value, which therefore never dies. *)
let[@inline never] through_its_function () =
  let n = node 88 in
  Gc.finalise (fun _ -> note n.id) n

let[@inline never] through_a_closure () =
  let r = ref (fun () -> 0) in
  let rec f () = if Sys.opaque_identity false then !r () + f () else 99 in
  r := f;
  Gc.finalise (fun r -> note (!r ())) r

(* Two halves that refer to each other, one of them old. *)
let half = ref (Some (node 1))

let[@inline never] halves () =
  let young = node 2 in
  (match !half with
  | Some old ->
      old.next <- Some young;
      young.next <- Some old;
      Gc.finalise (fun n -> note (10 * n.id)) old;
      Gc.finalise (fun n -> note (10 * n.id)) young
  | None -> ());
  half := None

let () =
  ring 5;
  Gc.full_major ();
  show "ring";
  ring 1;
  ring 300;
  Gc.full_major ();
  Printf.printf "large ring: %d\n" (List.length !log);
  log := [];
  self ();
  Gc.full_major ();
  show "self";
  through_its_function ();
  Gc.full_major ();
  Gc.full_major ();
  show "never";
  through_a_closure ();
  Gc.full_major ();
  show "closure";
  Gc.full_major ();
  halves ();
  Gc.full_major ();
  show "halves"

(* stdout {expected|
ring: 5 5 5 5 5
large ring: 301
self: 77
never: 
closure: 99
halves: 10 20
|expected} *)
