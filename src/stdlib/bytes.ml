(* Mutable byte sequences; String is built on this unit. [unsafe_] functions are used after a check of the
   range. *)

type t = bytes

external length : bytes -> int = "%bytes_length"
external get : bytes -> int -> char = "%bytes_safe_get"
external set : bytes -> int -> char -> unit = "%bytes_safe_set"
external create : int -> bytes = "caml_create_bytes"
external unsafe_get : bytes -> int -> char = "%bytes_unsafe_get"
external unsafe_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"
external unsafe_to_string : bytes -> string = "%bytes_to_string"
external unsafe_of_string : string -> bytes = "%bytes_of_string"
external unsafe_blit : bytes -> int -> bytes -> int -> int -> unit = "caml_blit_bytes" [@@noalloc]
external unsafe_blit_string : string -> int -> bytes -> int -> int -> unit = "caml_blit_string" [@@noalloc]
external unsafe_fill : bytes -> int -> int -> char -> unit = "caml_fill_bytes" [@@noalloc]
external string_length : string -> int = "%string_length"

let valid_range b offset n = offset >= 0 && n >= 0 && offset <= length b - n

(* Making *)

let make n c =
  let b = create n in
  unsafe_fill b 0 n c;
  b

let init n f =
  let b = create n in
  for i = 0 to n - 1 do
    unsafe_set b i (f i)
  done;
  b

let empty = create 0

let copy b =
  let n = length b in
  let result = create n in
  unsafe_blit b 0 result 0 n;
  result

let to_string b = unsafe_to_string (copy b)
let of_string s = copy (unsafe_of_string s)

let sub b offset n =
  if valid_range b offset n then begin
    let result = create n in
    unsafe_blit b offset result 0 n;
    result
  end
  else invalid_arg "String.sub / Bytes.sub"

let sub_string b offset n = unsafe_to_string (sub b offset n)

(* [left] and [right] bytes more at the ends, or fewer when negative; the sum is checked for overflow. *)
let extend b left right =
  let n = length b in
  let new_length = n + left + right in
  let overflowed =
    (left >= 0 && right >= 0 && new_length < n) || (left < 0 && right < 0 && new_length > n)
  in
  if overflowed then invalid_arg "Bytes.extend"
  else begin
    let result = create new_length in
    let source = if left < 0 then -left else 0 and target = if left < 0 then 0 else left in
    let kept = min (n - source) (new_length - target) in
    if kept > 0 then unsafe_blit b source result target kept;
    result
  end

let fill b offset n c =
  if valid_range b offset n then unsafe_fill b offset n c else invalid_arg "String.fill / Bytes.fill"

let blit b1 offset1 b2 offset2 n =
  if valid_range b1 offset1 n && valid_range b2 offset2 n then unsafe_blit b1 offset1 b2 offset2 n
  else invalid_arg "Bytes.blit"

let blit_string s offset1 b offset2 n =
  if n >= 0 && offset1 >= 0 && offset1 <= string_length s - n && valid_range b offset2 n then
    unsafe_blit_string s offset1 b offset2 n
  else invalid_arg "String.blit / Bytes.blit_string"

let checked_sum a b = if a + b >= 0 then a + b else invalid_arg "Bytes.concat"

let concat separator = function
  | [] -> empty
  | first :: rest ->
      let between = length separator in
      let rec total n = function
        | [] -> n
        | b :: rest -> total (checked_sum (checked_sum n between) (length b)) rest
      in
      let result = create (total (length first) rest) in
      let rec fill at = function
        | [] -> result
        | b :: rest ->
            unsafe_blit separator 0 result at between;
            unsafe_blit b 0 result (at + between) (length b);
            fill (at + between + length b) rest
      in
      unsafe_blit first 0 result 0 (length first);
      fill (length first) rest

let cat a b =
  let la = length a and lb = length b in
  let result = create (la + lb) in
  unsafe_blit a 0 result 0 la;
  unsafe_blit b 0 result la lb;
  result

