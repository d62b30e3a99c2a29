type t = char

external code : char -> int = "%identity"
external unsafe_chr : int -> char = "%identity"

let chr n = if n < 0 || n > 255 then invalid_arg "Char.chr" else unsafe_chr n

external bytes_create : int -> bytes = "caml_create_bytes"
external bytes_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"
external bytes_unsafe_to_string : bytes -> string = "%bytes_to_string"

let two_chars c d =
  let b = bytes_create 2 in
  bytes_set b 0 c;
  bytes_set b 1 d;
  bytes_unsafe_to_string b

let one_char c =
  let b = bytes_create 1 in
  bytes_set b 0 c;
  bytes_unsafe_to_string b

let decimal_escape c =
  let digit n = unsafe_chr (48 + (n mod 10)) in
  let n = code c in
  let b = bytes_create 4 in
  bytes_set b 0 '\\';
  bytes_set b 1 (digit (n / 100));
  bytes_set b 2 (digit (n / 10));
  bytes_set b 3 (digit n);
  bytes_unsafe_to_string b

let escaped = function
  | '\'' -> "\\'"
  | '\\' -> "\\\\"
  | '\n' -> "\\n"
  | '\t' -> "\\t"
  | '\r' -> "\\r"
  | '\b' -> two_chars '\\' 'b'
  | ' ' .. '~' as c -> one_char c
  | c -> decimal_escape c

let lowercase_ascii = function 'A' .. 'Z' as c -> unsafe_chr (code c + 32) | c -> c
let uppercase_ascii = function 'a' .. 'z' as c -> unsafe_chr (code c - 32) | c -> c
let compare c1 c2 = code c1 - code c2
let equal (c1 : t) c2 = c1 = c2

external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed x = seeded_hash_param 10 100 seed x
let hash x = seeded_hash 0 x
