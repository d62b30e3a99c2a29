(* Threads with mutexes and conditions: a bounded queue, a barrier, readers and writers; results do not depend on turns. *)
(* libraries unix threads *)

module Bounded_queue = struct
  type 'a t = { items : 'a Queue.t; capacity : int; mutex : Mutex.t; not_empty : Condition.t; not_full : Condition.t }

  let create capacity =
    { items = Queue.create (); capacity; mutex = Mutex.create (); not_empty = Condition.create (); not_full = Condition.create () }

  let locked t f = Mutex.lock t.mutex; Fun.protect ~finally:(fun () -> Mutex.unlock t.mutex) f

  let put t x =
    locked t (fun () ->
        while Queue.length t.items >= t.capacity do Condition.wait t.not_full t.mutex done;
        Queue.add x t.items;
        Condition.signal t.not_empty)

  let take t =
    locked t (fun () ->
        while Queue.is_empty t.items do Condition.wait t.not_empty t.mutex done;
        let x = Queue.pop t.items in
        Condition.signal t.not_full;
        x)
end

module Barrier = struct
  type t = { size : int; mutable waiting : int; mutable round : int; mutex : Mutex.t; opened : Condition.t }

  let create size = { size; waiting = 0; round = 0; mutex = Mutex.create (); opened = Condition.create () }

  let wait b =
    Mutex.lock b.mutex;
    let round = b.round in
    b.waiting <- b.waiting + 1;
    if b.waiting = b.size then begin
      b.waiting <- 0;
      b.round <- round + 1;
      Condition.broadcast b.opened
    end
    else while b.round = round do Condition.wait b.opened b.mutex done;
    Mutex.unlock b.mutex
end

let spawn f x = Thread.create f x
let join = List.iter Thread.join

let () =
  let q = Bounded_queue.create 3 and results = Bounded_queue.create 1000 in
  let producer k = for i = 1 to 25 do Bounded_queue.put q (Some ((100 * k) + i)) done in
  let rec consumer () =
    match Bounded_queue.take q with
    | Some n -> Bounded_queue.put results n; Thread.yield (); consumer ()
    | None -> ()
  in
  let producers = List.init 4 (spawn producer) and consumers = List.init 3 (fun _ -> spawn consumer ()) in
  join producers;
  List.iter (fun _ -> Bounded_queue.put q None) consumers;
  join consumers;
  let all = List.sort compare (List.of_seq (Queue.to_seq results.items)) in
  let expected = List.concat (List.init 4 (fun k -> List.init 25 (fun i -> (100 * k) + i + 1))) in
  Printf.printf "%d %b\n" (List.length all) (all = expected)

let () =
  let workers = 4 and rounds = 5 in
  let barrier = Barrier.create workers in
  let cells = Array.make workers 1 in
  let worker i =
    for _ = 1 to rounds do
      let sum = Array.fold_left ( + ) 0 cells in
      Barrier.wait barrier;
      cells.(i) <- sum;
      Barrier.wait barrier
    done
  in
  join (List.init workers (spawn worker));
  print_endline (String.concat " " (Array.to_list (Array.map string_of_int cells)))

let () =
  let counter = ref 0 and mutex = Mutex.create () in
  let bump () = for _ = 1 to 200 do Mutex.lock mutex; let n = !counter in Thread.yield (); counter := n + 1; Mutex.unlock mutex done in
  join (List.init 5 (fun _ -> spawn bump ()));
  Printf.printf "%d %b\n" !counter (Mutex.try_lock mutex);
  let failed = ref "" in
  let t = Thread.create (fun () -> try failwith "inside" with Failure m -> failed := m) () in
  Thread.join t;
  Printf.printf "%s %b\n" !failed (Thread.id t <> Thread.id (Thread.self ()))

(* stdout {expected|
100 true
1024 1024 1024 1024
1000 true
inside true
|expected} *)
