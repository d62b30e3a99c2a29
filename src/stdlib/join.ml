(* Timers: one process, the clock, sleeps until the first of them is due. There is one while there are timers, so that a program whose
   timers are all cancelled ends. *)

type 'a chan = <<'a>>
type location = unit

external self : unit -> int = "caml_green_self"
external alive : int -> bool = "caml_green_alive"
external wake : int -> bool = "caml_green_wake"
external sleep : float -> unit = "caml_green_sleep"
external now : unit -> float = "caml_green_time"

type timer = { due : float; number : int; send : unit -> unit }

module Timers = Set.Make (struct
  type t = timer

  let compare a b =
    match Float.compare a.due b.due with 0 -> Int.compare a.number b.number | order -> order
end)

type step = Send of timer | Sleep of float | Stop

(* The clock's thread, or -1 while it begins. *)
let sleeper = ref (-1)
let wake_clock () = if !sleeper >= 0 then ignore (wake !sleeper : bool)

(* A clock whose thread was cancelled does not come back. *)
let is_gone () = !sleeper >= 0 && not (alive !sleeper)

let first timers time =
  match Timers.min_elt_opt timers with
  | None -> Stop
  | Some timer when timer.due <= time -> Send timer
  | Some timer -> Sleep (timer.due -. time)

(* The clock is woken when it would sleep for too long. *)
def idle() & add(timer) = start() & running(Timers.singleton timer) & reply to add
or running(timers) & add(timer) =
  let timers = Timers.add timer timers in
  if Timers.min_elt timers == timer then wake_clock ();
  running(timers) & (if is_gone () then start()) & reply to add
or idle() & remove(_) = idle() & reply false to remove
or running(timers) & remove(timer) =
  let others = Timers.remove timer timers in
  if Timers.is_empty others then wake_clock ();
  running(others) & reply others != timers to remove
or idle() & next(_) = idle() & reply Stop to next
or running(timers) & next(time) =
  match first timers time with
  | Send timer -> running(Timers.remove timer timers) & reply Send timer to next
  | Sleep seconds -> running(timers) & reply Sleep seconds to next
  | Stop ->
      sleeper := -1;
      idle() & reply Stop to next

and start() =
  sleeper := self ();
  let rec tick () =
    match next (now ()) with
    | Send timer ->
        timer.send ();
        tick ()
    | Sleep seconds ->
        sleep seconds;
        tick ()
    | Stop -> ()
  in
  tick ();
  0

let () = spawn idle()
let last_number = ref 0

(* A message that no pattern of its channel matches is reported as from any process; the clock goes on. *)
def unmatched(e) = ignore (raise e); 0

let after seconds channel message =
  if Float.is_nan seconds then invalid_arg "Join.after";
  incr last_number;
  let send () = try spawn channel message with e -> spawn unmatched(e) in
  let timer = { due = now () +. seconds; number = !last_number; send } in
  add timer;
  timer

let cancel timer = remove timer
