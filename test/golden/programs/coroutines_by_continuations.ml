(* Coroutines without effects: continuations in a scheduler, generators, channels, backtracking. *)

type 'a cps = ('a -> unit) -> unit

let ( let* ) (m : 'a cps) (f : 'a -> 'b cps) : 'b cps = fun k -> m (fun x -> f x k)
let return x : 'a cps = fun k -> k x

module Scheduler = struct
  let ready : (unit -> unit) Queue.t = Queue.create ()
  let spawn (task : unit cps) = Queue.add (fun () -> task ignore) ready
  let yield : unit cps = fun k -> Queue.add k ready
  let run () = while not (Queue.is_empty ready) do (Queue.pop ready) () done
end

module Channel = struct
  type 'a t = { items : 'a Queue.t; waiting : ('a -> unit) Queue.t }

  let create () = { items = Queue.create (); waiting = Queue.create () }

  let send c x : unit cps =
   fun k ->
    if Queue.is_empty c.waiting then Queue.add x c.items
    else begin
      let receiver = Queue.pop c.waiting in
      Queue.add (fun () -> receiver x) Scheduler.ready
    end;
    k ()

  let receive c : 'a cps = fun k -> if Queue.is_empty c.items then Queue.add k c.waiting else k (Queue.pop c.items)
end

let rec iterate from until f = if from > until then return () else let* () = f from in iterate (from + 1) until f

let worker name n =
  iterate 1 n (fun i ->
      Printf.printf "%s%d " name i;
      Scheduler.yield)

(* Generators: the consumer asks for one more. *)
type 'a step = Done | Next of 'a * (unit -> 'a step)

let generate (body : ('a -> unit cps) -> unit cps) () =
  let result = ref Done in
  let emit x : unit cps = fun k -> result := Next (x, fun () -> result := Done; k (); !result) in
  body emit ignore;
  !result

type tree = Leaf | Node of tree * int * tree

let rec walk emit = function
  | Leaf -> return ()
  | Node (l, x, r) ->
    let* () = walk emit l in
    let* () = emit x in
    walk emit r

let rec same a b = match (a (), b ()) with
  | Done, Done -> true
  | Next (x, a), Next (y, b) -> x = y && same a b
  | _ -> false

(* Success and failure continuations. *)
let either a b success failure = a success (fun () -> b success failure)
let rec member l success failure = match l with [] -> failure () | x :: rest -> success x (fun () -> member rest success failure)

let () =
  Scheduler.spawn (worker "a" 3);
  Scheduler.spawn (worker "b" 2);
  Scheduler.spawn (worker "c" 4);
  Scheduler.run ();
  print_newline ();
  let c = Channel.create () and results = Channel.create () in
  Scheduler.spawn (iterate 1 5 (fun i -> let* () = Channel.send c (i * i) in Scheduler.yield));
  Scheduler.spawn (iterate 1 5 (fun _ -> let* n = Channel.receive c in Channel.send results (n + 1)));
  Scheduler.run ();
  Queue.iter (Printf.printf "%d ") results.items;
  print_newline ();
  let left = Node (Node (Leaf, 1, Leaf), 2, Node (Leaf, 3, Leaf)) and right = Node (Leaf, 1, Node (Leaf, 2, Node (Leaf, 3, Leaf))) in
  let leaves t = generate (fun emit -> walk emit t) in
  Printf.printf "%b %b\n" (same (leaves left) (leaves right)) (same (leaves left) (leaves Leaf));
  let found = ref [] in
  either (member [ 1; 2 ]) (member [ 30; 40 ])
    (fun x retry -> member [ x; x + 5 ] (fun y more -> if y mod 3 = 0 then found := (x, y) :: !found; more ()) retry)
    ignore;
  List.iter (fun (x, y) -> Printf.printf "(%d,%d) " x y) (List.rev !found);
  print_newline ()

(* stdout {expected|
a1 b1 c1 a2 b2 c2 a3 c3 c4 
2 5 10 17 26 
true false
(1,6) (30,30) (40,45) 
|expected} *)
