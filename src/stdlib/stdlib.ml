(* The initially opened module.

   Names that begin with % are primitives of the compiler, names that begin with caml_ externals of the
   runtime; both are spelled as in OCaml and mean the same. Only CamlinternalFormatBasics comes before this
   unit. *)

(* Exceptions *)

external register_named_value : string -> 'a -> unit = "caml_register_named_value"
external raise : exn -> 'a = "%raise"
external raise_notrace : exn -> 'a = "%raise_notrace"

(* The native runtime of OCaml finds this exception by name; ours may. *)
let () = register_named_value "Pervasives.array_bound_error" (Invalid_argument "index out of bounds")

let failwith message = raise (Failure message)
let invalid_arg message = raise (Invalid_argument message)

exception Exit
exception Match_failure = Match_failure
exception Assert_failure = Assert_failure
exception Invalid_argument = Invalid_argument
exception Failure = Failure
exception Not_found = Not_found
exception Out_of_memory = Out_of_memory
exception Stack_overflow = Stack_overflow
exception Sys_error = Sys_error
exception End_of_file = End_of_file
exception Division_by_zero = Division_by_zero
exception Sys_blocked_io = Sys_blocked_io
exception Undefined_recursive_module = Undefined_recursive_module

(* Comparison *)

external ( = ) : 'a -> 'a -> bool = "%equal"
external ( <> ) : 'a -> 'a -> bool = "%notequal"
external ( < ) : 'a -> 'a -> bool = "%lessthan"
external ( > ) : 'a -> 'a -> bool = "%greaterthan"
external ( <= ) : 'a -> 'a -> bool = "%lessequal"
external ( >= ) : 'a -> 'a -> bool = "%greaterequal"
external compare : 'a -> 'a -> int = "%compare"
external ( == ) : 'a -> 'a -> bool = "%eq"
external ( != ) : 'a -> 'a -> bool = "%noteq"

let min a b = if a <= b then a else b
let max a b = if a >= b then a else b

(* Booleans *)

external not : bool -> bool = "%boolnot"
external ( && ) : bool -> bool -> bool = "%sequand"
external ( || ) : bool -> bool -> bool = "%sequor"

(* Source positions *)

external __LOC__ : string = "%loc_LOC"
external __FILE__ : string = "%loc_FILE"
external __LINE__ : int = "%loc_LINE"
external __MODULE__ : string = "%loc_MODULE"
external __POS__ : string * int * int * int = "%loc_POS"
external __FUNCTION__ : string = "%loc_FUNCTION"
external __LOC_OF__ : 'a -> string * 'a = "%loc_LOC"
external __LINE_OF__ : 'a -> int * 'a = "%loc_LINE"
external __POS_OF__ : 'a -> (string * int * int * int) * 'a = "%loc_POS"

(* Composition *)

external ( |> ) : 'a -> ('a -> 'b) -> 'b = "%revapply"
external ( @@ ) : ('a -> 'b) -> 'a -> 'b = "%apply"

(* Integers *)

external ( ~- ) : int -> int = "%negint"
external ( ~+ ) : int -> int = "%identity"
external succ : int -> int = "%succint"
external pred : int -> int = "%predint"
external ( + ) : int -> int -> int = "%addint"
external ( - ) : int -> int -> int = "%subint"
external ( * ) : int -> int -> int = "%mulint"
external ( / ) : int -> int -> int = "%divint"
external ( mod ) : int -> int -> int = "%modint"
external ( land ) : int -> int -> int = "%andint"
external ( lor ) : int -> int -> int = "%orint"
external ( lxor ) : int -> int -> int = "%xorint"
external ( lsl ) : int -> int -> int = "%lslint"
external ( lsr ) : int -> int -> int = "%lsrint"
external ( asr ) : int -> int -> int = "%asrint"

let abs n = if n < 0 then -n else n
let lnot n = n lxor -1
let max_int = -1 lsr 1
let min_int = max_int + 1

(* Floats *)

