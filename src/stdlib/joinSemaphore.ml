type t = { acquire : unit -> unit; release : unit -> unit; try_acquire : unit -> bool }

(* Of the reactions for [try_acquire] the first that can happen does, so it fails only without a permit. *)
let create n =
  if n < 0 then invalid_arg "JoinSemaphore.create";
  def permit() & acquire() = reply to acquire
  or permit() & try_acquire() & ready() = ready() & reply true to try_acquire
  or try_acquire() & ready() = ready() & reply false to try_acquire
  and release() = permit() & reply to release in
  spawn ready();
  for _ = 1 to n do
    spawn permit()
  done;
  { acquire; release; try_acquire }
