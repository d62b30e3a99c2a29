(** Locks: one writer, or many readers. *)

type t = {
  acquire : unit -> unit;  (** Waits until nobody else has it, for reading or writing. *)
  release : unit -> unit;
  acquire_shared : unit -> unit;  (** Waits until nobody has it for writing, nor waits for that. *)
  release_shared : unit -> unit;
}

(** Readers that come after a writer that waits let it go first, and it lets those that wait go first when it is done: nobody waits
    for ever. To release what one does not have is a mistake that is not noticed. *)
val create : unit -> t

(** Runs a function with the lock, and releases it whatever happens. *)
val exclusively : t -> (unit -> 'a) -> 'a

val shared : t -> (unit -> 'a) -> 'a
