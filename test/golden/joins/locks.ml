(* Locks: a writer is alone, readers are not with a writer, and a lock with tokens admits as many as there are. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

type lock = { acquire : unit -> unit; release : unit -> unit; share : unit -> unit; unshare : unit -> unit }

module Classic = struct
  let new_mutex () =
    let def free () | lock! () = reply to lock
    and unlock! () = free () | reply to unlock in
    spawn { free () };
    lock, unlock

  let new_lock () =
    let def idle () | share! () = shared 1 | reply to share
    or shared n | share! () = shared (n + 1) | reply to share
    or shared n | unshare! () = { if n = 1 then idle () else shared (n - 1) } | reply to unshare
    or idle () | acquire! () = reply to acquire
    and release! () = idle () | reply to release in
    spawn { idle () };
    { acquire; release; share; unshare }
end

module Later = struct
  let new_mutex () =
    def free() & lock() = reply to lock
    and unlock() = free() & reply to unlock in
    spawn free();
    lock, unlock

  let new_lock () =
    def idle() & share() = shared(1) & reply to share
    or shared(n) & share() = shared(n + 1) & reply to share
    or shared(1) & unshare() = idle() & reply to unshare
    or shared(n) & unshare() = shared(n - 1) & reply to unshare
    or idle() & acquire() = reply to acquire
    and release() = idle() & reply to release in
    spawn idle();
    { acquire; release; share; unshare }
end

module type Locks = sig
  val new_mutex : unit -> (unit -> unit) * (unit -> unit)
  val new_lock : unit -> lock
end

let test name (module L : Locks) =
  let check text = check (name ^ ": " ^ text) in
  let lock, unlock = L.new_mutex () in
  let { acquire; release; share; unshare } = L.new_lock () in
  let inside = ref 0 and readers = ref 0 and writers = ref 0 and shared = ref 0 in
  let pause () = Thread.yield () in
  let alone () =
    lock ();
    incr inside;
    pause ();
    check "alone" (!inside = 1);
    decr inside;
    unlock ()
  in
  let write () =
    acquire ();
    incr writers;
    pause ();
    check "one writer" (!writers = 1 && !readers = 0);
    let x = !shared in
    pause ();
    shared := x + 1;
    decr writers;
    release ()
  in
  let read () =
    share ();
    incr readers;
    let x = !shared in
    pause ();
    check "readers" (!writers = 0 && !shared = x);
    decr readers;
    unshare ()
  in
  def work(n) =
    for i = 1 to 10 do
      alone ();
      if (i + n) mod 3 = 0 then write () else read ()
    done;
    finished()
  and finished() & left(n) = left(n - 1)
  or left(0) & wait() = reply to wait in
  spawn left(9);
  for n = 1 to 9 do spawn work(n) done;
  wait ();
  check "all writes" (!shared = 30)

let () =
  test "classic" (module Classic);
  test "later" (module Later);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
