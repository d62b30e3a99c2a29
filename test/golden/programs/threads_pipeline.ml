(* A pipeline of threads with queues, dining philosophers, and ten thousand threads that wait for one signal. *)

module Channel = struct
  type 'a t = { items : 'a Queue.t; lock : Mutex.t; filled : Condition.t; mutable closed : bool }

  let create () = { items = Queue.create (); lock = Mutex.create (); filled = Condition.create (); closed = false }

  let locked t f =
    Mutex.lock t.lock;
    Fun.protect f ~finally:(fun () -> Mutex.unlock t.lock)

  let put t x =
    locked t (fun () ->
        Queue.add x t.items;
        Condition.signal t.filled)

  let close t =
    locked t (fun () ->
        t.closed <- true;
        Condition.broadcast t.filled)

  let rec take t =
    match Queue.take_opt t.items with
    | None when t.closed -> None
    | None ->
        Condition.wait t.filled t.lock;
        take t
    | some -> some

  let get t = locked t (fun () -> take t)

  let rec iter f t =
    match get t with
    | None -> ()
    | Some x ->
        f x;
        iter f t
end

let stage f input =
  let output = Channel.create () in
  let work () =
    Channel.iter (fun x -> List.iter (Channel.put output) (f x)) input;
    Channel.close output
  in
  ignore (Thread.create work ());
  output

let () =
  let source = Channel.create () in
  let words = stage (String.split_on_char ' ') source in
  let lengths = stage (fun w -> if w = "" then [] else [ (w, String.length w) ]) words in
  let long = stage (fun (w, n) -> if n > 3 then [ Printf.sprintf "%s/%d" (String.uppercase_ascii w) n ] else []) lengths in
  List.iter (Channel.put source) [ "the quick brown fox"; "jumps  over"; "the lazy dog and its shadow" ];
  Channel.close source;
  Channel.iter print_endline long

let philosophers n meals =
  let forks = Array.init n (fun _ -> Mutex.create ()) in
  let eaten = Array.make n 0 in
  let live i =
    let left = min i ((i + 1) mod n) and right = max i ((i + 1) mod n) in
    for _ = 1 to meals do
      Mutex.lock forks.(left);
      Thread.yield ();
      Mutex.lock forks.(right);
      eaten.(i) <- eaten.(i) + 1;
      Mutex.unlock forks.(right);
      Mutex.unlock forks.(left)
    done
  in
  List.iter Thread.join (List.init n (Thread.create live));
  eaten

let () = Array.iter (Printf.printf "%d ") (philosophers 7 30)
let () = print_newline ()

let () =
  let m = Mutex.create () and c = Condition.create () and go = ref false and sum = ref 0 in
  let wait i =
    Mutex.lock m;
    while not !go do
      Condition.wait c m
    done;
    sum := !sum + i;
    Mutex.unlock m
  in
  let threads = List.init 10_000 (Thread.create wait) in
  Thread.yield ();
  Mutex.lock m;
  go := true;
  Condition.broadcast c;
  Mutex.unlock m;
  List.iter Thread.join threads;
  Printf.printf "%d\n" !sum

(* A loop that calls nothing is interrupted too. *)
let () =
  let flag = ref false in
  let t = Thread.create (fun () -> flag := true) () in
  while not !flag do
    ()
  done;
  Thread.join t;
  print_endline "interrupted"

(* Threads sleep at the same time, and wake in the order of their delays. *)
let () =
  let sleep i = Thread.delay (0.03 *. float_of_int i); Printf.printf "delay %d\n%!" i in
  List.iter Thread.join (List.map (Thread.create sleep) [ 5; 2; 4; 1; 3 ])

(* libraries unix threads *)

(* stdout {expected|
QUICK/5
BROWN/5
JUMPS/5
OVER/4
LAZY/4
SHADOW/6
30 30 30 30 30 30 30 
49995000
interrupted
delay 1
delay 2
delay 3
delay 4
delay 5
|expected} *)
