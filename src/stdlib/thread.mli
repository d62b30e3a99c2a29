(** Threads: green threads of one heap that take turns. *)

type t

val create : ('a -> 'b) -> 'a -> t
val self : unit -> t
val id : t -> int

exception Exit

val exit : unit -> unit [@@ocaml.deprecated "Use 'raise Thread.Exit' instead."]
val delay : float -> unit
val join : t -> unit
val yield : unit -> unit
val default_uncaught_exception_handler : exn -> unit
val set_uncaught_exception_handler : (exn -> unit) -> unit
