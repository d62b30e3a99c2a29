type t = {
  acquire : unit -> unit;
  release : unit -> unit;
  acquire_shared : unit -> unit;
  release_shared : unit -> unit;
}

(* One message on one of the states:
     idle      nobody
     reading n readers
     ending    a writer waits (its call is in [last]) until n readers are done
     writing   a writer *)
let create () =
  def idle() & acquire_shared() = reading(1) & reply to acquire_shared
  or idle() & want() = writing() & reply true to want
  or reading(n) & want() = ending(n) & reply false to want
  or reading(n) & acquire_shared() = reading(n + 1) & reply to acquire_shared
  or reading(1) & release_shared() = idle() & reply to release_shared
  or reading(n) & release_shared() = reading(n - 1) & reply to release_shared
  or ending(1) & release_shared() & last() = writing() & reply to release_shared & reply to last
  or ending(n) & release_shared() when n > 1 = ending(n - 1) & reply to release_shared
  or writing() & release() & acquire_shared() = reading(1) & reply to release & reply to acquire_shared
  or writing() & release() = idle() & reply to release in
  spawn idle();
  let acquire () = if not (want ()) then last () in
  { acquire; release; acquire_shared; release_shared }

let between enter leave f =
  enter ();
  Fun.protect f ~finally:leave

let exclusively { acquire; release; _ } f = between acquire release f
let shared { acquire_shared; release_shared; _ } f = between acquire_shared release_shared f
