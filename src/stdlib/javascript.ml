(* The engine keeps the thrown values, and knows each by the block that holds its number. *)
type value = { number : int } [@@warning "-69"]

exception Error of string * value
