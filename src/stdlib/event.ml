(* An event is a tree whose leaves are communications. To synchronise is to make an *offer*: first each communication is tried with
   the partners that wait already; if none can take place, the offer waits in the queues of all channels, until a partner chooses
   one of its communications. One lock protects all channels. *)

module Green = CamlinternalThread

type offer = { mutable chosen : int; place : Green.waiting }

(* One communication of an offer that waits on a channel. *)
type 'a sender = { sent_by : offer; sent_as : int; value : 'a }
type 'a receiver = { wanted_by : offer; wanted_as : int; received : 'a option ref }

type 'a channel = {
  senders : 'a sender Queue.t;
  receivers : 'a receiver Queue.t;
  (* When this many wait, those whose offers are over are taken out. *)
  mutable crowd : int;
}

let first_crowd = 16
let new_channel () = { senders = Queue.create (); receivers = Queue.create (); crowd = first_crowd }

(* A communication: tries to take place at once and yields its result, or waits as number [n] of an offer and tells where the result
   will be. *)
type 'a communication = { attempt : unit -> (unit -> 'a) option; wait : offer -> int -> unit -> 'a }

type 'a event =
  | Communication of 'a communication
  | Choice of 'a event list
  | Guard of (unit -> 'a event)
  | With_abort of 'a event * (unit -> unit)

let waits offer = offer.chosen < 0

(* Takes the oldest entry whose offer still waits. *)
let rec take queue offer_of =
  match Queue.take_opt queue with
  | None -> None
  | Some entry -> if waits (offer_of entry) then Some entry else take queue offer_of

let accept offer n =
  offer.chosen <- n;
  Green.wake_one offer.place

let purge channel queue offer_of =
  if Queue.length queue >= channel.crowd then begin
    let alive = Queue.of_seq (Seq.filter (fun entry -> waits (offer_of entry)) (Queue.to_seq queue)) in
    Queue.clear queue;
    Queue.transfer alive queue;
    channel.crowd <- max first_crowd (2 * Queue.length queue)
  end

let sender_offer sender = sender.sent_by
let receiver_offer receiver = receiver.wanted_by

let send channel value =
  let attempt () =
    match take channel.receivers receiver_offer with
    | None -> None
    | Some { wanted_by; wanted_as; received } ->
        received := Some value;
        accept wanted_by wanted_as;
        Some ignore
  in
  let wait sent_by sent_as =
    purge channel channel.senders sender_offer;
    Queue.add { sent_by; sent_as; value } channel.senders;
    ignore
  in
  Communication { attempt; wait }

let receive channel =
  let attempt () =
    match take channel.senders sender_offer with
    | None -> None
    | Some { sent_by; sent_as; value } ->
        accept sent_by sent_as;
        Some (fun () -> value)
  in
  let wait wanted_by wanted_as =
    let received = ref None in
    purge channel channel.receivers receiver_offer;
    Queue.add { wanted_by; wanted_as; received } channel.receivers;
    fun () -> Option.get !received
  in
  Communication { attempt; wait }

let always v = Communication { attempt = (fun () -> Some (fun () -> v)); wait = (fun _ _ () -> v) }
let choose events = Choice events
let guard f = Guard f
let wrap_abort event f = With_abort (event, f)

let rec wrap : 'a 'b. 'a event -> ('a -> 'b) -> 'b event =
 fun event f ->
  match event with
  | Communication { attempt; wait } ->
      let attempt () = Option.map (fun result () -> f (result ())) (attempt ()) in
      let wait offer n =
        let result = wait offer n in
        fun () -> f (result ())
      in
      Communication { attempt; wait }
  | Choice events -> Choice (List.map (fun e -> wrap e f) events)
  | Guard g -> Guard (fun () -> wrap (g ()) f)
  | With_abort (event, abort) -> With_abort (wrap event f, abort)

(* The communications of an event, each with the abort functions around it; and all abort functions. *)
type 'a leaf = { communication : 'a communication; inside : (unit -> unit) list }

let leaves event =
  let aborts = ref [] in
  let rec go inside event rest =
    match event with
    | Communication communication -> { communication; inside } :: rest
    | Choice events -> List.fold_right (go inside) events rest
    | Guard f -> go inside (f ()) rest
    | With_abort (event, f) ->
        let f () = f () in
        aborts := f :: !aborts;
        go (f :: inside) event rest
  in
  let all = go [] event [] in
  (Array.of_list all, !aborts)

let run_aborts aborts chosen = List.iter (fun f -> if not (List.memq f chosen) then f ()) aborts

(* Where a search begins moves on, so that no communication of a choice is always the last. *)
let turn = ref 0

let attempt_some leaves =
  let count = Array.length leaves in
  incr turn;
  let rec go i =
    if i = count then None
    else
      let leaf = leaves.((i + !turn) mod count) in
      match leaf.communication.attempt () with Some result -> Some (leaf, result) | None -> go (i + 1)
  in
  go 0

let lock = Mutex.create ()

let rec until_chosen offer =
  if waits offer then begin
    let place = Green.enter offer.place in
    if waits offer then Green.block ();
    Green.leave place;
    until_chosen offer
  end

let offer_all leaves =
  let offer = { chosen = -1; place = Green.nobody () } in
  let results = Array.mapi (fun n leaf -> leaf.communication.wait offer n) leaves in
  Mutex.unlock lock;
  until_chosen offer;
  (leaves.(offer.chosen), results.(offer.chosen))

let sync event =
  let leaves, aborts = leaves event in
  Mutex.lock lock;
  let leaf, result =
    match attempt_some leaves with
    | Some found ->
        Mutex.unlock lock;
        found
    | None -> offer_all leaves
  in
  run_aborts aborts leaf.inside;
  result ()

let select events = sync (Choice events)

let poll event =
  let leaves, aborts = leaves event in
  Mutex.lock lock;
  let found = attempt_some leaves in
  Mutex.unlock lock;
  match found with
  | Some (leaf, result) ->
      run_aborts aborts leaf.inside;
      Some (result ())
  | None ->
      run_aborts aborts [];
      None
