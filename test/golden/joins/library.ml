(* The library's modules: each does what its interface says, whatever the order of events. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)
let pause = Thread.yield
let run_all count work =
  let { JoinCount.Down.tick; wait } = JoinCount.Down.create count in
  for i = 1 to count do spawn { work i; tick () } done;
  wait ()

let counts () =
  let { JoinCount.Down.tick; wait } = JoinCount.Down.create 3 in
  let waited = ref false in
  def waiter() = wait (); waited := true; 0 in
  spawn waiter();
  spawn { tick () | tick () };
  pause ();
  check "two of three" (not !waited);
  spawn { tick () | tick () };
  wait ();
  wait ();
  let { JoinCount.Collector.collect; wait } = JoinCount.Collector.create ( + ) 1 10 in
  for i = 1 to 10 do spawn collect(i) done;
  check "collected" (wait () = 56 && wait () = 56);
  let { JoinCount.Collector.collect; wait } = JoinCount.Collector.create (fun x y -> if x = 2 then raise Exit else x + y) 0 3 in
  for i = 1 to 3 do spawn collect(i) done;
  check "combine raises" (match wait () with _ -> false | exception Exit -> true);
  check "nothing to collect" ((JoinCount.Collector.create ( + ) 7 0).wait () = 7)

(* The leaves of a tree that is not known in advance. *)
let dynamic () =
  let { JoinCount.Dynamic.enter; leave; finished; wait } = JoinCount.Dynamic.create ( + ) 0 in
  def walk(depth) =
    if depth = 0 then leave(1)
    else begin enter (); (walk(depth - 1) & walk(depth - 1)) end in
  enter ();
  spawn walk(5);
  spawn finished();
  check "leaves" (wait () = 32)

let monitor () =
  let m = JoinCount.Monitor.create (fun x l -> x :: l) [] in
  let a = m.enter "a" in
  let b = m.enter "b" in
  check "pending" (List.map snd (m.get_pendings ()) = [ "a"; "b" ] && m.is_pending a);
  def leave_and_see(key, x) = (m.leave(key, x) & seen())
  and seen() & wait() = reply to wait in
  spawn leave_and_see(a, 1);
  wait ();
  while m.is_pending a do pause () done;
  check "b is left" (List.map snd (m.get_pendings ()) = [ "b" ] && m.is_pending b);
  spawn { m.leave (a, 5) | m.finished () | m.leave (b, 2) };
  check "results" (m.wait () = [ 2; 1 ])

let fifo () =
  let q = JoinFifo.create () in
  let got = ref [] in
  def consumer() =
    let rec go () = match q.JoinFifo.get () with None -> () | Some x -> got := x :: !got; pause (); go () in
    go ();
    consumed()
  and consumed() & wait() = reply to wait in
  spawn consumer();
  for i = 1 to 20 do check "open" (q.put i) done;
  q.close ();
  wait ();
  check "in order" (List.rev !got = List.init 20 succ);
  check "closed" (not (q.put 0) && q.get () = None);
  let q = JoinFifo.create () in
  check "put" (q.put 1);
  q.kill ();
  check "killed" (q.get () = None && not (q.put 2));
  q.close ()

let buffer () =
  let b = JoinBuffer.create 3 in
  let inside = ref 0 and got = ref [] in
  def producer() = for i = 1 to 30 do b.JoinBuffer.put i; incr inside; check "bounded" (!inside <= 4) done; 0
  and consumer() =
    for _ = 1 to 30 do let x = b.JoinBuffer.get () in decr inside; got := x :: !got done;
    consumed()
  and consumed() & wait() = reply to wait in
  spawn producer() & consumer();
  wait ();
  check "all" (List.rev !got = List.init 30 succ);
  check "too small" (match JoinBuffer.create 0 with _ -> false | exception Invalid_argument _ -> true)

let barrier () =
  let b = JoinBarrier.create 4 in
  let came = Array.make 10 0 and places = Array.make 10 0 in
  run_all 4 (fun i ->
      for round = 0 to 9 do
        if (i + round) mod 3 = 0 then pause ();
        came.(round) <- came.(round) + 1;
        let place = b.JoinBarrier.wait () in
        places.(round) <- places.(round) + (1 lsl (4 * place));
        check "all came" (came.(round) = 4)
      done);
  check "places" (Array.for_all (( = ) 0x1111) places);
  check "alone" ((JoinBarrier.create 1).wait () = 0)

let lock () =
  let l = JoinLock.create () in
  let readers = ref 0 and writers = ref 0 and most = ref 0 and value = ref 0 in
  run_all 8 (fun i ->
      for _ = 1 to 6 do
        if i <= 3 then
          JoinLock.exclusively l (fun () ->
              incr writers;
              let x = !value in
              pause ();
              check "alone" (!writers = 1 && !readers = 0);
              value := x + 1;
              decr writers)
        else
          JoinLock.shared l (fun () ->
              incr readers;
              most := max !most !readers;
              pause ();
              check "no writer" (!writers = 0);
              decr readers)
      done);
  check "writes" (!value = 18);
  check "released" (match JoinLock.exclusively l (fun () -> raise Exit) with () -> false | exception Exit -> true);
  JoinLock.shared l ignore

let semaphore () =
  let s = JoinSemaphore.create 2 in
  let inside = ref 0 in
  run_all 6 (fun _ ->
      for _ = 1 to 5 do
        s.JoinSemaphore.acquire ();
        incr inside;
        pause ();
        check "two at most" (!inside <= 2);
        decr inside;
        s.release ()
      done);
  s.acquire ();
  check "one left" (s.try_acquire ());
  check "none left" (not (s.try_acquire ()));
  s.release ();
  s.acquire ()

let pool () =
  let busy = ref 0 in
  let work x =
    incr busy;
    pause ();
    check "three at most" (!busy <= 3);
    decr busy;
    if x = 13 then raise Not_found;
    x * x
  in
  let pool = JoinPool.of_function 3 work in
  check "squares" (JoinPool.map pool.JoinPool.run [ 1; 2; 3; 4; 5; 6; 7; 8 ] = [ 1; 4; 9; 16; 25; 36; 49; 64 ]);
  check "raises" (match pool.run 13 with _ -> false | exception Not_found -> true);
  check "no worker is lost" (JoinPool.map pool.run [ 1; 2; 3; 4 ] = [ 1; 4; 9; 16 ]);
  check "map raises" (match JoinPool.map pool.run [ 1; 13; 2 ] with _ -> false | exception Not_found -> true);
  check "nothing" (JoinPool.map pool.run [] = []);
  check "map_reduce" (JoinPool.map_reduce work ( + ) 0 (List.init 3 succ) = 14)

let timers () =
  def note(s) & noted(l) = noted(s :: l)
  or noted(l) & read(n) when (List.length l = n) = noted(l) & reply List.rev l to read in
  spawn noted([]);
  let start = Unix.gettimeofday () in
  let c = Join.after 0.03 note "c" in
  let b = Join.after 0.01 note "b" in
  let is_quick = Unix.gettimeofday () -. start < 0.02 in
  let never = Join.after 1e9 note "never" and later = Join.after 1e8 note "later" in
  check "cancelled" (Join.cancel later && not (Join.cancel later));
  check "in order" (match read 2 with [ "b"; "c" ] -> true | l -> l = [ "c"; "b" ] && not is_quick);
  let a = Join.after (-1.) note "a" in
  check "at once" (List.mem "a" (read 3));
  check "too late" (not (Join.cancel a || Join.cancel b || Join.cancel c));
  check "nan" (match Join.after nan note "" with _ -> false | exception Invalid_argument _ -> true);
  let again = Join.after 0. note "again" in
  check "again" (List.length (read 4) = 4 && not (Join.cancel again));
  check "the program can end" (Join.cancel never)

(* Whichever comes first. *)
let time_out () =
  let within seconds f =
    def result(x) & wait() = reply Some x to wait
    or late() & wait() = reply None to wait in
    let timer = Join.after seconds late () in
    spawn { let x = f () in ignore (Join.cancel timer : bool); result x };
    wait ()
  in
  check "in time" (within 10. (fun () -> 1) = Some 1);
  check "late" (within 0.01 (fun () -> Thread.delay 0.05; 1) = None)

let () =
  List.iter (fun f -> f ())
    [ counts; dynamic; monitor; fifo; buffer; barrier; lock; semaphore; pool; timers; time_out ];
  print_endline "done"

(* stdout {expected|
done
|expected} *)
