(** What the JavaScript functions of a program that embeds OCaml code throw. *)

type value
(** A JavaScript value that was thrown. *)

exception Error of string * value
(** An external that is a JavaScript function has thrown an error: its message, and the error itself. Not handled, or raised again, it
    comes out as the error that it was. *)
