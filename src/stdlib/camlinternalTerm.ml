(* Reference: "External Term Format" of the ERTS user's guide. Tags have their names there as comments.

   Pids, references and ports are kept as they are sent: new tags, creations of four bytes, atoms in UTF-8. So equal ones are equal
   strings, whatever form they arrived in. A fun is the bytes it came as. *)

type term =
  | Atom of string
  | Int of int
  | Big of { negative : bool; magnitude : string }
  | Float of float
  | Binary of string
  | Bits of string * int
  | List of term list
  | Improper of term list * term
  | Tuple of term list
  | Map of (term * term) list
  | Pid of string
  | Reference of string
  | Port of string
  | Fun of string

(* Writing *)

let add_u32 buffer n = Buffer.add_int32_be buffer (Int32.of_int n)
let longest_atom = 255

let characters text =
  let count = ref 0 in
  String.iter (fun c -> if Char.code c land 0xc0 <> 0x80 then incr count) text;
  !count

let add_atom buffer name =
  let length = String.length name in
  if not (String.is_valid_utf_8 name) then invalid_arg "Erlang: an atom that is not UTF-8";
  if length > longest_atom && characters name > longest_atom then invalid_arg "Erlang: an atom of more than 255 characters";
  if length <= 255 then begin
    Buffer.add_uint8 buffer 119 (* SMALL_ATOM_UTF8_EXT *);
    Buffer.add_uint8 buffer length
  end
  else begin
    Buffer.add_uint8 buffer 118 (* ATOM_UTF8_EXT *);
    Buffer.add_uint16_be buffer length
  end;
  Buffer.add_string buffer name

let add_magnitude buffer negative magnitude =
  let length = String.length magnitude in
  if length <= 255 then begin
    Buffer.add_uint8 buffer 110 (* SMALL_BIG_EXT *);
    Buffer.add_uint8 buffer length
  end
  else begin
    Buffer.add_uint8 buffer 111 (* LARGE_BIG_EXT *);
    add_u32 buffer length
  end;
  Buffer.add_uint8 buffer (Bool.to_int negative);
  Buffer.add_string buffer magnitude

let add_int buffer n =
  if n >= 0 && n <= 255 then begin
    Buffer.add_uint8 buffer 97 (* SMALL_INTEGER_EXT *);
    Buffer.add_uint8 buffer n
  end
  else if n >= -0x8000_0000 && n <= 0x7fff_ffff then begin
    Buffer.add_uint8 buffer 98 (* INTEGER_EXT *);
    add_u32 buffer n
  end
  else begin
    Buffer.add_uint8 buffer 110;
    Buffer.add_uint8 buffer 8;
    Buffer.add_uint8 buffer (Bool.to_int (n < 0));
    Buffer.add_int64_le buffer (Int64.abs (Int64.of_int n))
  end

let add_float buffer x =
  if not (Float.is_finite x) then invalid_arg "Erlang: a float that is not finite";
  Buffer.add_uint8 buffer 70 (* NEW_FLOAT_EXT *);
  Buffer.add_int64_be buffer (Int64.bits_of_float x)

let add_binary buffer bytes =
  Buffer.add_uint8 buffer 109 (* BINARY_EXT *);
  add_u32 buffer (String.length bytes);
  Buffer.add_string buffer bytes

let add_bits buffer bytes bits =
  if bits < 1 || bits > 8 || bytes = "" then invalid_arg "Erlang: a bitstring's last byte has 1 to 8 bits";
  Buffer.add_uint8 buffer 77 (* BIT_BINARY_EXT *);
  add_u32 buffer (String.length bytes);
  Buffer.add_uint8 buffer bits;
  Buffer.add_string buffer bytes

let add_tuple_head buffer arity =
  if arity <= 255 then begin
    Buffer.add_uint8 buffer 104 (* SMALL_TUPLE_EXT *);
    Buffer.add_uint8 buffer arity
  end
  else begin
    Buffer.add_uint8 buffer 105 (* LARGE_TUPLE_EXT *);
    add_u32 buffer arity
  end

