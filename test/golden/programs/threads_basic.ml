(* Threads with a mutex, condition variables, semaphores, channels; what they print does not depend on who runs first. *)

let in_threads n f = List.iter Thread.join (List.init n (fun i -> Thread.create f i))

(* A counter behind a lock, many threads. *)
let () =
  let m = Mutex.create () and count = ref 0 in
  in_threads 20 (fun i ->
      for _ = 1 to 500 do
        Mutex.lock m;
        let seen = !count in
        if i mod 3 = 0 then Thread.yield ();
        count := seen + 1;
        Mutex.unlock m
      done);
  Printf.printf "counter %d\n" !count

(* A bounded buffer: producers and consumers. *)
type 'a buffer = { items : 'a Queue.t; size : int; m : Mutex.t; not_empty : Condition.t; not_full : Condition.t }

let put b x =
  Mutex.lock b.m;
  while Queue.length b.items >= b.size do Condition.wait b.not_full b.m done;
  Queue.add x b.items;
  Condition.signal b.not_empty;
  Mutex.unlock b.m

let get b =
  Mutex.lock b.m;
  while Queue.is_empty b.items do Condition.wait b.not_empty b.m done;
  let x = Queue.take b.items in
  Condition.signal b.not_full;
  Mutex.unlock b.m;
  x

let () =
  let b = { items = Queue.create (); size = 3; m = Mutex.create (); not_empty = Condition.create (); not_full = Condition.create () } in
  let sum = ref 0 and sum_lock = Mutex.create () in
  let producers = List.init 4 (fun i -> Thread.create (fun () -> for k = 1 to 100 do put b ((i * 100) + k) done) ()) in
  let consumers =
    List.init 5 (fun _ ->
        Thread.create (fun () -> for _ = 1 to 80 do let x = get b in Mutex.lock sum_lock; sum := !sum + x; Mutex.unlock sum_lock done) ())
  in
  List.iter Thread.join (producers @ consumers);
  Printf.printf "sum %d\n" !sum

(* One condition wakes everybody. *)
let () =
  let m = Mutex.create () and c = Condition.create () and go = ref false and done_ = ref 0 in
  let threads =
    List.init 50 (fun _ ->
        Thread.create (fun () -> Mutex.lock m; while not !go do Condition.wait c m done; incr done_; Mutex.unlock m) ())
  in
  Thread.yield ();
  Mutex.lock m;
  go := true;
  Condition.broadcast c;
  Mutex.unlock m;
  List.iter Thread.join threads;
  Printf.printf "broadcast %d\n" !done_

(* Semaphores: never more than three inside. *)
let () =
  let s = Semaphore.Counting.make 3 and inside = ref 0 and most = ref 0 in
  in_threads 12 (fun _ ->
      for _ = 1 to 20 do
        Semaphore.Counting.acquire s;
        incr inside;
        most := max !most !inside;
        Thread.yield ();
        decr inside;
        Semaphore.Counting.release s
      done);
  Printf.printf "semaphore %b %d %d\n" (!most <= 3) !inside (Semaphore.Counting.get_value s);
  let turn = Semaphore.Binary.make false in
  let t = Thread.create (fun () -> Semaphore.Binary.acquire turn; print_string "second\n") () in
  print_string "first\n";
  Semaphore.Binary.release turn;
  Thread.join t;
  Printf.printf "%b\n" (Semaphore.Binary.try_acquire turn)

(* A sieve of threads and channels. *)
let () =
  let rec numbers ch n = Event.sync (Event.send ch n); numbers ch (n + 1) in
  let rec filter prime input output =
    let n = Event.sync (Event.receive input) in
    if n mod prime <> 0 then Event.sync (Event.send output n);
    filter prime input output
  in
  let start = Event.new_channel () in
  ignore (Thread.create (numbers start) 2);
  let rec primes input k acc =
    if k = 0 then List.rev acc
    else begin
      let prime = Event.sync (Event.receive input) in
      let output = Event.new_channel () in
      ignore (Thread.create (filter prime input) output);
      primes output (k - 1) (prime :: acc)
    end
  in
  print_endline (String.concat " " (List.map string_of_int (primes start 15 [])))

(* Choice, wrap, guard, abort, poll. *)
let () =
  let a = Event.new_channel () and b = Event.new_channel () in
  let senders = [ Thread.create (fun () -> Event.sync (Event.send a 10)) (); Thread.create (fun () -> Event.sync (Event.send b "text")) () ] in
  let events = [ Event.wrap (Event.receive a) string_of_int; Event.wrap_abort (Event.receive b) ignore ] in
  let one = Event.select events in
  let two = Event.select events in
  List.iter Thread.join senders;
  List.iter print_endline (List.sort compare [ one; two ]);
  print_endline (match Event.poll (Event.receive a) with None -> "nothing" | Some _ -> "something");
  let aborted = ref 0 in
  let r = Event.sync (Event.choose [ Event.wrap_abort (Event.receive a) (fun () -> incr aborted); Event.guard (fun () -> Event.always 7) ]) in
  Printf.printf "%d %d\n" r !aborted

(* Exceptions in threads, ids, delays. *)
let () =
  Printf.printf "%d\n" (Thread.id (Thread.self ()));
  flush stdout;
  let slow = Thread.create (fun () -> Thread.delay 0.05; print_endline "slow") () in
  let fast = Thread.create (fun () -> Thread.delay 0.01; print_endline "fast") () in
  Thread.join slow;
  Thread.join fast;
  let result = ref 0 in
  Thread.join (Thread.create (fun () -> try raise Not_found with Not_found -> result := 1) ());
  Printf.printf "%d\n" !result

(* Nobody waits for this one. *)
let () = ignore (Thread.create (fun () -> while true do Thread.yield () done) ())
let () = at_exit (fun () -> print_endline "end")

(* libraries unix threads *)

(* stdout {expected|
counter 10000
sum 80200
broadcast 50
semaphore true 0 3
first
second
false
2 3 5 7 11 13 17 19 23 29 31 37 41 43 47
10
text
nothing
7 1
0
fast
slow
1
end
|expected} *)
