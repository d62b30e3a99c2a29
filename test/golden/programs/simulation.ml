(* A simulation of discrete events, built from functors: a priority queue over any ordered type, a simulator over any queue, a bank
   with several tellers and customers of different patience; statistics in maps and sets. *)

module type ORDERED = sig
  type t
  val compare : t -> t -> int
end

module type QUEUE = sig
  type priority
  type 'a t
  val name : string
  val empty : 'a t
  val is_empty : 'a t -> bool
  val insert : priority -> 'a -> 'a t -> 'a t
  val pop : 'a t -> (priority * 'a * 'a t) option
  val size : 'a t -> int
end

(* A queue as two lists, never empty. *)
module Queue_of_lists = struct
  type 'a t = { front : 'a list; back : 'a list }

  let singleton x = { front = [ x ]; back = [] }
  let push x q = { q with back = x :: q.back }

  let pop { front; back } =
    match front with
    | [] -> assert false
    | [ x ] -> (x, match back with [] -> None | _ -> Some { front = List.rev back; back = [] })
    | x :: front -> (x, Some { front; back })
end

(* Three queues with one interface. *)

module Leftist (P : ORDERED) : QUEUE with type priority = P.t = struct
  type priority = P.t
  type 'a t = Empty | Node of { rank : int; priority : priority; stamp : int; item : 'a; left : 'a t; right : 'a t; size : int }

  let name = "leftist heap"
  let empty = Empty
  let is_empty t = t = Empty
  let rank = function Empty -> 0 | Node n -> n.rank
  let size = function Empty -> 0 | Node n -> n.size
  let stamps = ref 0

  let node priority stamp item a b =
    let left, right = if rank a >= rank b then (a, b) else (b, a) in
    Node { rank = rank right + 1; priority; stamp; item; left; right; size = size a + size b + 1 }

  let rec merge a b =
    match (a, b) with
    | Empty, t | t, Empty -> t
    | Node x, Node y ->
        let c = match P.compare x.priority y.priority with 0 -> compare x.stamp y.stamp | c -> c in
        if c <= 0 then node x.priority x.stamp x.item x.left (merge x.right b)
        else node y.priority y.stamp y.item y.left (merge a y.right)

  let insert priority item t =
    incr stamps;
    merge (node priority !stamps item Empty Empty) t

  let pop = function Empty -> None | Node { priority; item; left; right; _ } -> Some (priority, item, merge left right)
end

module Of_map (P : ORDERED) : QUEUE with type priority = P.t = struct
  module M = Map.Make (P)

  type priority = P.t
  type 'a t = { map : 'a Queue_of_lists.t M.t; count : int }

  let name = "map of queues"
  let empty = { map = M.empty; count = 0 }
  let is_empty t = M.is_empty t.map
  let size t = t.count

  let insert p x t =
    let add = function None -> Some (Queue_of_lists.singleton x) | Some q -> Some (Queue_of_lists.push x q) in
    { map = M.update p add t.map; count = t.count + 1 }

  let pop t =
    match M.min_binding_opt t.map with
    | None -> None
    | Some (p, q) ->
        let x, rest = Queue_of_lists.pop q in
        let map = match rest with None -> M.remove p t.map | Some q -> M.add p q t.map in
        Some (p, x, { map; count = t.count - 1 })
end

module Sorted_list (P : ORDERED) : QUEUE with type priority = P.t = struct
  type priority = P.t
  type 'a t = (priority * 'a) list

  let name = "sorted list"
  let empty = []
  let is_empty t = t = []
  let size = List.length

  let rec insert p x = function
    | ((q, _) as first) :: rest when P.compare q p <= 0 -> first :: insert p x rest
    | t -> (p, x) :: t

  let pop = function [] -> None | (p, x) :: rest -> Some (p, x, rest)
end

(* ---- The simulator --------------------------------------------------------------------------------------------- *)

module type SIMULATOR = sig
  type t
  val create : unit -> t
  val now : t -> float
  val at : t -> float -> (t -> unit) -> unit
  val after : t -> float -> (t -> unit) -> unit
  val run : ?until:float -> t -> int
  val longest : t -> int
  val kind : string
end