(* Traversals *)

let iter f b =
  for i = 0 to length b - 1 do
    f (unsafe_get b i)
  done

let iteri f b =
  for i = 0 to length b - 1 do
    f i (unsafe_get b i)
  done

let map f b =
  let n = length b in
  if n = 0 then b
  else begin
    let result = create n in
    for i = 0 to n - 1 do
      unsafe_set result i (f (unsafe_get b i))
    done;
    result
  end

let mapi f b =
  let n = length b in
  if n = 0 then b
  else begin
    let result = create n in
    for i = 0 to n - 1 do
      unsafe_set result i (f i (unsafe_get b i))
    done;
    result
  end

let fold_left f acc b =
  let acc = ref acc in
  for i = 0 to length b - 1 do
    acc := f !acc (unsafe_get b i)
  done;
  !acc

let fold_right f b acc =
  let acc = ref acc in
  for i = length b - 1 downto 0 do
    acc := f (unsafe_get b i) !acc
  done;
  !acc

let for_all p b =
  let n = length b in
  let rec go i = i = n || (p (unsafe_get b i) && go (i + 1)) in
  go 0

let exists p b =
  let n = length b in
  let rec go i = i < n && (p (unsafe_get b i) || go (i + 1)) in
  go 0

(* Letters *)

let is_space = function ' ' | '\012' | '\n' | '\r' | '\t' -> true | _ -> false

let trim b =
  let n = length b in
  let first = ref 0 in
  while !first < n && is_space (unsafe_get b !first) do
    incr first
  done;
  let last = ref (n - 1) in
  while !last >= !first && is_space (unsafe_get b !last) do
    decr last
  done;
  if !last >= !first then sub b !first (!last - !first + 1) else empty

let escaped_length = function
  | '"' | '\\' | '\n' | '\t' | '\r' | '\b' -> 2
  | ' ' .. '~' -> 1
  | _ -> 4

let digit n = Char.unsafe_chr (48 + (n mod 10))

(* Writes the escape of [c] at [at]; returns where the next character goes. *)
let put_escaped result at c =
  let backslashed d =
    unsafe_set result at '\\';
    unsafe_set result (at + 1) d;
    at + 2
  in
  match c with
  | '"' | '\\' -> backslashed c
  | '\n' -> backslashed 'n'
  | '\t' -> backslashed 't'
  | '\r' -> backslashed 'r'
  | '\b' -> backslashed 'b'
  | ' ' .. '~' ->
      unsafe_set result at c;
      at + 1
  | _ ->
      let code = Char.code c in
      unsafe_set result at '\\';
      unsafe_set result (at + 1) (digit (code / 100));
      unsafe_set result (at + 2) (digit (code / 10));
      unsafe_set result (at + 3) (digit code);
      at + 4

(* [b] itself when there is nothing to escape. *)
let unsafe_escape b =
  let total = fold_left (fun n c -> n + escaped_length c) 0 b in
  if total = length b then b
  else begin
    let result = create total in
    ignore (fold_left (put_escaped result) 0 b);
    result
  end

let escaped b =
  let result = unsafe_escape b in
  if result == b then copy b else result

let uppercase_ascii b = map Char.uppercase_ascii b
let lowercase_ascii b = map Char.lowercase_ascii b

let apply_to_first f b =
  if length b = 0 then b
  else begin
    let result = copy b in
    unsafe_set result 0 (f (unsafe_get b 0));
    result
  end

let capitalize_ascii b = apply_to_first Char.uppercase_ascii b
let uncapitalize_ascii b = apply_to_first Char.lowercase_ascii b

(* Searching *)

let rec index_between b stop i c =
  if i >= stop then raise Not_found else if unsafe_get b i = c then i else index_between b stop (i + 1) c

let rec index_between_opt b stop i c =
  if i >= stop then None else if unsafe_get b i = c then Some i else index_between_opt b stop (i + 1) c

