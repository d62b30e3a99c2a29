type t = { wait : unit -> int }

let new_gate () =
  def opened() & pass() = opened() & reply to pass in
  (pass, opened)

(* Each round has a gate of its own: who is late finds it open, and cannot be overtaken by somebody in the next round. *)
let create n =
  if n < 1 then invalid_arg "JoinBarrier.create";
  def missing(left, gate) & come() =
    (if left > 1 then missing(left - 1, gate) else missing(n, new_gate ())) & reply (left, gate) to come in
  spawn missing(n, new_gate ());
  let wait () =
    let left, (pass, opened) = come () in
    if left = 1 then spawn opened() else pass ();
    n - left
  in
  { wait }
