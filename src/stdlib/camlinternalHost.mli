(** Calls of the system around the engine: what [Unix] is made of. *)

type datum =
  | Int of int
  | Float of float
  | Text of string
  | List of datum list

type answer =
  | Answer of datum
  | Refused of { error : string; number : int }  (** the error's name, as in C ([ENOENT]), and the system's number *)

val call : string -> datum list -> answer
