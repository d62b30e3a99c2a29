(** Semaphores. *)

type t = {
  acquire : unit -> unit;  (** Takes one of the permits, and waits while there is none. *)
  release : unit -> unit;  (** Gives one (back). *)
  try_acquire : unit -> bool;  (** Does not wait; whether there was one. *)
}

(** With so many permits.
    @raise Invalid_argument for a negative number. *)
val create : int -> t
