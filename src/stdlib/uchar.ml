(* A Unicode scalar value, as an int. *)

type t = int

external format_int : string -> int -> string = "caml_format_int"

let min = 0x0000
let max = 0x10FFFF
let bom = 0xFEFF
let rep = 0xFFFD

(* Surrogates, 0xD800 to 0xDFFF, are not scalar values. *)
let last_before_surrogates = 0xD7FF
let first_after_surrogates = 0xE000

let not_valid n = format_int "%X" n ^ " is not an Unicode scalar value"

let succ u =
  if u = last_before_surrogates then first_after_surrogates
  else if u = max then invalid_arg "U+10FFFF has no successor"
  else u + 1

let pred u =
  if u = first_after_surrogates then last_before_surrogates
  else if u = min then invalid_arg "U+0000 has no predecessor"
  else u - 1

let is_valid n = (min <= n && n <= last_before_surrogates) || (first_after_surrogates <= n && n <= max)
let of_int n = if is_valid n then n else invalid_arg (not_valid n)

external unsafe_of_int : int -> t = "%identity"
external to_int : t -> int = "%identity"

let is_char u = u < 256
let of_char c = Char.code c
let unsafe_to_char u = Char.unsafe_chr u

let to_char u =
  if u > 255 then
    let digits = format_int "%04X" u in
    invalid_arg ("U+" ^ digits ^ " is not a latin1 character")
  else Char.unsafe_chr u

let equal (a : int) b = a = b
let compare (a : int) b = compare a b

(* A decode is [valid bit 27 | length bits 24-26 | scalar value]. *)
type utf_decode = int

let utf_decode_is_valid decode = decode lsr 27 = 1
let utf_decode_length decode = (decode lsr 24) land 7
let utf_decode_uchar decode = decode land 0xFFFFFF
let utf_decode length u = (8 lor length) lsl 24 lor u
let utf_decode_invalid length = (length lsl 24) lor rep
let utf_8_byte_length u = if u <= 0x7F then 1 else if u <= 0x7FF then 2 else if u <= 0xFFFF then 3 else 4
let utf_16_byte_length u = if u <= 0xFFFF then 2 else 4

external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed u = seeded_hash_param 10 100 seed u
let hash u = seeded_hash 0 u