let add_list_head buffer length =
  Buffer.add_uint8 buffer 108 (* LIST_EXT *);
  add_u32 buffer length

let add_nil buffer = Buffer.add_uint8 buffer 106 (* NIL_EXT *)

let rec add buffer = function
  | Atom name -> add_atom buffer name
  | Int n -> add_int buffer n
  | Big { negative; magnitude } -> add_magnitude buffer negative magnitude
  | Float x -> add_float buffer x
  | Binary bytes -> add_binary buffer bytes
  | Bits (bytes, bits) -> add_bits buffer bytes bits
  | List [] | Improper ([], List []) -> add_nil buffer
  | Improper ([], tail) -> add buffer tail
  | List items ->
      add_list_head buffer (List.length items);
      List.iter (add buffer) items;
      add_nil buffer
  | Improper (items, tail) ->
      add_list_head buffer (List.length items);
      List.iter (add buffer) items;
      add buffer tail
  | Tuple items ->
      add_tuple_head buffer (List.length items);
      List.iter (add buffer) items
  | Map bindings -> add_map buffer bindings
  | Pid bytes | Reference bytes | Port bytes | Fun bytes -> Buffer.add_string buffer bytes

(* Equal keys have equal bytes. *)
and add_map buffer bindings =
  let size = List.length bindings in
  let seen = Hashtbl.create size in
  Buffer.add_uint8 buffer 116 (* MAP_EXT *);
  add_u32 buffer size;
  List.iter
    (fun (key, value) ->
      let start = Buffer.length buffer in
      add buffer key;
      let bytes = Buffer.sub buffer start (Buffer.length buffer - start) in
      if Hashtbl.mem seen bytes then invalid_arg "Erlang: a map with a key twice";
      Hashtbl.add seen bytes ();
      add buffer value)
    bindings

let encode term =
  let buffer = Buffer.create 64 in
  add buffer term;
  Buffer.contents buffer

(* Reading. Places in the bytes go up; a read beyond the end raises [Invalid_argument] of the string access. *)

let malformed () = failwith "Erlang: malformed term"
let u32 bytes at = Int32.to_int (String.get_int32_be bytes at) land 0xffff_ffff

(* Number of elements, each of which has at least a byte. *)
let count bytes at =
  let n = u32 bytes at in
  if n > String.length bytes - at then malformed ();
  n

let rec skip bytes at =
  match String.get_uint8 bytes at with
  | 97 -> at + 2
  | 98 -> at + 5
  | 99 (* FLOAT_EXT *) -> at + 32
  | 70 -> at + 9
  | 110 -> at + 3 + String.get_uint8 bytes (at + 1)
  | 111 -> at + 6 + count bytes (at + 1)
  | 118 | 100 (* ATOM_EXT *) | 107 (* STRING_EXT *) -> at + 3 + String.get_uint16_be bytes (at + 1)
  | 119 | 115 (* SMALL_ATOM_EXT *) -> at + 2 + String.get_uint8 bytes (at + 1)
  | 104 -> skip_many bytes (at + 2) (String.get_uint8 bytes (at + 1))
  | 105 -> skip_many bytes (at + 5) (count bytes (at + 1))
  | 106 -> at + 1
  | 108 -> skip_many bytes (at + 5) (count bytes (at + 1) + 1)
  | 116 -> skip_many bytes (at + 5) (2 * count bytes (at + 1))
  | 109 -> at + 5 + count bytes (at + 1)
  | 77 -> at + 6 + count bytes (at + 1)
  | 103 (* PID_EXT *) -> skip bytes (at + 1) + 9
  | 88 (* NEW_PID_EXT *) -> skip bytes (at + 1) + 12
  | 102 (* PORT_EXT *) -> skip bytes (at + 1) + 5
  | 89 (* NEW_PORT_EXT *) -> skip bytes (at + 1) + 8
  | 120 (* V4_PORT_EXT *) -> skip bytes (at + 1) + 12
  | 101 (* REFERENCE_EXT *) -> skip bytes (at + 1) + 5
  | 114 (* NEW_REFERENCE_EXT *) -> skip bytes (at + 3) + 1 + (4 * String.get_uint16_be bytes (at + 1))
  | 90 (* NEWER_REFERENCE_EXT *) -> skip bytes (at + 3) + 4 + (4 * String.get_uint16_be bytes (at + 1))
  | 113 (* EXPORT_EXT *) -> skip_many bytes (at + 1) 3
  | 112 (* NEW_FUN_EXT *) -> at + 1 + count bytes (at + 1)
  | _ -> malformed ()

