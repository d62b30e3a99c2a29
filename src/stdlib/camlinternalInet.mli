(** Internet addresses: strings of 4 or 16 bytes. *)

(** The address that a text stands for, in the forms of [inet_pton]. *)
val of_text : string -> string option

(** In the form of [inet_ntop]. *)
val to_text : string -> string
