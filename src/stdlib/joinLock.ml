type t = {
  acquire : unit -> unit;
  release : unit -> unit;
  acquire_shared : unit -> unit;
  release_shared : unit -> unit;
}

(* One message on one of the states:
     idle      nobody
     reading n readers
     ending    n readers, and a writer that calls [last]
     ended     that writer, once it calls
     writing   a writer *)
let create () =
  def idle() & acquire_shared() = reading(1) & reply to acquire_shared
  or idle() & want() = writing() & reply true to want
  or reading(n) & want() = ending(n) & reply false to want
  or reading(n) & acquire_shared() = reading(n + 1) & reply to acquire_shared
  or reading(n) & release_shared() =
    (if n > 1 then reading(n - 1) else idle()) & reply to release_shared
  or ending(n) & release_shared() =
    (if n > 1 then ending(n - 1) else ended()) & reply to release_shared
  or ended() & last() = writing() & reply to last
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