and skip_many bytes at n = if n = 0 then at else skip_many bytes (skip bytes at) (n - 1)

let latin1 bytes at length =
  let buffer = Buffer.create length in
  for i = at to at + length - 1 do
    Buffer.add_utf_8_uchar buffer (Uchar.of_int (String.get_uint8 bytes i))
  done;
  Buffer.contents buffer

let atom_at bytes at =
  let short = String.get_uint8 bytes (at + 1) in
  match String.get_uint8 bytes at with
  | 119 -> String.sub bytes (at + 2) short
  | 118 -> String.sub bytes (at + 3) (String.get_uint16_be bytes (at + 1))
  | 115 -> latin1 bytes (at + 2) short
  | 100 -> latin1 bytes (at + 3) (String.get_uint16_be bytes (at + 1))
  | _ -> malformed ()

(* Older forms: creations and ports' numbers are shorter. *)

let canonical tag bytes node add_rest =
  let buffer = Buffer.create 48 in
  Buffer.add_uint8 buffer tag;
  add_rest (fun () -> add_atom buffer (atom_at bytes node)) buffer (skip bytes node);
  Buffer.contents buffer

let pid_at bytes at =
  canonical 88 bytes (at + 1) (fun add_node buffer rest ->
      add_node ();
      Buffer.add_string buffer (String.sub bytes rest 8);
      if String.get_uint8 bytes at = 88 then Buffer.add_string buffer (String.sub bytes (rest + 8) 4)
      else add_u32 buffer (String.get_uint8 bytes (rest + 8)))

(* Only a number of more than 28 bits needs the newest form, and nodes send it for no other. *)
let port_at bytes at =
  let tag = String.get_uint8 bytes at in
  let is_long =
    tag = 120
    &&
    let id = skip bytes (at + 1) in
    u32 bytes id <> 0 || u32 bytes (id + 4) >= 1 lsl 28
  in
  canonical (if is_long then 120 else 89) bytes (at + 1) (fun add_node buffer rest ->
      add_node ();
      if is_long then Buffer.add_string buffer (String.sub bytes rest 12)
      else begin
        let id = if tag = 120 then rest + 4 else rest in
        Buffer.add_string buffer (String.sub bytes id 4);
        if tag = 102 then add_u32 buffer (String.get_uint8 bytes (id + 4))
        else Buffer.add_string buffer (String.sub bytes (id + 4) 4)
      end)

let reference_at bytes at =
  let words = String.get_uint16_be bytes (at + 1) in
  match String.get_uint8 bytes at with
  | 101 ->
      canonical 90 bytes (at + 1) (fun add_node buffer rest ->
          Buffer.add_uint16_be buffer 1;
          add_node ();
          add_u32 buffer (String.get_uint8 bytes (rest + 4));
          Buffer.add_string buffer (String.sub bytes rest 4))
  | tag ->
      canonical 90 bytes (at + 3) (fun add_node buffer rest ->
          Buffer.add_uint16_be buffer words;
          add_node ();
          let ids = if tag = 90 then rest + 4 else rest + 1 in
          if tag = 90 then Buffer.add_string buffer (String.sub bytes rest 4)
          else add_u32 buffer (String.get_uint8 bytes rest);
          Buffer.add_string buffer (String.sub bytes ids (4 * words)))

(* A big integer that fits an int is one. *)
let big negative magnitude =
  let rec significant n = if n > 0 && magnitude.[n - 1] = '\000' then significant (n - 1) else n in
  let length = significant (String.length magnitude) in
  let small = length < 8 || (length = 8 && Char.code magnitude.[7] < 0x40) in
  if small then begin
    let n = ref 0 in
    for i = length - 1 downto 0 do
      n := (!n lsl 8) lor Char.code magnitude.[i]
    done;
    Int (if negative then - !n else !n)
  end
  else if negative && length = 8 && String.sub magnitude 0 8 = "\000\000\000\000\000\000\000\064" then Int min_int
  else Big { negative; magnitude = (if length = String.length magnitude then magnitude else String.sub magnitude 0 length) }

let sign bytes at = String.get_uint8 bytes at <> 0

(* The term at a place, which moves behind it. *)
let rec read bytes place =
  let at = !place in
  let upto next value =
    place := next;
    value
  in
  match String.get_uint8 bytes at with
  | 97 -> upto (at + 2) (Int (String.get_uint8 bytes (at + 1)))
  | 98 -> upto (at + 5) (Int (Int32.to_int (String.get_int32_be bytes (at + 1))))
  | 118 | 119 | 100 | 115 -> upto (skip bytes at) (Atom (atom_at bytes at))
  | 70 -> upto (at + 9) (Float (Int64.float_of_bits (String.get_int64_be bytes (at + 1))))
  | 99 -> upto (at + 32) (Float (old_float (String.sub bytes (at + 1) 31)))
  | 110 ->
      let length = String.get_uint8 bytes (at + 1) in
      upto (at + 3 + length) (big (sign bytes (at + 2)) (String.sub bytes (at + 3) length))
  | 111 ->
      let length = count bytes (at + 1) in
      upto (at + 6 + length) (big (sign bytes (at + 5)) (String.sub bytes (at + 6) length))
  | 109 ->
      let length = count bytes (at + 1) in
      upto (at + 5 + length) (Binary (String.sub bytes (at + 5) length))
  | 77 ->
      let length = count bytes (at + 1) in
      upto (at + 6 + length) (bits (String.sub bytes (at + 6) length) (String.get_uint8 bytes (at + 5)))
  | 106 -> upto (at + 1) (List [])
  | 107 ->
      let length = String.get_uint16_be bytes (at + 1) in
      upto (at + 3 + length) (List (List.init length (fun i -> Int (String.get_uint8 bytes (at + 3 + i)))))
  | 108 ->
      let length = count bytes (at + 1) in
      place := at + 5;
      let items = read_many bytes place length [] in
      (match read bytes place with List rest -> List (if rest = [] then items else items @ rest) | tail -> Improper (items, tail))
  | 104 ->
      place := at + 2;
      Tuple (read_many bytes place (String.get_uint8 bytes (at + 1)) [])
  | 105 ->
      let arity = count bytes (at + 1) in
      place := at + 5;
      Tuple (read_many bytes place arity [])
  | 116 ->
      let size = count bytes (at + 1) in
      place := at + 5;
      Map (read_bindings bytes place size [])
  | 103 | 88 -> upto (skip bytes at) (Pid (pid_at bytes at))
  | 102 | 89 | 120 -> upto (skip bytes at) (Port (port_at bytes at))
  | 101 | 114 | 90 -> upto (skip bytes at) (Reference (reference_at bytes at))
  | 112 | 113 ->
      let next = skip bytes at in
      upto next (Fun (String.sub bytes at (next - at)))
  | _ -> malformed ()

and read_many bytes place n items =
  if n = 0 then List.rev items
  else
    let item = read bytes place in
    read_many bytes place (n - 1) (item :: items)

and read_bindings bytes place n bindings =
  if n = 0 then List.rev bindings
  else
    let key = read bytes place in
    let value = read bytes place in
    read_bindings bytes place (n - 1) ((key, value) :: bindings)

and bits bytes count = if count = 8 then Binary bytes else Bits (bytes, count)

and old_float text =
  let length = match String.index_opt text '\000' with Some i -> i | None -> String.length text in
  match float_of_string_opt (String.trim (String.sub text 0 length)) with Some x -> x | None -> malformed ()

let decode bytes =
  let place = ref 0 in
  match read bytes place with
  | term when !place = String.length bytes -> term
  | _ | (exception Invalid_argument _) -> malformed ()
