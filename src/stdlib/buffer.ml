(* The bytes before [position] are the contents; [bytes] doubles when it is full. *)

type t = { mutable bytes : bytes; mutable position : int; initial : bytes }

let create n =
  let n = if n < 1 then 1 else if n > Sys.max_string_length then Sys.max_string_length else n in
  let bytes = Bytes.create n in
  { bytes; position = 0; initial = bytes }

let length b = b.position
let contents b = Bytes.sub_string b.bytes 0 b.position
let to_bytes b = Bytes.sub b.bytes 0 b.position

let sub b offset n =
  if offset < 0 || n < 0 || offset > b.position - n then invalid_arg "Buffer.sub"
  else Bytes.sub_string b.bytes offset n

let blit source offset1 target offset2 n =
  if
    n < 0 || offset1 < 0 || offset1 > source.position - n || offset2 < 0 || offset2 > Bytes.length target - n
  then invalid_arg "Buffer.blit"
  else Bytes.unsafe_blit source.bytes offset1 target offset2 n

let nth b i = if i < 0 || i >= b.position then invalid_arg "Buffer.nth" else Bytes.unsafe_get b.bytes i
let clear b = b.position <- 0

let reset b =
  b.position <- 0;
  b.bytes <- b.initial

let truncate b n = if n < 0 || n > length b then invalid_arg "Buffer.truncate" else b.position <- n

(* Makes room for [more] bytes. *)
let resize b more =
  let needed = b.position + more in
  let capacity = ref (Bytes.length b.bytes) in
  while needed > !capacity do
    capacity := 2 * !capacity
  done;
  if !capacity > Sys.max_string_length then
    if needed <= Sys.max_string_length then capacity := Sys.max_string_length
    else failwith "Buffer.add: cannot grow buffer";
  let bytes = Bytes.create !capacity in
  Bytes.unsafe_blit b.bytes 0 bytes 0 b.position;
  b.bytes <- bytes

let reserve b more = if b.position + more > Bytes.length b.bytes then resize b more

let add_char b c =
  reserve b 1;
  Bytes.unsafe_set b.bytes b.position c;
  b.position <- b.position + 1

let add_string b s =
  let n = String.length s in
  reserve b n;
  Bytes.unsafe_blit_string s 0 b.bytes b.position n;
  b.position <- b.position + n

let add_bytes b s = add_string b (Bytes.unsafe_to_string s)

let add_substring b s offset n =
  if offset < 0 || n < 0 || offset > String.length s - n then invalid_arg "Buffer.add_substring/add_subbytes"
  else begin
    reserve b n;
    Bytes.unsafe_blit_string s offset b.bytes b.position n;
    b.position <- b.position + n
  end

let add_subbytes b s offset n = add_substring b (Bytes.unsafe_to_string s) offset n
let add_buffer b source = add_subbytes b source.bytes 0 source.position

(* Unicode *)

let rec add_with set b size u =
  let room = Bytes.length b.bytes - b.position in
  if room < size then begin
    resize b size;
    add_with set b size u
  end
  else b.position <- b.position + set b.bytes b.position u

let add_utf_8_uchar b u = add_with Bytes.set_utf_8_uchar b (Uchar.utf_8_byte_length u) u
let add_utf_16le_uchar b u = add_with Bytes.set_utf_16le_uchar b (Uchar.utf_16_byte_length u) u
let add_utf_16be_uchar b u = add_with Bytes.set_utf_16be_uchar b (Uchar.utf_16_byte_length u) u

(* Channels *)

let output_buffer channel b = output channel b.bytes 0 b.position

(* What was read before the end of the file stays in the buffer. *)
let rec read_into b channel n =
  if n > 0 then begin
    let read = input channel b.bytes b.position n in
    b.position <- b.position + read;
    if read = 0 then raise End_of_file else read_into b channel (n - read)
  end

let add_channel b channel n =
  if n < 0 || n > Sys.max_string_length then invalid_arg "Buffer.add_channel"
  else begin
    reserve b n;
    read_into b channel n
  end

(* Substitution of $name, $(name) and ${name} *)

let closing = function '(' -> ')' | _ -> '}'

(* The index of the bracket that matches the one before [start]. *)
let matching_bracket s opening start =
  let closing = closing opening in
  let n = String.length s in
  let rec go depth i =
    if i >= n then None
    else if s.[i] = opening then go (depth + 1) (i + 1)
    else if s.[i] = closing then if depth = 0 then Some i else go (depth - 1) (i + 1)
    else go depth (i + 1)
  in
  go 0 start

let rec end_of_identifier s i =
  if i < String.length s then
    match s.[i] with
    | 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '_' -> end_of_identifier s (i + 1)
    | _ -> i
  else i

(* The name that begins at [i], after the dollar, and where the text goes on. *)
let find_name s i =
  if i >= String.length s then None
  else
    match s.[i] with
    | ('(' | '{') as opening ->
        Option.map (fun stop -> (String.sub s (i + 1) (stop - i - 1), stop + 1)) (matching_bracket s opening (i + 1))
    | _ ->
        let stop = end_of_identifier s i in
        if stop = i then None else Some (String.sub s i (stop - i), stop)

(* A dollar without a name stands for itself; one after a backslash too, and the backslash is gone. *)
let add_substitute b f s =
  let n = String.length s in
  let rec go i =
    if i < n then
      match s.[i] with
      | '\\' when i + 1 < n && s.[i + 1] = '$' ->
          add_char b '$';
          go (i + 2)
      | '$' as dollar -> (
          match find_name s (i + 1) with
          | Some (name, next) ->
              add_string b (f name);
              go next
          | None ->
              add_char b dollar;
              go (i + 1))
      | c ->
          add_char b c;
          go (i + 1)
  in
  go 0

(* Sequences *)

let to_seq b =
  let rec from i () = if i >= b.position then Seq.Nil else Seq.Cons (Bytes.unsafe_get b.bytes i, from (i + 1)) in
  from 0

let to_seqi b =
  let rec from i () =
    if i >= b.position then Seq.Nil else Seq.Cons ((i, Bytes.unsafe_get b.bytes i), from (i + 1))
  in
  from 0

let add_seq b chars = Seq.iter (add_char b) chars

let of_seq chars =
  let b = create 32 in
  add_seq b chars;
  b

(* Binary encodings *)

let add_int8 b n =
  reserve b 1;
  Bytes.set_int8 b.bytes b.position n;
  b.position <- b.position + 1

let add_fixed size set b n =
  reserve b size;
  set b.bytes b.position n;
  b.position <- b.position + size

let add_uint8 = add_int8
let add_int16_ne b n = add_fixed 2 Bytes.set_int16_ne b n
let add_int16_be b n = add_fixed 2 Bytes.set_int16_be b n
let add_int16_le b n = add_fixed 2 Bytes.set_int16_le b n
let add_uint16_ne = add_int16_ne
let add_uint16_be = add_int16_be
let add_uint16_le = add_int16_le
let add_int32_ne b n = add_fixed 4 Bytes.set_int32_ne b n
let add_int32_be b n = add_fixed 4 Bytes.set_int32_be b n
let add_int32_le b n = add_fixed 4 Bytes.set_int32_le b n
let add_int64_ne b n = add_fixed 8 Bytes.set_int64_ne b n
let add_int64_be b n = add_fixed 8 Bytes.set_int64_be b n
let add_int64_le b n = add_fixed 8 Bytes.set_int64_le b n
