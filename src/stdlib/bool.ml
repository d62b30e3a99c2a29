type t = bool = false | true

external not : bool -> bool = "%boolnot"
external ( && ) : bool -> bool -> bool = "%sequand"
external ( || ) : bool -> bool -> bool = "%sequor"
external to_int : bool -> int = "%identity"

let equal (a : bool) b = a = b
let compare (a : bool) b = compare a b
let to_float b = if b then 1. else 0.
let to_string b = if b then "true" else "false"

external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed x = seeded_hash_param 10 100 seed x
let hash x = seeded_hash 0 x
