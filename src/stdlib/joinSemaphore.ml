type t = { acquire : unit -> unit; release : unit Join.chan; try_acquire : unit -> bool }

(* Of the reactions for [try_acquire] the first that can happen does, so it fails only without a permit. *)
let create n =
  if n < 0 then invalid_arg "JoinSemaphore.create";
  def release() & acquire() = reply to acquire
  or release() & try_acquire() & ready() = ready() & reply true to try_acquire
  or try_acquire() & ready() = ready() & reply false to try_acquire in
  spawn ready();
  for _ = 1 to n do
    spawn release()
  done;
  { acquire; release; try_acquire }