external ( ~-. ) : float -> float = "%negfloat"
external ( ~+. ) : float -> float = "%identity"
external ( +. ) : float -> float -> float = "%addfloat"
external ( -. ) : float -> float -> float = "%subfloat"
external ( *. ) : float -> float -> float = "%mulfloat"
external ( /. ) : float -> float -> float = "%divfloat"
external ( ** ) : float -> float -> float = "caml_power_float" "pow" [@@unboxed] [@@noalloc]
external sqrt : float -> float = "caml_sqrt_float" "sqrt" [@@unboxed] [@@noalloc]
external exp : float -> float = "caml_exp_float" "exp" [@@unboxed] [@@noalloc]
external log : float -> float = "caml_log_float" "log" [@@unboxed] [@@noalloc]
external log10 : float -> float = "caml_log10_float" "log10" [@@unboxed] [@@noalloc]
external expm1 : float -> float = "caml_expm1_float" "caml_expm1" [@@unboxed] [@@noalloc]
external log1p : float -> float = "caml_log1p_float" "caml_log1p" [@@unboxed] [@@noalloc]
external cos : float -> float = "caml_cos_float" "cos" [@@unboxed] [@@noalloc]
external sin : float -> float = "caml_sin_float" "sin" [@@unboxed] [@@noalloc]
external tan : float -> float = "caml_tan_float" "tan" [@@unboxed] [@@noalloc]
external acos : float -> float = "caml_acos_float" "acos" [@@unboxed] [@@noalloc]
external asin : float -> float = "caml_asin_float" "asin" [@@unboxed] [@@noalloc]
external atan : float -> float = "caml_atan_float" "atan" [@@unboxed] [@@noalloc]
external atan2 : float -> float -> float = "caml_atan2_float" "atan2" [@@unboxed] [@@noalloc]
external hypot : float -> float -> float = "caml_hypot_float" "caml_hypot" [@@unboxed] [@@noalloc]
external cosh : float -> float = "caml_cosh_float" "cosh" [@@unboxed] [@@noalloc]
external sinh : float -> float = "caml_sinh_float" "sinh" [@@unboxed] [@@noalloc]
external tanh : float -> float = "caml_tanh_float" "tanh" [@@unboxed] [@@noalloc]
external acosh : float -> float = "caml_acosh_float" "caml_acosh" [@@unboxed] [@@noalloc]
external asinh : float -> float = "caml_asinh_float" "caml_asinh" [@@unboxed] [@@noalloc]
external atanh : float -> float = "caml_atanh_float" "caml_atanh" [@@unboxed] [@@noalloc]
external ceil : float -> float = "caml_ceil_float" "ceil" [@@unboxed] [@@noalloc]
external floor : float -> float = "caml_floor_float" "floor" [@@unboxed] [@@noalloc]
external abs_float : float -> float = "%absfloat"
external copysign : float -> float -> float = "caml_copysign_float" "caml_copysign" [@@unboxed] [@@noalloc]
external mod_float : float -> float -> float = "caml_fmod_float" "fmod" [@@unboxed] [@@noalloc]
external frexp : float -> float * int = "caml_frexp_float"
external ldexp : (float[@unboxed]) -> (int[@untagged]) -> (float[@unboxed])
  = "caml_ldexp_float" "caml_ldexp_float_unboxed" [@@noalloc]
external modf : float -> float * float = "caml_modf_float"
external float : int -> float = "%floatofint"
external float_of_int : int -> float = "%floatofint"
external truncate : float -> int = "%intoffloat"
external int_of_float : float -> int = "%intoffloat"

external float_of_bits : int64 -> float = "caml_int64_float_of_bits" "caml_int64_float_of_bits_unboxed"
  [@@unboxed] [@@noalloc]

let infinity = 0x1p1023 *. 2.
let neg_infinity = -.infinity
let nan = float_of_bits 0x7FF8000000000001L
let max_float = 0x1.fffffffffffffp+1023
let min_float = 0x1p-1022
let epsilon_float = 0x1p-52

type fpclass = FP_normal | FP_subnormal | FP_zero | FP_infinite | FP_nan

external classify_float : (float[@unboxed]) -> fpclass = "caml_classify_float" "caml_classify_float_unboxed"
  [@@noalloc]

