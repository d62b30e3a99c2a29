(** Erlang terms as bytes: the external term format, without the version byte. What [Erlang] is made of. *)

type term =
  | Atom of string
  | Int of int
  | Big of { negative : bool; magnitude : string }
  | Float of float
  | Binary of string
  | Bits of string * int
  | List of term list
  | Improper of term list * term
  | Tuple of term list
  | Map of (term * term) list
  | Pid of string
  | Reference of string
  | Port of string
  | Fun of string

(** Appends a term. Raises [Invalid_argument] for what no Erlang node accepts: an atom of more than 255 characters, a float that is
    not finite, a map with a key twice. *)
val add : Buffer.t -> term -> unit

val encode : term -> string

(** Raises [Failure] when the bytes are not exactly one term. *)
val decode : string -> term

(** The atom that starts at a place. *)
val atom_at : string -> int -> string

(** Where the term that starts at a place ends. *)
val skip : string -> int -> int
