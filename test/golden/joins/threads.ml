(* Threads, mutexes, conditions, events and channels of the join calculus in one program. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

(* A thread waits for a reply, a process for a thread. *)
let threads_and_calls () =
  let def put x | get! () = reply x to get in
  let reader = Thread.create (fun () -> check "a thread calls" (get () = 1)) () in
  spawn { put 1 };
  Thread.join reader;
  let def joined thread = Thread.join thread; over ()
  and over () | wait! () = reply to wait in
  let flag = ref false in
  let worker = Thread.create (fun () -> Thread.delay 0.001; flag := true) () in
  spawn { joined worker };
  wait ();
  check "a process joins a thread" !flag

(* A mutex keeps processes and threads apart; a condition is signalled by a process and waited for by both. *)
let mutexes_and_conditions () =
  let mutex = Mutex.create () and changed = Condition.create () in
  let value = ref 0 in
  let add () =
    Mutex.lock mutex;
    let x = !value in
    Thread.yield ();
    value := x + 1;
    Condition.broadcast changed;
    Mutex.unlock mutex
  in
  let wait_for n =
    Mutex.lock mutex;
    while !value < n do Condition.wait changed mutex done;
    Mutex.unlock mutex
  in
  def adder(n) = if n > 0 then begin add (); adder(n - 1) end
  and waiter(n) = wait_for n; passed()
  and passed() & all() = reply to all in
  let thread = Thread.create (fun () -> wait_for 15; for _ = 1 to 5 do add () done) () in
  spawn waiter(20);
  for _ = 1 to 3 do spawn adder(5) done;
  all ();
  Thread.join thread;
  check "sum" (!value = 20)

(* An event's channel and a join channel pass each other what comes; [Event.select] chooses what a process sends. *)
let events () =
  let numbers = Event.new_channel () and words = Event.new_channel () in
  def pump(n) = if n > 0 then begin Event.sync (Event.send numbers n); pump(n - 1) end
  and got(x) & sum(s, k) = sum(s + x, k + 1)
  or sum(s, k) & total(n) when k >= n = sum(s, k) & reply s to total
  and forward(n) =
    if n > 0 then begin
      let x = Event.sync (Event.receive numbers) in
      (got(x) & forward(n - 1))
    end in
  spawn sum(0, 0) & pump(10) & forward(10);
  check "through both" (total 10 = 55);
  def speak(w) = Event.sync (Event.send words w); 0 in
  spawn speak("word");
  let either () =
    Event.select
      [ Event.wrap (Event.receive numbers) string_of_int; Event.receive words ]
  in
  check "words" (either () = "word");
  spawn pump(1);
  check "numbers" (either () = "1")

(* A synchronous channel in an event's callback, and an exception that crosses threads by a reply. *)
let exceptions () =
  def refuse(x) & turn() = turn() & begin if x < 0 then raise Exit; reply x to refuse end in
  spawn turn();
  let c = Event.new_channel () in
  let results = ref [] in
  let ask x () =
    let result = try string_of_int (refuse x) with Exit -> "refused" in
    Event.sync (Event.send c result)
  in
  let threads = List.map (fun x -> Thread.create (ask x) ()) [ 1; -1; 2 ] in
  let read = Event.wrap (Event.receive c) (fun s -> if s = "refused" then s else string_of_int (10 * refuse (int_of_string s))) in
  for _ = 1 to 3 do results := Event.sync read :: !results done;
  List.iter Thread.join threads;
  check "results" (List.sort compare !results = [ "10"; "20"; "refused" ])

(* Semaphores, and what a thread keeps for itself. *)
let semaphores () =
  let permits = Semaphore.Counting.make 2 in
  let inside = ref 0 in
  def work(n) =
    Semaphore.Counting.acquire permits;
    incr inside;
    Thread.yield ();
    check "two at most" (!inside <= 2);
    decr inside;
    Semaphore.Counting.release permits;
    worked()
  and worked() & left(n) = left(n - 1)
  or left(0) & wait() = reply to wait in
  spawn left(8);
  for n = 1 to 8 do
    if n mod 2 = 0 then spawn work(n) else ignore (Thread.create (fun () -> spawn work(n)) ())
  done;
  wait ()

let () =
  List.iter (fun f -> f ()) [ threads_and_calls; mutexes_and_conditions; events; exceptions; semaphores ];
  print_endline "done"

(* stdout {expected|
done
|expected} *)