(* Strings and characters *)

external string_length : string -> int = "%string_length"
external string_get : string -> int -> char = "%string_unsafe_get"
external bytes_length : bytes -> int = "%bytes_length"
external bytes_create : int -> bytes = "caml_create_bytes"
external string_blit : string -> int -> bytes -> int -> int -> unit = "caml_blit_string" [@@noalloc]
external bytes_blit : bytes -> int -> bytes -> int -> int -> unit = "caml_blit_bytes" [@@noalloc]
external bytes_unsafe_to_string : bytes -> string = "%bytes_to_string"

let ( ^ ) a b =
  let la = string_length a and lb = string_length b in
  let result = bytes_create (la + lb) in
  string_blit a 0 result 0 la;
  string_blit b 0 result la lb;
  bytes_unsafe_to_string result

external int_of_char : char -> int = "%identity"
external unsafe_char_of_int : int -> char = "%identity"

let char_of_int n = if n < 0 || n > 255 then invalid_arg "char_of_int" else unsafe_char_of_int n

external ignore : 'a -> unit = "%ignore"

(* Conversions to and from strings *)

external format_int : string -> int -> string = "caml_format_int"
external format_float : string -> float -> string = "caml_format_float"
external int_of_string : string -> int = "caml_int_of_string"
external float_of_string : string -> float = "caml_float_of_string"

let string_of_bool b = if b then "true" else "false"

let bool_of_string_opt = function
  | "true" -> Some true
  | "false" -> Some false
  | _ -> None

let bool_of_string = function
  | "true" -> true
  | "false" -> false
  | _ -> invalid_arg "bool_of_string"

let string_of_int n = format_int "%d" n
let int_of_string_opt s = try Some (int_of_string s) with Failure _ -> None

(* A lexeme of digits and minus signs alone would read back as an integer. *)
let valid_float_lexem s =
  let length = string_length s in
  let rec looks_like_int i =
    i >= length || (match string_get s i with '0' .. '9' | '-' -> looks_like_int (i + 1) | _ -> false)
  in
  if looks_like_int 0 then s ^ "." else s

let string_of_float f = valid_float_lexem (format_float "%.12g" f)
let float_of_string_opt s = try Some (float_of_string s) with Failure _ -> None

(* Pairs, lists, references, results *)

external fst : 'a * 'b -> 'a = "%field0"
external snd : 'a * 'b -> 'b = "%field1"

let rec ( @ ) a b = match a with [] -> b | x :: rest -> x :: (rest @ b)

type 'a ref = { mutable contents : 'a }

external ref : 'a -> 'a ref = "%makemutable"
external ( ! ) : 'a ref -> 'a = "%field0"
external ( := ) : 'a ref -> 'a -> unit = "%setfield0"
external incr : int ref -> unit = "%incr"
external decr : int ref -> unit = "%decr"

type ('a, 'b) result = Ok of 'a | Error of 'b

(* Formats *)