module Simulator (Make_queue : functor (P : ORDERED) -> QUEUE with type priority = P.t) : SIMULATOR = struct
  module Queue = Make_queue (Float)

  type t = { mutable clock : float; mutable events : event Queue.t; mutable longest : int }
  and event = t -> unit

  let kind = Queue.name
  let create () = { clock = 0.; events = Queue.empty; longest = 0 }
  let now t = t.clock
  let longest t = t.longest

  let at t time event =
    if time < t.clock then invalid_arg "Simulator.at: the past";
    t.events <- Queue.insert time event t.events;
    t.longest <- max t.longest (Queue.size t.events)

  let after t delay event = at t (t.clock +. delay) event

  let run ?(until = infinity) t =
    let rec loop count =
      match Queue.pop t.events with
      | Some (time, event, rest) when time <= until ->
          t.clock <- time;
          t.events <- rest;
          event t;
          loop (count + 1)
      | Some _ | None -> count
    in
    loop 0
end

(* ---- Random numbers, so that every system draws the same ---------------------------------------------------------- *)

module Random_stream = struct
  type t = { mutable state : int }

  let create seed = { state = seed }

  let uniform r =
    r.state <- (r.state * 25214903917 + 11) land 0xFFFFFFFFFFFF;
    float (r.state lsr 16) /. 4294967296.

  let between r a b = a +. ((b -. a) *. uniform r)
  let exponential r mean = -.mean *. log (1. -. uniform r)
end

(* ---- The bank -------------------------------------------------------------------------------------------------------- *)

type service = Deposit | Withdrawal | Loan

module Service = struct
  type t = service
  let compare = Stdlib.compare
  let all = [ Deposit; Withdrawal; Loan ]
  let name = function Deposit -> "deposit" | Withdrawal -> "withdrawal" | Loan -> "loan"
  let mean_time = function Deposit -> 2. | Withdrawal -> 1.5 | Loan -> 9.
end

module By_service = Map.Make (Service)
module Ints = Set.Make (Int)

type customer = { id : int; service : service; arrival : float; patience : float }

type tally = { served : int; left : int; waited : float; worst : float }

let no_tally = { served = 0; left = 0; waited = 0.; worst = 0. }

module Bank (S : SIMULATOR) = struct
  type t = {
    random : Random_stream.t;
    waiting : customer Queue.t;
    mutable free : int;
    mutable gone : Ints.t;
    mutable tallies : tally By_service.t;
    mutable next : int;
  }

  let record bank service change =
    bank.tallies <- By_service.update service (fun t -> Some (change (Option.value t ~default:no_tally))) bank.tallies

  let rec serve bank sim =
    if bank.free > 0 then
      match Queue.take_opt bank.waiting with
      | None -> ()
      | Some c when Ints.mem c.id bank.gone -> serve bank sim
      | Some c ->
          bank.free <- bank.free - 1;
          let wait = S.now sim -. c.arrival in
          bank.gone <- Ints.add c.id bank.gone;
          record bank c.service (fun t ->
              { t with served = t.served + 1; waited = t.waited +. wait; worst = Float.max t.worst wait });
          S.after sim (Random_stream.exponential bank.random (Service.mean_time c.service)) (fun sim ->
              bank.free <- bank.free + 1;
              serve bank sim)

  let give_up bank c _ =
    if not (Ints.mem c.id bank.gone) then begin
      bank.gone <- Ints.add c.id bank.gone;
      record bank c.service (fun t -> { t with left = t.left + 1 })
    end

  let rec arrive bank sim =
    let r = bank.random in
    let service = match Random_stream.uniform r with u when u < 0.5 -> Deposit | u when u < 0.9 -> Withdrawal | _ -> Loan in
    let c = { id = bank.next; service; arrival = S.now sim; patience = Random_stream.between r 3. 12. } in
    bank.next <- bank.next + 1;
    Queue.add c bank.waiting;
    S.after sim c.patience (give_up bank c);
    serve bank sim;
    S.after sim (Random_stream.exponential r 0.8) (arrive bank)

  let simulate ~tellers ~seed =
    let bank =
      { random = Random_stream.create seed; waiting = Queue.create (); free = tellers; gone = Ints.empty; tallies = By_service.empty; next = 0 }
    in
    let sim = S.create () in
    S.at sim 0. (arrive bank);
    let events = S.run ~until:480. sim in
    (bank, sim, events)

  let report ~tellers ~seed =
    let bank, sim, events = simulate ~tellers ~seed in
    Printf.printf "%d tellers: %d customers, %d events, at most %d planned, clock %.3f\n" tellers bank.next events (S.longest sim) (S.now sim);
    By_service.iter
      (fun service { served; left; waited; worst } ->
        Printf.printf "  %-10s served %4d  left %4d  mean wait %6.3f  worst %6.3f\n" (Service.name service) served left
          (if served = 0 then 0. else waited /. float served)
          worst)
      bank.tallies