let rec rindex_down b i c =
  if i < 0 then raise Not_found else if unsafe_get b i = c then i else rindex_down b (i - 1) c

let rec rindex_down_opt b i c =
  if i < 0 then None else if unsafe_get b i = c then Some i else rindex_down_opt b (i - 1) c

let index b c = index_between b (length b) 0 c
let index_opt b c = index_between_opt b (length b) 0 c
let rindex b c = rindex_down b (length b - 1) c
let rindex_opt b c = rindex_down_opt b (length b - 1) c

let index_from b i c =
  if i < 0 || i > length b then invalid_arg "String.index_from / Bytes.index_from"
  else index_between b (length b) i c

let index_from_opt b i c =
  if i < 0 || i > length b then invalid_arg "String.index_from_opt / Bytes.index_from_opt"
  else index_between_opt b (length b) i c

let rindex_from b i c =
  if i < -1 || i >= length b then invalid_arg "String.rindex_from / Bytes.rindex_from" else rindex_down b i c

let rindex_from_opt b i c =
  if i < -1 || i >= length b then invalid_arg "String.rindex_from_opt / Bytes.rindex_from_opt"
  else rindex_down_opt b i c

let contains_from b i c =
  if i < 0 || i > length b then invalid_arg "String.contains_from / Bytes.contains_from"
  else index_between_opt b (length b) i c <> None

let contains b c = contains_from b 0 c

let rcontains_from b i c =
  if i < 0 || i >= length b then invalid_arg "String.rcontains_from / Bytes.rcontains_from"
  else rindex_down_opt b i c <> None

(* Comparison *)

external compare : t -> t -> int = "caml_bytes_compare" [@@noalloc]
external equal : t -> t -> bool = "caml_bytes_equal" [@@noalloc]

let matches_at b start pattern =
  let n = length pattern in
  let rec go i = i = n || (unsafe_get b (start + i) = unsafe_get pattern i && go (i + 1)) in
  go 0

let starts_with ~prefix b = length prefix <= length b && matches_at b 0 prefix

let ends_with ~suffix b =
  let start = length b - length suffix in
  start >= 0 && matches_at b start suffix

let split_on_char separator b =
  let rec go stop i parts =
    if i < 0 then sub b 0 stop :: parts
    else if unsafe_get b i = separator then go i (i - 1) (sub b (i + 1) (stop - i - 1) :: parts)
    else go stop (i - 1) parts
  in
  go (length b) (length b - 1) []

(* Sequences *)

let to_seq b =
  let rec from i () = if i = length b then Seq.Nil else Seq.Cons (get b i, from (i + 1)) in
  from 0

let to_seqi b =
  let rec from i () = if i = length b then Seq.Nil else Seq.Cons ((i, get b i), from (i + 1)) in
  from 0

let of_seq chars =
  let rec collect n acc chars =
    match chars () with
    | Seq.Nil -> (n, acc)
    | Seq.Cons (c, rest) -> collect (n + 1) (c :: acc) rest
  in
  let n, reversed = collect 0 [] chars in
  let result = create n in
  let rec fill i = function
    | [] -> result
    | c :: rest ->
        unsafe_set result i c;
        fill (i - 1) rest
  in
  fill (n - 1) reversed

(* Binary encodings of integers *)

external get_uint8 : bytes -> int -> int = "%bytes_safe_get"
external set_uint8 : bytes -> int -> int -> unit = "%bytes_safe_set"
external get_uint16_ne : bytes -> int -> int = "%caml_bytes_get16"
external set_uint16_ne : bytes -> int -> int -> unit = "%caml_bytes_set16"
external get_int32_ne : bytes -> int -> int32 = "%caml_bytes_get32"
external set_int32_ne : bytes -> int -> int32 -> unit = "%caml_bytes_set32"
external get_int64_ne : bytes -> int -> int64 = "%caml_bytes_get64"
external set_int64_ne : bytes -> int -> int64 -> unit = "%caml_bytes_set64"
external swap16 : int -> int = "%bswap16"
external swap32 : int32 -> int32 = "%bswap_int32"
external swap64 : int64 -> int64 = "%bswap_int64"
external big_endian : unit -> bool = "%big_endian"

