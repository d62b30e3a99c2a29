(** Green threads: what [Thread], [Domain], [Mutex], [Condition], [Semaphore] and [Event] are made of. *)

(** The running thread's number for the engine, which is not [Thread.id]. *)
external self : unit -> int = "caml_green_self"

(** Whether there still is a thread of this number. *)
external alive : int -> bool = "caml_green_alive"

external yield : unit -> unit = "caml_green_yield"

(** Threads that wait for something, in the order of their coming. *)
type waiting

val nobody : unit -> waiting

(** The place of the running thread in a queue. *)
type place

val enter : waiting -> place

(** Whether nobody has woken it yet from there. *)
val is_waiting : place -> bool

val leave : place -> unit

(** Blocks the running thread until it is woken; at once when it has been woken since it blocked last. It may also go on without
    a reason: whoever waits enters the queue, looks whether it still has to wait, blocks, leaves, and looks again. *)
external block : unit -> unit = "caml_green_block"

(** As [block], for what no other thread can fail to do by ending: it goes on only when it is woken. *)
external await : unit -> unit = "caml_green_await"

(** Wakes the thread that has waited longest, if there is one. *)
val wake_one : waiting -> unit

val wake_all : waiting -> unit

(** Blocks the running thread for some seconds. *)
val delay : float -> unit

(** A domain: storage of its own for the threads that run in it. *)
type domain = { domain_id : int; mutable storage : Obj.t array; mutable exits : (unit -> unit) list }

val main_domain : domain
val new_domain : unit -> domain

type t = {
  id : int;
  mutable green : int;
  mutable ended : bool;
  joining : waiting;
  domain : domain;
  mutable is_worker : bool;
}

val current : unit -> t
val create : domain -> (unit -> unit) -> t

(** A thread that runs processes of the join calculus, until it becomes a process of Erlang. *)
val start_worker : (unit -> unit) -> t

(** The running thread has a pid now, by which it can be killed. *)
val become_process : unit -> unit

(** The running thread, which has no value of its own yet, is one of these. *)
val become_worker : unit -> unit
val join : t -> unit
