(* Requests and answers are bytes, whose form src/engine/host-request.ts describes. *)

type datum =
  | Int of int
  | Float of float
  | Text of string
  | List of datum list

type answer =
  | Answer of datum
  | Refused of { error : string; number : int }

external request : string -> string = "caml_host_request"

let tag_int = 0
let tag_float = 1
let tag_text = 2
let tag_list = 3

let add_text buffer text =
  Buffer.add_uint8 buffer tag_text;
  Buffer.add_int32_le buffer (Int32.of_int (String.length text));
  Buffer.add_string buffer text

let rec add buffer = function
  | Int n ->
      Buffer.add_uint8 buffer tag_int;
      Buffer.add_int64_le buffer (Int64.of_int n)
  | Float x ->
      Buffer.add_uint8 buffer tag_float;
      Buffer.add_int64_le buffer (Int64.bits_of_float x)
  | Text text -> add_text buffer text
  | List items ->
      Buffer.add_uint8 buffer tag_list;
      Buffer.add_int32_le buffer (Int32.of_int (List.length items));
      List.iter (add buffer) items

(* A datum at a place in an answer, with the place after it. *)

let length_at text at = Int32.to_int (String.get_int32_le text at)
let int_at text at = Int64.to_int (String.get_int64_le text at)

let text_at text at =
  let length = length_at text at in
  (String.sub text (at + 4) length, at + 4 + length)

let rec datum_at text at =
  let tag = String.get_uint8 text at in
  let at = at + 1 in
  if tag = tag_int then (Int (int_at text at), at + 8)
  else if tag = tag_float then (Float (Int64.float_of_bits (String.get_int64_le text at)), at + 8)
  else if tag = tag_text then
    let content, next = text_at text at in
    (Text content, next)
  else
    let items, next = data_at text (at + 4) (length_at text at) [] in
    (List items, next)

and data_at text at count items =
  if count = 0 then (List.rev items, at)
  else
    let item, next = datum_at text at in
    data_at text next (count - 1) (item :: items)

let call name arguments =
  let buffer = Buffer.create 64 in
  add_text buffer name;
  List.iter (add buffer) arguments;
  let answer = request (Buffer.contents buffer) in
  if String.get_uint8 answer 0 <= tag_list then Answer (fst (datum_at answer 0))
  else
    let error, next = text_at answer 1 in
    Refused { error; number = int_at answer next }
