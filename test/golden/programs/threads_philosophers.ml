(* Dining philosophers, a thread pool with futures, and a pipeline; what is printed does not depend on the scheduler. *)
(* libraries unix threads *)

let philosophers = 5
let rounds = 10

let dine () =
  let forks = Array.init philosophers (fun _ -> Mutex.create ()) in
  let meals = Array.make philosophers 0 and eating = Array.make philosophers false in
  let clash = ref false in
  let philosopher i =
    (* Forks are taken in the order of their numbers, so that there is no deadlock. *)
    let left = i and right = (i + 1) mod philosophers in
    let low = min left right and high = max left right in
    for _ = 1 to rounds do
      Mutex.lock forks.(low);
      Mutex.lock forks.(high);
      eating.(i) <- true;
      Thread.yield ();
      if eating.((i + 1) mod philosophers) || eating.((i + philosophers - 1) mod philosophers) then clash := true;
      meals.(i) <- meals.(i) + 1;
      eating.(i) <- false;
      Mutex.unlock forks.(high);
      Mutex.unlock forks.(low);
      Thread.yield ()
    done
  in
  List.iter Thread.join (List.init philosophers (Thread.create philosopher));
  (meals, !clash)

module Future = struct
  type 'a t = { mutable result : ('a, exn) result option; mutex : Mutex.t; done_ : Condition.t }

  let create () = { result = None; mutex = Mutex.create (); done_ = Condition.create () }

  let set t r =
    Mutex.lock t.mutex;
    t.result <- Some r;
    Condition.broadcast t.done_;
    Mutex.unlock t.mutex

  let rec wait t = match t.result with Some r -> r | None -> Condition.wait t.done_ t.mutex; wait t

  let get t =
    Mutex.lock t.mutex;
    let r = wait t in
    Mutex.unlock t.mutex;
    match r with Ok v -> v | Error e -> raise e
end

module Pool = struct
  type t = { jobs : (unit -> unit) option Queue.t; mutex : Mutex.t; more : Condition.t; mutable workers : Thread.t list }

  let post t job =
    Mutex.lock t.mutex;
    Queue.add job t.jobs;
    Condition.signal t.more;
    Mutex.unlock t.mutex

  let rec take t = if Queue.is_empty t.jobs then begin Condition.wait t.more t.mutex; take t end else Queue.pop t.jobs

  let rec work t =
    Mutex.lock t.mutex;
    let job = take t in
    Mutex.unlock t.mutex;
    match job with None -> () | Some run -> run (); work t

  let create n =
    let t = { jobs = Queue.create (); mutex = Mutex.create (); more = Condition.create (); workers = [] } in
    t.workers <- List.init n (fun _ -> Thread.create work t);
    t

  let submit t f x =
    let future = Future.create () in
    post t (Some (fun () -> Future.set future (try Ok (f x) with e -> Error e)));
    future

  let stop t =
    List.iter (fun _ -> post t None) t.workers;
    List.iter Thread.join t.workers
end

let () =
  let meals, clash = dine () in
  Printf.printf "%s %b\n" (String.concat " " (Array.to_list (Array.map string_of_int meals))) clash;
  let pool = Pool.create 3 in
  let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2) in
  let futures = List.map (Pool.submit pool (fun n -> if n = 13 then failwith "unlucky" else fib n)) [ 10; 15; 13; 18 ] in
  List.iter (fun f -> match Future.get f with n -> Printf.printf "%d " n | exception Failure m -> Printf.printf "%s " m) futures;
  print_newline ();
  let nested = Pool.submit pool (fun () -> List.map Future.get (List.map (Pool.submit pool fib) [ 5; 6 ])) () in
  Printf.printf "%s\n" (String.concat "," (List.map string_of_int (Future.get nested)));
  Pool.stop pool

(* stdout {expected|
10 10 10 10 10 false
55 610 unlucky 2584 
5,8
|expected} *)