let big_endian = big_endian ()
let sign_extend bits n = (n lsl (63 - bits)) asr (63 - bits)
let get_int8 b i = sign_extend 8 (get_uint8 b i)
let get_uint16_le b i = if big_endian then swap16 (get_uint16_ne b i) else get_uint16_ne b i
let get_uint16_be b i = if big_endian then get_uint16_ne b i else swap16 (get_uint16_ne b i)
let get_int16_ne b i = sign_extend 16 (get_uint16_ne b i)
let get_int16_le b i = sign_extend 16 (get_uint16_le b i)
let get_int16_be b i = sign_extend 16 (get_uint16_be b i)
let get_int32_le b i = if big_endian then swap32 (get_int32_ne b i) else get_int32_ne b i
let get_int32_be b i = if big_endian then get_int32_ne b i else swap32 (get_int32_ne b i)
let get_int64_le b i = if big_endian then swap64 (get_int64_ne b i) else get_int64_ne b i
let get_int64_be b i = if big_endian then get_int64_ne b i else swap64 (get_int64_ne b i)
let set_int8 = set_uint8
let set_uint16_le b i n = set_uint16_ne b i (if big_endian then swap16 n else n)
let set_uint16_be b i n = set_uint16_ne b i (if big_endian then n else swap16 n)
let set_int16_ne = set_uint16_ne
let set_int16_le = set_uint16_le
let set_int16_be = set_uint16_be
let set_int32_le b i n = set_int32_ne b i (if big_endian then swap32 n else n)
let set_int32_be b i n = set_int32_ne b i (if big_endian then n else swap32 n)
let set_int64_le b i n = set_int64_ne b i (if big_endian then swap64 n else n)
let set_int64_be b i n = set_int64_ne b i (if big_endian then n else swap64 n)

