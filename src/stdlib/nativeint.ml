type t = nativeint

external neg : nativeint -> nativeint = "%nativeint_neg"
external add : nativeint -> nativeint -> nativeint = "%nativeint_add"
external sub : nativeint -> nativeint -> nativeint = "%nativeint_sub"
external mul : nativeint -> nativeint -> nativeint = "%nativeint_mul"
external div : nativeint -> nativeint -> nativeint = "%nativeint_div"
external rem : nativeint -> nativeint -> nativeint = "%nativeint_mod"
external logand : nativeint -> nativeint -> nativeint = "%nativeint_and"
external logor : nativeint -> nativeint -> nativeint = "%nativeint_or"
external logxor : nativeint -> nativeint -> nativeint = "%nativeint_xor"
external shift_left : nativeint -> int -> nativeint = "%nativeint_lsl"
external shift_right : nativeint -> int -> nativeint = "%nativeint_asr"
external shift_right_logical : nativeint -> int -> nativeint = "%nativeint_lsr"
external of_int : int -> nativeint = "%nativeint_of_int"
external to_int : nativeint -> int = "%nativeint_to_int"
external of_float : float -> nativeint = "caml_nativeint_of_float" "caml_nativeint_of_float_unboxed"
  [@@unboxed] [@@noalloc]
external to_float : nativeint -> float = "caml_nativeint_to_float" "caml_nativeint_to_float_unboxed"
  [@@unboxed] [@@noalloc]
external of_int32 : int32 -> nativeint = "%nativeint_of_int32"
external to_int32 : nativeint -> int32 = "%nativeint_to_int32"
external of_string : string -> nativeint = "caml_nativeint_of_string"
external format : string -> nativeint -> string = "caml_nativeint_format"

let zero = 0n
let one = 1n
let minus_one = -1n
let size = 64
let min_int = 0x8000000000000000n
let max_int = 0x7FFFFFFFFFFFFFFFn
let succ n = add n 1n
let pred n = sub n 1n
let abs n = if n >= 0n then n else neg n
let lognot n = logxor n (-1n)
let to_string n = format "%d" n
let of_string_opt s = try Some (of_string s) with Failure _ -> None
let compare (a : t) b = Stdlib.compare a b
let equal (a : t) b = compare a b = 0
let min (a : t) b = if a <= b then a else b
let max (a : t) b = if a >= b then a else b

(* Unsigned: subtracting [min_int] maps the unsigned order to the signed one. *)

let unsigned_compare a b = compare (sub a min_int) (sub b min_int)

let unsigned_div a b =
  if b < 0n then if unsigned_compare a b < 0 then 0n else 1n
  else
    let q = shift_left (div (shift_right_logical a 1) b) 1 in
    let r = sub a (mul q b) in
    if unsigned_compare r b >= 0 then succ q else q

let unsigned_rem a b = sub a (mul (unsigned_div a b) b)

let unsigned_to_int n =
  if n >= 0n && n <= of_int Stdlib.max_int then Some (to_int n) else None

external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed x = seeded_hash_param 10 100 seed x
let hash x = seeded_hash 0 x
