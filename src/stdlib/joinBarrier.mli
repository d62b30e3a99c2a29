(** Barriers: nobody goes on before all are there. *)

type t = { wait : unit -> int }

(** A barrier for [n] callers of [wait]: it returns when [n] of them are there, with the number in which each came, from 0. Then it
    can be used again.
    @raise Invalid_argument if [n] is less than 1. *)
val create : int -> t
