(* The engine runs one thread of a heap at a time and changes threads only at polls: in loops, and before the first call on a
   path through a function that calls others. [self] and [alive] are no calls in this sense. A stretch of code without loops and
   without calls, or with calls of such stretches alone, is therefore atomic: [push], [pop] and [leave] are, and so are the tests with
   what follows from them in [Mutex] and [Semaphore].

   A thread that ends because it is cancelled or exceeds a limit wakes nobody and gives nothing back; the engine then lets all
   blocked threads look again. So whoever waits does it in a loop, and asks whether a thread that it waits for is [alive]. *)

external self : unit -> int = "caml_green_self"
external alive : int -> bool = "caml_green_alive"
external start : (unit -> unit) -> int = "caml_green_spawn"
external block : unit -> unit = "caml_green_block"
external await : unit -> unit = "caml_green_await"
external wake : int -> bool = "caml_green_wake"
external yield : unit -> unit = "caml_green_yield"
external sleep : float -> unit = "caml_green_sleep"
external now : unit -> float = "caml_green_time"

(* Queues *)

type cell = Nil | Cell of { mutable thread : int; mutable next : cell }
type waiting = { mutable first : cell; mutable last : cell }

let nobody () = { first = Nil; last = Nil }
let gone = -1
let none = -2

let push queue cell =
  match queue.last with
  | Nil ->
      queue.first <- cell;
      queue.last <- cell
  | Cell last ->
      last.next <- cell;
      queue.last <- cell

type place = cell

let enter queue =
  let cell = Cell { thread = self (); next = Nil } in
  push queue cell;
  cell

let is_waiting = function Nil -> false | Cell { thread; _ } -> thread <> gone
let leave = function Nil -> () | Cell cell -> cell.thread <- gone

(* [none] when the queue is empty, [gone] for a thread that has stopped waiting. *)
let pop queue =
  match queue.first with
  | Nil -> none
  | Cell cell ->
      queue.first <- cell.next;
      (match cell.next with Nil -> queue.last <- Nil | Cell _ -> ());
      let thread = cell.thread in
      cell.thread <- gone;
      thread

let rec wake_one queue =
  let thread = pop queue in
  if thread = gone || (thread >= 0 && not (wake thread)) then wake_one queue

(* Those that come while others are woken wait for the next time. *)
let wake_all queue =
  let everybody = { first = queue.first; last = queue.last } in
  queue.first <- Nil;
  queue.last <- Nil;
  let rec go () =
    let thread = pop everybody in
    if thread <> none then begin
      if thread <> gone then ignore (wake thread : bool);
      go ()
    end
  in
  go ()

let delay seconds =
  let until = now () +. seconds in
  let rec go left =
    if left > 0. then begin
      sleep left;
      go (until -. now ())
    end
  in
  if seconds > 0. then go seconds else yield ()

(* Threads *)

type domain = { domain_id : int; mutable storage : Obj.t array; mutable exits : (unit -> unit) list }

let last_domain = ref 0
let main_domain = { domain_id = 0; storage = [||]; exits = [] }

let new_domain () =
  incr last_domain;
  { domain_id = !last_domain; storage = [||]; exits = [] }

type t = {
  id : int;
  mutable green : int;
  mutable ended : bool;
  joining : waiting;
  domain : domain;
  (* It runs processes of the join calculus, and nobody can cancel it. *)
  mutable is_worker : bool;
}

(* What the engine keeps for each thread: [None] before the first [set_local]. *)
external local : unit -> t option = "caml_green_local"
external set_local : t option -> unit = "caml_green_set_local"

let last_id = ref 0

let next_id () =
  incr last_id;
  !last_id

(* A thread that no OCaml code has made: the main thread, whose number is 0, or a call from outside. *)
let adopt () =
  let green = self () in
  let id = if green = 0 then 0 else next_id () in
  let thread = { id; green; ended = false; joining = nobody (); domain = main_domain; is_worker = false } in
  set_local (Some thread);
  thread

let current () = match local () with Some thread -> thread | None -> adopt ()

let create_as is_worker domain f =
  let thread = { id = next_id (); green = gone; ended = false; joining = nobody (); domain; is_worker } in
  let run () =
    set_local (Some thread);
    f ();
    thread.ended <- true;
    wake_all thread.joining
  in
  thread.green <- start run;
  thread

let create domain f = create_as false domain f
let start_worker f = create_as true main_domain f

(* The running thread has a pid now, by which it can be killed. *)
let become_process () = match local () with Some thread -> thread.is_worker <- false | None -> ()

(* A thread that stands on another, which no call of [create] has made. *)
let become_worker () =
  let thread = { id = next_id (); green = self (); ended = false; joining = nobody (); domain = main_domain; is_worker = true } in
  set_local (Some thread)

let rec join thread =
  if (not thread.ended) && alive thread.green then begin
    let place = enter thread.joining in
    if not thread.ended then block ();
    leave place;
    join thread
  end
