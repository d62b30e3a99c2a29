type t = int32

external neg : int32 -> int32 = "%int32_neg"
external add : int32 -> int32 -> int32 = "%int32_add"
external sub : int32 -> int32 -> int32 = "%int32_sub"
external mul : int32 -> int32 -> int32 = "%int32_mul"
external div : int32 -> int32 -> int32 = "%int32_div"
external rem : int32 -> int32 -> int32 = "%int32_mod"
external logand : int32 -> int32 -> int32 = "%int32_and"
external logor : int32 -> int32 -> int32 = "%int32_or"
external logxor : int32 -> int32 -> int32 = "%int32_xor"
external shift_left : int32 -> int -> int32 = "%int32_lsl"
external shift_right : int32 -> int -> int32 = "%int32_asr"
external shift_right_logical : int32 -> int -> int32 = "%int32_lsr"
external of_int : int -> int32 = "%int32_of_int"
external to_int : int32 -> int = "%int32_to_int"
external of_float : float -> int32 = "caml_int32_of_float" "caml_int32_of_float_unboxed" [@@unboxed] [@@noalloc]
external to_float : int32 -> float = "caml_int32_to_float" "caml_int32_to_float_unboxed" [@@unboxed] [@@noalloc]
external bits_of_float : float -> int32 = "caml_int32_bits_of_float" "caml_int32_bits_of_float_unboxed"
  [@@unboxed] [@@noalloc]

external float_of_bits : int32 -> float = "caml_int32_float_of_bits" "caml_int32_float_of_bits_unboxed"
  [@@unboxed] [@@noalloc]

external of_string : string -> int32 = "caml_int32_of_string"
external format : string -> int32 -> string = "caml_int32_format"

let zero = 0l
let one = 1l
let minus_one = -1l
let min_int = 0x80000000l
let max_int = 0x7FFFFFFFl
let succ n = add n 1l
let pred n = sub n 1l
let abs n = if n >= 0l then n else neg n
let lognot n = logxor n (-1l)
let to_string n = format "%d" n
let of_string_opt s = try Some (of_string s) with Failure _ -> None
let compare (a : t) b = Stdlib.compare a b
let equal (a : t) b = compare a b = 0
let min (a : t) b = if a <= b then a else b
let max (a : t) b = if a >= b then a else b

(* Unsigned: subtracting [min_int] maps the unsigned order to the signed one. *)

let unsigned_compare a b = compare (sub a min_int) (sub b min_int)

let unsigned_div a b =
  if b < 0l then if unsigned_compare a b < 0 then 0l else 1l
  else
    let q = shift_left (div (shift_right_logical a 1) b) 1 in
    let r = sub a (mul q b) in
    if unsigned_compare r b >= 0 then succ q else q

let unsigned_rem a b = sub a (mul (unsigned_div a b) b)

(* An int has 63 bits, so every unsigned 32-bit number is one. *)
let unsigned_to_int n = Some (to_int n land 0xFFFFFFFF)

external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed x = seeded_hash_param 10 100 seed x
let hash x = seeded_hash 0 x