end

let queues : (module SIMULATOR) list =
  let module A = Simulator (Leftist) in
  let module B = Simulator (Of_map) in
  let module C = Simulator (Sorted_list) in
  [ (module A); (module B); (module C) ]

let () =
  List.iter
    (fun (module S : SIMULATOR) ->
      Printf.printf "== %s ==\n" S.kind;
      let module B = Bank (S) in
      List.iter (fun tellers -> B.report ~tellers ~seed:42) [ 1; 2; 4 ])
    queues;
  let module S = Simulator (Leftist) in
  let s = S.create () in
  S.after s 1. (fun s -> try S.at s 0.5 ignore with Invalid_argument m -> print_endline m);
  Printf.printf "%d event\n" (S.run s);
  let services = List.map Service.name Service.all in
  print_endline (String.concat ", " services)

(* stdout {expected|
== leftist heap ==
1 tellers: 595 customers, 1399 events, at most 22 planned, clock 479.302
  deposit    served  108  left  188  mean wait  6.278  worst 10.782
  withdrawal served   85  left  142  mean wait  6.280  worst 11.460
  loan       served   23  left   43  mean wait  6.158  worst 10.800
2 tellers: 647 customers, 1611 events, at most 23 planned, clock 479.883
  deposit    served  164  left  176  mean wait  5.418  worst 11.145
  withdrawal served  129  left   93  mean wait  5.170  worst 11.092
  loan       served   41  left   32  mean wait  5.533  worst  9.583
4 tellers: 627 customers, 1838 events, at most 26 planned, clock 479.916
  deposit    served  295  left   13  mean wait  1.124  worst 10.476
  withdrawal served  249  left   10  mean wait  1.004  worst  7.175
  loan       served   53  left    2  mean wait  0.724  worst  3.323
== map of queues ==
1 tellers: 595 customers, 1399 events, at most 22 planned, clock 479.302
  deposit    served  108  left  188  mean wait  6.278  worst 10.782
  withdrawal served   85  left  142  mean wait  6.280  worst 11.460
  loan       served   23  left   43  mean wait  6.158  worst 10.800
2 tellers: 647 customers, 1611 events, at most 23 planned, clock 479.883
  deposit    served  164  left  176  mean wait  5.418  worst 11.145
  withdrawal served  129  left   93  mean wait  5.170  worst 11.092
  loan       served   41  left   32  mean wait  5.533  worst  9.583
4 tellers: 627 customers, 1838 events, at most 26 planned, clock 479.916
  deposit    served  295  left   13  mean wait  1.124  worst 10.476
  withdrawal served  249  left   10  mean wait  1.004  worst  7.175
  loan       served   53  left    2  mean wait  0.724  worst  3.323
== sorted list ==
1 tellers: 595 customers, 1399 events, at most 22 planned, clock 479.302
  deposit    served  108  left  188  mean wait  6.278  worst 10.782
  withdrawal served   85  left  142  mean wait  6.280  worst 11.460
  loan       served   23  left   43  mean wait  6.158  worst 10.800
2 tellers: 647 customers, 1611 events, at most 23 planned, clock 479.883
  deposit    served  164  left  176  mean wait  5.418  worst 11.145
  withdrawal served  129  left   93  mean wait  5.170  worst 11.092
  loan       served   41  left   32  mean wait  5.533  worst  9.583
4 tellers: 627 customers, 1838 events, at most 26 planned, clock 479.916
  deposit    served  295  left   13  mean wait  1.124  worst 10.476
  withdrawal served  249  left   10  mean wait  1.004  worst  7.175
  loan       served   53  left    2  mean wait  0.724  worst  3.323
Simulator.at: the past
1 event
deposit, withdrawal, loan
|expected} *)
