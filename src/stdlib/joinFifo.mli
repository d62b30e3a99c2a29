(** Queues without bound between processes: what is put first is got first. *)

type 'a t = {
  put : 'a -> bool;  (** Whether the queue was open and has taken the element. *)
  get : unit -> 'a option;  (** Waits for an element; [None] when the queue is closed and empty. *)
  close : unit -> unit;  (** Takes no more elements, and returns when all have been got. *)
  kill : unit -> unit;  (** The same, at once: the elements that are left are forgotten. *)
}

val create : unit -> 'a t