(* UTF-8. A byte that begins no well-formed sequence decodes to the replacement character, over the longest
   prefix of a well-formed sequence that stands there (Unicode's "maximal subpart"). *)

let byte b i = Char.code (unsafe_get b i)
let is_continuation b i = i < length b && byte b i land 0xC0 = 0x80

(* The second byte of a sequence of three or four is restricted for some first bytes: no overlong forms, no
   surrogates, nothing past U+10FFFF. *)
let is_second b i first =
  i < length b
  &&
  let second = byte b i in
  match first with
  | 0xE0 -> 0xA0 <= second && second <= 0xBF
  | 0xED -> 0x80 <= second && second <= 0x9F
  | 0xF0 -> 0x90 <= second && second <= 0xBF
  | 0xF4 -> 0x80 <= second && second <= 0x8F
  | _ -> second land 0xC0 = 0x80

let decoded length code = Uchar.utf_decode length (Uchar.unsafe_of_int code)
let payload b i = byte b i land 0x3F

let decode_two b i first =
  if is_continuation b (i + 1) then decoded 2 (((first land 0x1F) lsl 6) lor payload b (i + 1))
  else Uchar.utf_decode_invalid 1

let decode_three b i first =
  if not (is_second b (i + 1) first) then Uchar.utf_decode_invalid 1
  else if not (is_continuation b (i + 2)) then Uchar.utf_decode_invalid 2
  else decoded 3 (((first land 0x0F) lsl 12) lor (payload b (i + 1) lsl 6) lor payload b (i + 2))

let decode_four b i first =
  if not (is_second b (i + 1) first) then Uchar.utf_decode_invalid 1
  else if not (is_continuation b (i + 2)) then Uchar.utf_decode_invalid 2
  else if not (is_continuation b (i + 3)) then Uchar.utf_decode_invalid 3
  else
    decoded 4
      (((first land 0x07) lsl 18)
      lor (payload b (i + 1) lsl 12)
      lor (payload b (i + 2) lsl 6)
      lor payload b (i + 3))

let get_utf_8_uchar b i =
  let first = get_uint8 b i in
  if first < 0x80 then decoded 1 first
  else if first < 0xC2 then Uchar.utf_decode_invalid 1
  else if first < 0xE0 then decode_two b i first
  else if first < 0xF0 then decode_three b i first
  else if first < 0xF5 then decode_four b i first
  else Uchar.utf_decode_invalid 1

(* Writes nothing and returns 0 when the sequence does not fit. *)
let set_utf_8_uchar b i u =
  let code = Uchar.to_int u in
  let put k bits = unsafe_set b (i + k) (Char.unsafe_chr bits) in
  let continuation k shift = put k (0x80 lor ((code lsr shift) land 0x3F)) in
  let size = Uchar.utf_8_byte_length u in
  if i < 0 || i >= length b then invalid_arg "index out of bounds"
  else if i + size > length b then 0
  else begin
    (match size with
    | 1 -> put 0 code
    | 2 ->
        put 0 (0xC0 lor (code lsr 6));
        continuation 1 0
    | 3 ->
        put 0 (0xE0 lor (code lsr 12));
        continuation 1 6;
        continuation 2 0
    | _ ->
        put 0 (0xF0 lor (code lsr 18));
        continuation 1 12;
        continuation 2 6;
        continuation 3 0);
    size
  end

let is_valid_utf_8 b =
  let rec go i =
    i >= length b
    ||
    let decode = get_utf_8_uchar b i in
    Uchar.utf_decode_is_valid decode && go (i + Uchar.utf_decode_length decode)
  in
  go 0

(* UTF-16 *)

let get_utf_16 get_uint16 b i =
  let n = length b in
  if i < 0 || i >= n then invalid_arg "index out of bounds"
  else if i = n - 1 then Uchar.utf_decode_invalid 1
  else
    let first = get_uint16 b i in
    if first < 0xD800 || first > 0xDFFF then decoded 2 first
    else if first > 0xDBFF then Uchar.utf_decode_invalid 2
    else if i + 3 >= n then Uchar.utf_decode_invalid (n - i)
    else
      let second = get_uint16 b (i + 2) in
      if second < 0xDC00 || second > 0xDFFF then Uchar.utf_decode_invalid 2
      else decoded 4 ((((first land 0x3FF) lsl 10) lor (second land 0x3FF)) + 0x10000)

let set_utf_16 set_uint16 b i u =
  let size = Uchar.utf_16_byte_length u in
  if i < 0 || i >= length b then invalid_arg "index out of bounds"
  else if i + size > length b then 0
  else begin
    (if size = 2 then set_uint16 b i (Uchar.to_int u)
     else
       let code = Uchar.to_int u - 0x10000 in
       set_uint16 b i (0xD800 lor (code lsr 10));
       set_uint16 b (i + 2) (0xDC00 lor (code land 0x3FF)));
    size
  end

let is_valid_utf_16 get b =
  let rec go i =
    i >= length b
    ||
    let decode = get b i in
    Uchar.utf_decode_is_valid decode && go (i + Uchar.utf_decode_length decode)
  in
  go 0

let get_utf_16le_uchar b i = get_utf_16 get_uint16_le b i
let get_utf_16be_uchar b i = get_utf_16 get_uint16_be b i
let set_utf_16le_uchar b i u = set_utf_16 set_uint16_le b i u
let set_utf_16be_uchar b i u = set_utf_16 set_uint16_be b i u
let is_valid_utf_16le b = is_valid_utf_16 get_utf_16le_uchar b
let is_valid_utf_16be b = is_valid_utf_16 get_utf_16be_uchar b
