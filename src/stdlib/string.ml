(* Strings and bytes have one representation, so most functions are those of Bytes, seen through a cast that
   costs nothing. No string is ever written to after it has been seen as one. *)

type t = string

external length : string -> int = "%string_length"
external get : string -> int -> char = "%string_safe_get"
external unsafe_get : string -> int -> char = "%string_unsafe_get"
external unsafe_blit : string -> int -> bytes -> int -> int -> unit = "caml_blit_string" [@@noalloc]
external to_b : string -> bytes = "%bytes_of_string"
external of_b : bytes -> string = "%bytes_to_string"

let empty = ""
let make n c = of_b (Bytes.make n c)
let init n f = of_b (Bytes.init n f)
let of_bytes = Bytes.to_string
let to_bytes = Bytes.of_string
let sub s offset n = of_b (Bytes.sub (to_b s) offset n)
let blit = Bytes.blit_string
let cat = ( ^ )

let checked_sum a b = if a + b >= 0 then a + b else invalid_arg "String.concat"

let concat separator = function
  | [] -> ""
  | first :: rest ->
      let between = length separator in
      let rec total n = function
        | [] -> n
        | s :: rest -> total (checked_sum (checked_sum n between) (length s)) rest
      in
      let result = Bytes.create (total (length first) rest) in
      let rec fill at = function
        | [] -> of_b result
        | s :: rest ->
            unsafe_blit separator 0 result at between;
            unsafe_blit s 0 result (at + between) (length s);
            fill (at + between + length s) rest
      in
      unsafe_blit first 0 result 0 (length first);
      fill (length first) rest

(* Comparison *)

external compare : t -> t -> int = "caml_string_compare" [@@noalloc]
external equal : t -> t -> bool = "caml_string_equal" [@@noalloc]

let starts_with ~prefix s = Bytes.starts_with ~prefix:(to_b prefix) (to_b s)
let ends_with ~suffix s = Bytes.ends_with ~suffix:(to_b suffix) (to_b s)

external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let hash (s : t) = seeded_hash_param 10 100 0 s
let seeded_hash seed (s : t) = seeded_hash_param 10 100 seed s

(* Traversals *)

let iter f s =
  for i = 0 to length s - 1 do
    f (unsafe_get s i)
  done

let iteri f s =
  for i = 0 to length s - 1 do
    f i (unsafe_get s i)
  done

let map f s = of_b (Bytes.map f (to_b s))
let mapi f s = of_b (Bytes.mapi f (to_b s))
let fold_left f acc s = Bytes.fold_left f acc (to_b s)
let fold_right f s acc = Bytes.fold_right f (to_b s) acc
let for_all p s = Bytes.for_all p (to_b s)
let exists p s = Bytes.exists p (to_b s)

(* Letters *)

let is_space = function ' ' | '\012' | '\n' | '\r' | '\t' -> true | _ -> false

let trim s =
  if s <> "" && (is_space (unsafe_get s 0) || is_space (unsafe_get s (length s - 1))) then
    of_b (Bytes.trim (to_b s))
  else s

let needs_escape = function '"' | '\\' | '\000' .. '\031' | '\127' .. '\255' -> true | _ -> false
let escaped s = if exists needs_escape s then of_b (Bytes.escaped (to_b s)) else s
let uppercase_ascii s = of_b (Bytes.uppercase_ascii (to_b s))
let lowercase_ascii s = of_b (Bytes.lowercase_ascii (to_b s))
let capitalize_ascii s = of_b (Bytes.capitalize_ascii (to_b s))
let uncapitalize_ascii s = of_b (Bytes.uncapitalize_ascii (to_b s))

(* Searching *)

let index s c = Bytes.index (to_b s) c
let index_opt s c = Bytes.index_opt (to_b s) c
let rindex s c = Bytes.rindex (to_b s) c
let rindex_opt s c = Bytes.rindex_opt (to_b s) c
let index_from s i c = Bytes.index_from (to_b s) i c
let index_from_opt s i c = Bytes.index_from_opt (to_b s) i c
let rindex_from s i c = Bytes.rindex_from (to_b s) i c
let rindex_from_opt s i c = Bytes.rindex_from_opt (to_b s) i c
let contains s c = Bytes.contains (to_b s) c
let contains_from s i c = Bytes.contains_from (to_b s) i c
let rcontains_from s i c = Bytes.rcontains_from (to_b s) i c

let split_on_char separator s =
  let rec go stop i parts =
    if i < 0 then sub s 0 stop :: parts
    else if unsafe_get s i = separator then go i (i - 1) (sub s (i + 1) (stop - i - 1) :: parts)
    else go stop (i - 1) parts
  in
  go (length s) (length s - 1) []

(* Sequences *)

let to_seq s = Bytes.to_seq (to_b s)
let to_seqi s = Bytes.to_seqi (to_b s)
let of_seq chars = of_b (Bytes.of_seq chars)

(* Binary encodings *)

let get_uint8 s i = Bytes.get_uint8 (to_b s) i
let get_int8 s i = Bytes.get_int8 (to_b s) i
let get_uint16_ne s i = Bytes.get_uint16_ne (to_b s) i
let get_uint16_be s i = Bytes.get_uint16_be (to_b s) i
let get_uint16_le s i = Bytes.get_uint16_le (to_b s) i
let get_int16_ne s i = Bytes.get_int16_ne (to_b s) i
let get_int16_be s i = Bytes.get_int16_be (to_b s) i
let get_int16_le s i = Bytes.get_int16_le (to_b s) i
let get_int32_ne s i = Bytes.get_int32_ne (to_b s) i
let get_int32_be s i = Bytes.get_int32_be (to_b s) i
let get_int32_le s i = Bytes.get_int32_le (to_b s) i
let get_int64_ne s i = Bytes.get_int64_ne (to_b s) i
let get_int64_be s i = Bytes.get_int64_be (to_b s) i
let get_int64_le s i = Bytes.get_int64_le (to_b s) i
let get_utf_8_uchar s i = Bytes.get_utf_8_uchar (to_b s) i
let get_utf_16le_uchar s i = Bytes.get_utf_16le_uchar (to_b s) i
let get_utf_16be_uchar s i = Bytes.get_utf_16be_uchar (to_b s) i
let is_valid_utf_8 s = Bytes.is_valid_utf_8 (to_b s)
let is_valid_utf_16le s = Bytes.is_valid_utf_16le (to_b s)
let is_valid_utf_16be s = Bytes.is_valid_utf_16be (to_b s)
