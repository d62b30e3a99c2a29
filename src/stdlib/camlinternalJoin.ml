(* Automata of the join calculus, and the processes that they start.

       send, call ──▶ inbox ──▶ queues, by channel and by the patterns that match ──▶ first reaction whose inputs are there
                                                                                        │
       caller that made it possible: runs the body itself ◀─────────────────────────────┤
       anybody else: a task ──▶ tasks ──▶ workers, threads that run one after the other ◀┘

   Threads change only at polls: see [CamlinternalThread] for which stretches of code are atomic. While a message is being matched
   others may come, so whoever matches is the [owner] of the automaton and takes what has come meanwhile, too. An owner that has
   ended does not come back: the next sender takes its place.

   Invariants
   - A message is in the inbox, or in one queue, or has been given to one reaction.
   - [active] counts the tasks that are queued or run, but for those that wait for a reply; one that is killed by its pid stays counted.
   - While there are queued tasks some worker will look for one: [ready] counts the workers that will. A worker that is preempted or
     blocked within a task leaves the others to the next one, so a process is a thread of its own exactly when it must be. *)

external self : unit -> int = "caml_green_self"
external alive : int -> bool = "caml_green_alive"
external block : unit -> unit = "caml_green_block"

(* As [block], for what comes from outside or from any thread: the end of another is no reason to look again. *)
external await : unit -> unit = "caml_green_await"
external wake : int -> bool = "caml_green_wake"

