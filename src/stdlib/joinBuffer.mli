(** Bounded buffers: who puts waits while the buffer is full, who gets while it is empty. First in, first out. *)

type 'a t = { put : 'a -> unit; get : unit -> 'a }

(** A buffer for so many elements.
    @raise Invalid_argument if that is less than 1. *)
val create : int -> 'a t
