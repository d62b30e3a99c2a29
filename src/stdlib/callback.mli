(** Values that the runtime and its host find by name. *)

val register : string -> 'a -> unit
val register_exception : string -> exn -> unit