(* What the caller calls next runs as a thread that stands on the caller's. *)
external stand : unit -> int = "caml_green_stand"

(* Until here, where the caller's thread goes on, be it that the other has ended or that both have been put aside meanwhile. *)
external leave : unit -> unit = "caml_green_leave"
external stands : unit -> bool = "caml_green_stands"

(* Others may have their turn here, and nowhere behind it in the same function but for what the functions do that it calls: a function
   whose tests and what follows from them belong together begins with it. *)
external poll : unit -> unit = "%poll"

(* Queues whose operations are atomic *)

type 'a cell = Nil | Cell of { item : 'a; mutable next : 'a cell }
type 'a queue = { mutable first : 'a cell; mutable last : 'a cell }

let empty () = { first = Nil; last = Nil }

let[@inline always] push queue item =
  let cell = Cell { item; next = Nil } in
  match queue.last with
  | Nil ->
      queue.first <- cell;
      queue.last <- cell
  | Cell last ->
      last.next <- cell;
      queue.last <- cell

(* Takes the first one out and returns its cell, or [Nil]. *)
let pop queue =
  let cell = queue.first in
  (match cell with
  | Nil -> ()
  | Cell { next; _ } ->
      queue.first <- next;
      (match next with Nil -> queue.last <- Nil | Cell _ -> ()));
  cell

let drop queue = ignore (pop queue : _ cell)

let is_empty queue = match queue.first with Nil -> true | Cell _ -> false

(* Tasks, in the order of their coming, from which any may be taken. *)

type task =
  | No_task
  | Task of {
      run : unit -> unit;
      (* Which process has scheduled it, and which task that has scheduled first of those that have come one after the other, if not this
         one. Both are hints: they may be another's when threads have changed in between. *)
      process : int;
      first : task;
      mutable older : task;
      mutable newer : task;
    }

let oldest = ref No_task
let newest = ref No_task
let has_tasks () = match !oldest with No_task -> false | Task _ -> true

(* The number of the process that has begun last. *)
let process = ref 0

let[@inline always] push_task run =
  match !newest with
  | No_task ->
      let task = Task { run; process = !process; first = No_task; older = No_task; newer = No_task } in
      oldest := task;
      newest := task
  | Task last as older ->
      let first =
        if last.process <> !process then No_task else match last.first with No_task -> older | first -> first
      in
      let task = Task { run; process = !process; first; older; newer = No_task } in
      last.newer <- task;
      newest := task

(* Whoever still has it keeps no others alive by it. *)
let[@inline always] take_out task =
  match task with
  | No_task -> ()
  | Task ({ older; newer; _ } as it) ->
      (match older with
      | No_task -> oldest := newer
      | Task before ->
          before.newer <- newer;
          it.older <- No_task);
      (match newer with
      | No_task -> newest := older
      | Task behind ->
          behind.older <- older;
          it.newer <- No_task)

let is_queued task =
  match task with
  | No_task -> false
  | Task { older = No_task; _ } -> !oldest == task
  | Task { older = Task before; _ } -> before.newer == task

(* The first of the newest ones. *)
let first_of_newest () =
  match !newest with Task { first; _ } when is_queued first -> first | task -> task

(* Workers *)

type parked = { worker : int; mutable called : bool }

let parked : parked queue = empty ()
let parked_count = ref 0

(* More than that need not wait for tasks: a worker is made quickly. *)
let most_parked = 64
let active = ref 0
let ready = ref 0

(* The main thread when it waits for the end. *)
let finisher = ref (-1)

let deactivate () =
  decr active;
  if !active = 0 && !finisher >= 0 then ignore (wake !finisher : bool)

let report e =
  let backtrace = Printexc.get_raw_backtrace () in
  flush stdout;
  prerr_string ("Process killed on uncaught exception " ^ Printexc.to_string e ^ "\n");
  Printexc.print_raw_backtrace stderr backtrace;
  flush stderr

(* What cannot even be reported does not end who runs the task. *)
let killed e = try report e with _ -> ()

external local : unit -> CamlinternalThread.t option = "caml_green_local"

(* A worker that has become a process of Erlang while it ran a task ends with the task, as users of its pid expect: killed as a worker, it
   would take what it is counted for with it. *)
let is_worker () = match local () with Some { is_worker; _ } -> is_worker | None -> false

(* The worker that asks will not look again before its next turn, so both are one step. *)
let next_task () =
  poll ();
  let task = !oldest in
  take_out task;
  decr ready;
  task

let rec work () =
  match next_task () with
  | Task task ->
      if !ready = 0 && has_tasks () then call_worker ();
      incr process;
      (try task.run () with e -> killed e);
      if is_worker () then begin
        incr ready;
        deactivate ();
        work ()
      end
      else deactivate ()
  | No_task -> if !parked_count < most_parked then park ()

and park () =
  let place = { worker = self (); called = false } in
  incr parked_count;
  push parked place;
  while not place.called do
    await ()
  done;
  work ()

(* Sees to it that somebody looks for tasks. *)
and call_worker () =
  incr ready;
  call_parked ()

and call_parked () =
  match pop parked with
  | Cell { item; _ } ->
      decr parked_count;
      item.called <- true;
      (* As an Erlang process it may have been killed where it waited. *)
      if not (wake item.worker) then call_parked ()
  | Nil ->
      ignore (CamlinternalThread.start_worker work : CamlinternalThread.t)

(* No poll before the task is in the queue: whoever has taken messages for it may be cancelled at one, and they would be lost. *)
let schedule task =
  incr active;
  push_task task;
  if !ready = 0 then call_worker ()

(* Whether the running thread may run a reaction that its message has made possible. The thread of a call, or a process, can be cancelled,
   and the reaction would end with it: what its messages stood for would be lost to everybody. *)
let runs_own () = self () = 0 || is_worker ()

(* Replies *)

let pending = 0
let returned = 1
let raised = 2

type continuation = {
  mutable state : int;
  mutable result : Obj.t;
  (* Whose call it is. *)
  thread : int;
  (* Whether that thread waits, and is not active meanwhile if it runs a task. *)
  mutable waits : int;
}

let awake = 0
let waits = 1
let waits_in_task = 2
let continuation () = { state = pending; result = Obj.repr 0; thread = self (); waits = awake }

(* What asynchronous messages have instead. *)
let nobody = { state = returned; result = Obj.repr 0; thread = 0; waits = awake }

(* What the main thread waits for, for the message of a program that cannot end otherwise. *)
let main_waits_for = ref ""

let release k =
  if k.waits <> awake then begin
    if k.waits = waits_in_task then incr active;
    ignore (wake k.thread : bool)
  end

let settle k state result =
  poll ();
  if k.state = pending then begin
    k.result <- result;
    k.state <- state;
    release k
  end

let reply k value = settle k returned value

let fail ks e =
  let due = List.filter (fun k -> k.state = pending) (Array.to_list ks) in
  if due = [] then report e else List.iter (fun k -> settle k raised (Obj.repr e)) due

(* Tasks run above the frames of a thread that waits, in a thread of their own: the newest are what the waiting one has spawned itself, most
   often to get its reply. For the others there is the worker that is called for them, which begins with the oldest. If the two threads
   have been put aside meanwhile, nobody is below any more, and the upper one is a worker, or ends if it has a pid. *)
let rec run_newest k next =
  poll ();
  let task = if is_queued next then next else first_of_newest () in
  let next =
    match task with
    | No_task -> No_task
    | Task { run; newer; _ } ->
        take_out task;
        incr process;
        (try run () with e -> killed e);
        deactivate ();
        newer
  in
  if not (stands ()) then begin
    if is_worker () then begin
      incr ready;
      work ()
    end
  end
  else if k.state = pending && has_tasks () then run_newest k next

let[@inline never] run_in_new k =
  CamlinternalThread.become_worker ();
  run_newest k No_task

let run_above k =
  match stand () with
  | 0 -> false
  | how ->
      (try if how = 1 then run_newest k No_task else run_in_new k
       with e ->
         leave ();
         raise e);
      leave ();
      true

let wait k name =
  poll ();
  if k.state = pending then begin
    let thread = self () in
    let runs_tasks = runs_own () in
    let is_task = thread <> 0 && runs_tasks in
    if thread = 0 then main_waits_for := name;
    k.waits <- (if is_task then waits_in_task else waits);
    if is_task then deactivate ();
    if !ready = 0 && has_tasks () then call_worker ();
    while k.state = pending do
      if not (runs_tasks && has_tasks () && run_above k) then await ()
    done
  end;
  if self () = 0 then main_waits_for := "";
  if k.state = returned then k.result else raise (Obj.obj k.result : exn)

(* Nobody waits for the reply any more. *)
let is_abandoned k = k.state = pending && not (alive k.thread)

(* Automata *)

type message = { value : Obj.t; reply : continuation }
(* No message is the same. *)
let nothing = { value = Obj.repr 0; reply = nobody }

type channel = { name : string; classify : (Obj.t -> int) option; patterns : int }

type reaction = {
  channels : int array;
  bits : int array;
  guard : (message array -> bool) option;
  caller : int;
  body : message array -> unit;
}

(* Messages that the same patterns match. *)
type line = { matched : int; messages : message queue }
type arrival = { channel : int; kind : int; message : message }

type automaton = {
  names : channel array;
  mutable reactions : reaction array;
  (* For each channel, its lines: no two have the same [matched]. *)
  lines : line list array;
  inbox : arrival queue;
  mutable owner : int;
}

let automaton names =
  { names; reactions = [||]; lines = Array.make (Array.length names) []; inbox = empty (); owner = -1 }

let define automaton reactions = automaton.reactions <- reactions

let line automaton channel matched =
  let lines = automaton.lines.(channel) in
  match List.find_opt (fun line -> line.matched = matched) lines with
  | Some line -> line
  | None ->
      let line = { matched; messages = empty () } in
      automaton.lines.(channel) <- line :: lines;
      line

(* Takes the messages out of a line that nobody waits for any more, from its front. *)
let rec purge messages =
  match messages.first with
  | Cell { item; _ } when is_abandoned item.reply ->
      drop messages;
      purge messages
  | _ -> ()

let rec first_line lines bit =
  match lines with
  | [] -> None
  | line :: others ->
      if line.matched land bit = 0 then first_line others bit
      else begin
        purge line.messages;
        if is_empty line.messages then first_line others bit else Some line
      end

(* All messages of a channel that a pattern matches. *)
let candidates automaton channel bit =
  let rec items cell rest =
    match cell with
    | Nil -> rest
    | Cell { item; next } -> if is_abandoned item.reply then items next rest else item :: items next rest
  in
  List.fold_right
    (fun line rest -> if line.matched land bit = 0 then rest else items line.messages.first rest)
    automaton.lines.(channel) []

(* Takes a message out of the middle of its line. *)
let remove automaton channel message =
  let remove_from line =
    let rec others = function
      | Nil -> []
      | Cell { item; next } -> if item == message then others next else item :: others next
    in
    let kept = others line.messages.first in
    line.messages.first <- Nil;
    line.messages.last <- Nil;
    List.iter (push line.messages) kept
  in
  List.iter remove_from automaton.lines.(channel)

let holds guard messages = try guard messages with e -> report e; false

(* Without a guard any messages do. *)
let take_any automaton reaction arrived message =
  let count = Array.length reaction.channels in
  let found = Array.make count message in
  let lines = Array.make count None in
  let rec look i =
    i = count
    || reaction.channels.(i) = arrived
    ||
    match first_line automaton.lines.(reaction.channels.(i)) reaction.bits.(i) with
    | Some { messages = { first = Cell { item; _ }; _ } as messages; _ } ->
        found.(i) <- item;
        lines.(i) <- Some messages;
        true
    | _ -> false
  in
  let rec look_from i = i = count || (look i && look_from (i + 1)) in
  if look_from 0 then begin
    Array.iter (function Some messages -> drop messages | None -> ()) lines;
    Some found
  end
  else None

(* With one, the first combination for which it holds. *)
let take_guarded automaton reaction guard arrived message =
  let count = Array.length reaction.channels in
  let found = Array.make count message in
  let rec choose i =
    if i = count then holds guard found
    else if reaction.channels.(i) = arrived then choose (i + 1)
    else
      List.exists
        (fun candidate ->
          found.(i) <- candidate;
          choose (i + 1))
        (candidates automaton reaction.channels.(i) reaction.bits.(i))
  in
  if choose 0 then begin
    Array.iteri
      (fun i channel -> if channel <> arrived then remove automaton channel found.(i))
      reaction.channels;
    Some found
  end
  else None

(* The bit of the pattern that a reaction has for a channel; 0 if it has none. *)
let bit_of reaction channel =
  let rec go i =
    if i = Array.length reaction.channels then 0
    else if reaction.channels.(i) = channel then reaction.bits.(i)
    else go (i + 1)
  in
  go 0

let take automaton reaction { channel; kind; message } =
  if bit_of reaction channel land kind = 0 then None
  else
    match reaction.guard with
    | None -> take_any automaton reaction channel message
    | Some guard -> take_guarded automaton reaction guard channel message

(* What is to be done for a message that has come: nothing, or the body of a reaction. *)
let arrive automaton arrival =
  let { reactions; _ } = automaton in
  let rec try_from i =
    if i = Array.length reactions then begin
      push (line automaton arrival.channel arrival.kind).messages arrival.message;
      None
    end
    else
      match take automaton reactions.(i) arrival with
      | Some messages -> Some (reactions.(i), messages)
      | None -> try_from (i + 1)
  in
  if is_abandoned arrival.message.reply then None else try_from 0

(* Matches what has come. The body that [mine] has made possible, if it is to be run by its caller. *)
let rec drain automaton mine own =
  poll ();
  match automaton.inbox.first with
  | Nil ->
      automaton.owner <- -1;
      own
  | Cell { item; _ } -> (
      drop automaton.inbox;
      match arrive automaton item with
      | None -> drain automaton mine own
      | Some (reaction, messages) ->
          if reaction.caller >= 0 && messages.(reaction.caller) == mine then
            drain automaton mine (Some (reaction, messages))
          else begin
            schedule (fun () -> reaction.body messages);
            drain automaton mine own
          end)

let is_owned automaton = automaton.owner >= 0 && alive automaton.owner

let match_all automaton =
  poll ();
  if not (is_owned automaton) then begin
    automaton.owner <- self ();
    ignore (drain automaton nothing None : _ option)
  end

(* A thread that can be cancelled leaves the work to one that cannot: others' messages may be in the inbox, too. *)
let submit automaton arrival =
  poll ();
  push automaton.inbox arrival;
  if is_owned automaton then None
  else if runs_own () then begin
    automaton.owner <- self ();
    drain automaton arrival.message None
  end
  else begin
    schedule (fun () -> match_all automaton);
    None
  end

let kind_of automaton channel place value =
  let { classify; patterns; _ } = automaton.names.(channel) in
  match classify with
  | None -> patterns
  | Some f ->
      let kind = f value in
      if kind = 0 then raise (Match_failure place) else kind

let run_own = function None -> () | Some (reaction, messages) -> reaction.body messages

let send automaton channel place value =
  let kind = kind_of automaton channel place value in
  run_own (submit automaton { channel; kind; message = { value; reply = nobody } })

let call automaton channel place value =
  let kind = kind_of automaton channel place value in
  let reply = continuation () in
  run_own (submit automaton { channel; kind; message = { value; reply } });
  wait reply automaton.names.(channel).name

(* The end of the program *)

let finish () =
  let thread = self () in
  finisher := thread;
  while !active > 0 do
    block ()
  done;
  finisher := -1

(* No thread can go on. The main one waits for the end, or for a reply. *)
let deadlock () =
  if !finisher >= 0 then begin
    finisher := -1;
    do_at_exit ()
  end
  else if !main_waits_for <> "" then begin
    flush stdout;
    prerr_endline ("The program ends: it waits for a reply from " ^ !main_waits_for ^ ", which nothing can make any more");
    active := 0
  end
  else raise Exit

external register : string -> (unit -> unit) -> unit = "caml_register_named_value"

let () =
  CamlinternalEnd.set finish;
  register "CamlinternalJoin.deadlock" deadlock