type ('a, 'b, 'c, 'd, 'e, 'f) format6 = ('a, 'b, 'c, 'd, 'e, 'f) CamlinternalFormatBasics.format6
type ('a, 'b, 'c, 'd) format4 = ('a, 'b, 'c, 'c, 'c, 'd) format6
type ('a, 'b, 'c) format = ('a, 'b, 'c, 'c) format4

external format_of_string : ('a, 'b, 'c, 'd, 'e, 'f) format6 -> ('a, 'b, 'c, 'd, 'e, 'f) format6 = "%identity"

let string_of_format (CamlinternalFormatBasics.Format (_, text)) = text

let ( ^^ ) (CamlinternalFormatBasics.Format (fmt1, text1)) (CamlinternalFormatBasics.Format (fmt2, text2)) =
  CamlinternalFormatBasics.Format (CamlinternalFormatBasics.concat_fmt fmt1 fmt2, text1 ^ "%," ^ text2)

(* Channels *)

type in_channel
type out_channel

external open_descriptor_out : int -> out_channel = "caml_ml_open_descriptor_out"
external open_descriptor_in : int -> in_channel = "caml_ml_open_descriptor_in"

let stdin = open_descriptor_in 0
let stdout = open_descriptor_out 1
let stderr = open_descriptor_out 2

type open_flag =
  | Open_rdonly
  | Open_wronly
  | Open_append
  | Open_creat
  | Open_trunc
  | Open_excl
  | Open_binary
  | Open_text
  | Open_nonblock

external open_desc : string -> open_flag list -> int -> int = "caml_sys_open"

(* Output channels *)

let open_out_gen flags permissions name = open_descriptor_out (open_desc name flags permissions)
let open_out name = open_out_gen [ Open_wronly; Open_creat; Open_trunc; Open_text ] 0o666 name
let open_out_bin name = open_out_gen [ Open_wronly; Open_creat; Open_trunc; Open_binary ] 0o666 name

external flush : out_channel -> unit = "caml_ml_flush"
external out_channels_list : unit -> out_channel list = "caml_ml_out_channels_list"

let flush_all () =
  let rec flush_each = function
    | [] -> ()
    | channel :: rest ->
        (try flush channel with Sys_error _ -> ());
        flush_each rest
  in
  flush_each (out_channels_list ())

external unsafe_output : out_channel -> bytes -> int -> int -> unit = "caml_ml_output_bytes"
external unsafe_output_string : out_channel -> string -> int -> int -> unit = "caml_ml_output"
external output_char : out_channel -> char -> unit = "caml_ml_output_char"
external output_byte : out_channel -> int -> unit = "caml_ml_output_char"
external output_binary_int : out_channel -> int -> unit = "caml_ml_output_int"
external seek_out : out_channel -> int -> unit = "caml_ml_seek_out"
external pos_out : out_channel -> int = "caml_ml_pos_out"
external out_channel_length : out_channel -> int = "caml_ml_channel_size"
external close_out_channel : out_channel -> unit = "caml_ml_close_channel"
external set_binary_mode_out : out_channel -> bool -> unit = "caml_ml_set_binary_mode"

(* The third argument is a list of Marshal.extern_flags. *)
external output_marshalled : out_channel -> 'a -> 'b list -> unit = "caml_output_value"

let output_value channel v = output_marshalled channel v []

let output_bytes channel b = unsafe_output channel b 0 (bytes_length b)
let output_string channel s = unsafe_output_string channel s 0 (string_length s)

let output channel b offset length =
  if offset < 0 || length < 0 || offset > bytes_length b - length then invalid_arg "output"
  else unsafe_output channel b offset length

let output_substring channel s offset length =
  if offset < 0 || length < 0 || offset > string_length s - length then invalid_arg "output_substring"
  else unsafe_output_string channel s offset length

let close_out channel =
  flush channel;
  close_out_channel channel

let close_out_noerr channel =
  (try flush channel with _ -> ());
  try close_out_channel channel with _ -> ()

(* Input channels *)

let open_in_gen flags permissions name = open_descriptor_in (open_desc name flags permissions)
let open_in name = open_in_gen [ Open_rdonly; Open_text ] 0 name
let open_in_bin name = open_in_gen [ Open_rdonly; Open_binary ] 0 name

external unsafe_input : in_channel -> bytes -> int -> int -> int = "caml_ml_input"
external input_char : in_channel -> char = "caml_ml_input_char"
external input_byte : in_channel -> int = "caml_ml_input_char"
external input_binary_int : in_channel -> int = "caml_ml_input_int"
external input_scan_line : in_channel -> int = "caml_ml_input_scan_line"
external seek_in : in_channel -> int -> unit = "caml_ml_seek_in"
external pos_in : in_channel -> int = "caml_ml_pos_in"
external in_channel_length : in_channel -> int = "caml_ml_channel_size"
external close_in : in_channel -> unit = "caml_ml_close_channel"
external set_binary_mode_in : in_channel -> bool -> unit = "caml_ml_set_binary_mode"
external input_value : in_channel -> 'a = "caml_input_value"

let input channel b offset length =
  if offset < 0 || length < 0 || offset > bytes_length b - length then invalid_arg "input"
  else unsafe_input channel b offset length

let rec unsafe_really_input channel b offset length =
  if length > 0 then begin
    let read = unsafe_input channel b offset length in
    if read = 0 then raise End_of_file else unsafe_really_input channel b (offset + read) (length - read)
  end

let really_input channel b offset length =
  if offset < 0 || length < 0 || offset > bytes_length b - length then invalid_arg "really_input"
  else unsafe_really_input channel b offset length

let really_input_string channel length =
  let b = bytes_create length in
  really_input channel b 0 length;
  bytes_unsafe_to_string b

module LargeFile = struct
  external seek_out : out_channel -> int64 -> unit = "caml_ml_seek_out_64"
  external pos_out : out_channel -> int64 = "caml_ml_pos_out_64"
  external out_channel_length : out_channel -> int64 = "caml_ml_channel_size_64"
  external seek_in : in_channel -> int64 -> unit = "caml_ml_seek_in_64"
  external pos_in : in_channel -> int64 = "caml_ml_pos_in_64"
  external in_channel_length : in_channel -> int64 = "caml_ml_channel_size_64"
end

(* [pieces] are the buffers read so far, newest first, [total] bytes together. *)
let concat_line_pieces pieces total =
  let line = bytes_create total in
  let rec fill stop = function
    | [] -> ()
    | piece :: rest ->
        let length = bytes_length piece in
        bytes_blit piece 0 line (stop - length) length;
        fill (stop - length) rest
  in
  fill total pieces;
  bytes_unsafe_to_string line

(* The scan tells how many bytes there are up to and with the newline; negated when the buffer is full or the
   file ends before a newline; 0 at the end of the file. *)
let input_line channel =
  let read length =
    let b = bytes_create length in
    ignore (unsafe_input channel b 0 length);
    b
  in
  let rec collect pieces total =
    let scanned = input_scan_line channel in
    if scanned > 0 then begin
      let b = read (scanned - 1) in
      ignore (input_char channel);
      if total = 0 then bytes_unsafe_to_string b
      else concat_line_pieces (b :: pieces) (total + scanned - 1)
    end
    else if scanned < 0 then collect (read (-scanned) :: pieces) (total - scanned)
    else if total = 0 then raise End_of_file
    else concat_line_pieces pieces total
  in
  collect [] 0

let close_in_noerr channel = try close_in channel with _ -> ()

(* Standard input and output *)

let print_char c = output_char stdout c
let print_string s = output_string stdout s
let print_bytes b = output_bytes stdout b
let print_int n = output_string stdout (string_of_int n)
let print_float f = output_string stdout (string_of_float f)

let print_endline s =
  output_string stdout s;
  output_char stdout '\n';
  flush stdout

let print_newline () =
  output_char stdout '\n';
  flush stdout

let prerr_char c = output_char stderr c
let prerr_string s = output_string stderr s
let prerr_bytes b = output_bytes stderr b
let prerr_int n = output_string stderr (string_of_int n)
let prerr_float f = output_string stderr (string_of_float f)

let prerr_endline s =
  output_string stderr s;
  output_char stderr '\n';
  flush stderr

let prerr_newline () =
  output_char stderr '\n';
  flush stderr

let read_line () =
  flush stdout;
  input_line stdin

let read_int () = int_of_string (read_line ())
let read_int_opt () = int_of_string_opt (read_line ())
let read_float () = float_of_string (read_line ())
let read_float_opt () = float_of_string_opt (read_line ())

(* The end of the program *)

external sys_exit : int -> 'a = "caml_sys_exit"

let exit_function = ref flush_all

(* The newest function runs first. Each runs once, even when one raises and the exit is tried again. *)
let at_exit f =
  let older = !exit_function in
  let pending = ref true in
  exit_function :=
    fun () ->
      if !pending then begin
        pending := false;
        f ()
      end;
      older ()

let do_at_exit () = !exit_function ()

let exit status =
  do_at_exit ();
  sys_exit status

let () = register_named_value "Pervasives.do_at_exit" do_at_exit
