(* The interpreter of formats.

   A format is a list of conversions. [make_printf] walks it: text is added to an accumulator, a conversion
   becomes a function of its argument. The types of those functions depend on the format's value, which no
   plain type can say, so they are of type Obj.t here and the callers' types (Printf's interface) make them
   safe.

   Accumulators are immutable: the closures that a partial application returns can be used more than once, and
   %a, %t and output itself run only when the last argument has come. *)

open CamlinternalFormatBasics

exception Type_mismatch

type ('o, 'r) acc =
  | Acc_formatting_lit of ('o, 'r) acc * formatting_lit
  | Acc_formatting_gen of ('o, 'r) acc * ('o, 'r) acc_formatting_gen
  | Acc_string_literal of ('o, 'r) acc * string
  | Acc_char_literal of ('o, 'r) acc * char
  | Acc_data_string of ('o, 'r) acc * string
  | Acc_data_char of ('o, 'r) acc * char
  | Acc_delay of ('o, 'r) acc * ('o -> 'r)
  | Acc_flush of ('o, 'r) acc
  | Acc_invalid_arg of ('o, 'r) acc * string
  | End_of_acc

and ('o, 'r) acc_formatting_gen = Acc_open_tag of ('o, 'r) acc | Acc_open_box of ('o, 'r) acc

external format_int : string -> int -> string = "caml_format_int"
external format_int32 : string -> int32 -> string = "caml_int32_format"
external format_nativeint : string -> nativeint -> string = "caml_nativeint_format"
external format_int64 : string -> int64 -> string = "caml_int64_format"
external format_float : string -> float -> string = "caml_format_float"
external hexstring_of_float : float -> int -> char -> string = "caml_hexstring_of_float"

(* Widths and precisions *)

let is_sign = function '+' | '-' | ' ' -> true | _ -> false
let has_hex_prefix s = String.length s > 1 && s.[0] = '0' && (s.[1] = 'x' || s.[1] = 'X')

(* [s] on the right of [width] zeros, but its first [prefix] characters on their left. *)
let zero_fill s prefix width =
  let n = String.length s in
  let result = Bytes.make width '0' in
  Bytes.blit_string s 0 result 0 prefix;
  Bytes.blit_string s prefix result (width - n + prefix) (n - prefix);
  Bytes.unsafe_to_string result

(* A negative width pads on the right. *)
let pad padty width s =
  let n = String.length s in
  let padty = if width < 0 then Left else padty and width = abs width in
  if width <= n then s
  else
    match padty with
    | Left -> s ^ String.make (width - n) ' '
    | Right -> String.make (width - n) ' ' ^ s
    | Zeros ->
        let prefix = if n > 0 && is_sign s.[0] then 1 else if has_hex_prefix s then 2 else 0 in
        zero_fill s prefix width

(* The precision of an integer is its least number of digits; sign and 0x do not count. *)
let pad_digits precision s =
  let n = String.length s in
  let precision = abs precision in
  match s.[0] with
  | '+' | '-' | ' ' when precision + 1 > n -> zero_fill s 1 (precision + 1)
  | '0' when has_hex_prefix s && precision + 2 > n -> zero_fill s 2 (precision + 2)
  | '0' .. '9' | 'a' .. 'f' | 'A' .. 'F' when precision > n -> zero_fill s 0 precision
  | _ -> s

(* Integers *)

let c_format_of_int_conv prefix = function
  | Int_d | Int_Cd -> "%" ^ prefix ^ "d"
  | Int_pd -> "%+" ^ prefix ^ "d"
  | Int_sd -> "% " ^ prefix ^ "d"
  | Int_i | Int_Ci -> "%" ^ prefix ^ "i"
  | Int_pi -> "%+" ^ prefix ^ "i"
  | Int_si -> "% " ^ prefix ^ "i"
  | Int_x -> "%" ^ prefix ^ "x"
  | Int_Cx -> "%#" ^ prefix ^ "x"
  | Int_X -> "%" ^ prefix ^ "X"
  | Int_CX -> "%#" ^ prefix ^ "X"
  | Int_o -> "%" ^ prefix ^ "o"
  | Int_Co -> "%#" ^ prefix ^ "o"
  | Int_u | Int_Cu -> "%" ^ prefix ^ "u"

(* The alternative decimal forms have an underscore between groups of three digits. *)
let group_digits s =
  let n = String.length s in
  let first = if n > 0 && is_sign s.[0] then 1 else 0 in
  let digits = n - first in
  let b = Buffer.create (n + (digits / 3)) in
  String.iteri
    (fun i c ->
      if i > first && (n - i) mod 3 = 0 then Buffer.add_char b '_';
      Buffer.add_char b c)
    s;
  Buffer.contents b

let group_if_alternative conv s =
  match conv with
  | Int_Cd | Int_Ci | Int_Cu -> group_digits s
  | Int_d | Int_pd | Int_sd | Int_i | Int_pi | Int_si | Int_x | Int_Cx | Int_X | Int_CX | Int_o | Int_Co | Int_u -> s

let string_of_int_conv conv n =
  match conv with
  | Int_d -> Stdlib.string_of_int n
  | _ -> group_if_alternative conv (format_int (c_format_of_int_conv "" conv) n)

let string_of_int32_conv conv n = group_if_alternative conv (format_int32 (c_format_of_int_conv "l" conv) n)
let string_of_nativeint_conv conv n = group_if_alternative conv (format_nativeint (c_format_of_int_conv "n" conv) n)
let string_of_int64_conv conv n = group_if_alternative conv (format_int64 (c_format_of_int_conv "L" conv) n)

(* Floats *)

(* Negative: as many digits as needed, for the hexadecimal forms; its absolute value for the others. *)
let default_float_precision (_, kind) = match kind with Float_F -> 12 | _ -> -6

let letter_of_float_kind = function
  | Float_f -> "f"
  | Float_e -> "e"
  | Float_E -> "E"
  | Float_g | Float_F -> "g"
  | Float_G -> "G"
  | Float_h -> "h"
  | Float_H -> "H"
  | Float_CF -> "F"

let c_format_of_float_conv (flag, kind) precision =
  let flag = match flag with Float_flag_ -> "" | Float_flag_p -> "+" | Float_flag_s -> " " in
  "%" ^ flag ^ "." ^ Stdlib.string_of_int (abs precision) ^ letter_of_float_kind kind

let hex_sign = function Float_flag_p -> '+' | Float_flag_s -> ' ' | Float_flag_ -> '-'

(* A lexeme that OCaml reads back as a float. *)
let lexeme x s =
  match classify_float x with
  | FP_nan -> "nan"
  | FP_infinite -> if x < 0. then "neg_infinity" else "infinity"
  | FP_normal | FP_subnormal | FP_zero -> s

let is_float_mark = function '.' | 'e' | 'E' -> true | _ -> false
let with_decimal_point s = if String.exists is_float_mark s then s else s ^ "."

let string_of_float_conv ((flag, kind) as conv) precision x =
  match kind with
  | Float_h -> hexstring_of_float x precision (hex_sign flag)
  | Float_H -> String.uppercase_ascii (hexstring_of_float x precision (hex_sign flag))
  | Float_CF -> lexeme x (hexstring_of_float x precision (hex_sign flag))
  | Float_F -> lexeme x (with_decimal_point (format_float (c_format_of_float_conv conv precision) x))
  | Float_f | Float_e | Float_E | Float_g | Float_G -> format_float (c_format_of_float_conv conv precision) x

(* Characters and strings *)

let quoted_char c = "'" ^ Char.escaped c ^ "'"
let quoted_string s = "\"" ^ String.escaped s ^ "\""

let string_of_formatting_lit = function
  | Close_box -> "@]"
  | Close_tag -> "@}"
  | Break (text, _, _) -> text
  | FFlush -> "@?"
  | Force_newline -> "@\n"
  | Flush_newline -> "@."
  | Magic_size (text, _) -> text
  | Escaped_at -> "@@"
  | Escaped_percent -> "@%"
  | Scan_indic c -> "@" ^ String.make 1 c

(* A box from its description: blanks, letters, blanks, a number, blanks; all may be absent. *)
let open_box_of_string s =
  let n = String.length s in
  let rec skip accepted i = if i < n && accepted s.[i] then skip accepted (i + 1) else i in
  let is_blank = function ' ' | '\t' -> true | _ -> false in
  let letters = skip is_blank 0 in
  let letters_end = skip (function 'a' .. 'z' -> true | _ -> false) letters in
  let number = skip is_blank letters_end in
  let number_end = skip (function '0' .. '9' | '-' -> true | _ -> false) number in
  let invalid () = failwith ("invalid box description " ^ quoted_string s) in
  let offset =
    if number = number_end then 0
    else match int_of_string_opt (String.sub s number (number_end - number)) with Some n -> n | None -> invalid ()
  in
  if skip is_blank number_end <> n then invalid ();
  match String.sub s letters (letters_end - letters) with
  | "" | "b" -> (offset, Pp_box)
  | "h" -> (offset, Pp_hbox)
  | "v" -> (offset, Pp_vbox)
  | "hv" -> (offset, Pp_hvbox)
  | "hov" -> (offset, Pp_hovbox)
  | _ -> invalid ()

let rec string_of_fmtty = function
  | Char_ty rest -> "%c" ^ string_of_fmtty rest
  | String_ty rest -> "%s" ^ string_of_fmtty rest
  | Int_ty rest -> "%i" ^ string_of_fmtty rest
  | Int32_ty rest -> "%li" ^ string_of_fmtty rest
  | Nativeint_ty rest -> "%ni" ^ string_of_fmtty rest
  | Int64_ty rest -> "%Li" ^ string_of_fmtty rest
  | Float_ty rest -> "%f" ^ string_of_fmtty rest
  | Bool_ty rest -> "%B" ^ string_of_fmtty rest
  | Format_arg_ty (ty, rest) -> "%{" ^ string_of_fmtty ty ^ "%}" ^ string_of_fmtty rest
  | Format_subst_ty (ty, _, rest) -> "%(" ^ string_of_fmtty ty ^ "%)" ^ string_of_fmtty rest
  | Alpha_ty rest -> "%a" ^ string_of_fmtty rest
  | Theta_ty rest -> "%t" ^ string_of_fmtty rest
  | Any_ty rest -> "%?" ^ string_of_fmtty rest
  | Reader_ty rest -> "%r" ^ string_of_fmtty rest
  | Ignored_reader_ty rest -> "%_r" ^ string_of_fmtty rest
  | End_of_fmtty -> ""

(* The arguments of one conversion: perhaps a width, perhaps a precision, then the value. [finish] gets the
   text and goes on with the rest of the format. *)

let padded padding to_string finish =
  match padding with
  | No_padding -> Obj.repr (fun v -> finish (to_string v))
  | Lit_padding (padty, width) -> Obj.repr (fun v -> finish (pad padty width (to_string v)))
  | Arg_padding padty -> Obj.repr (fun width v -> finish (pad padty width (to_string v)))

(* [to_string] takes the precision, [default] when there is none. *)
let number padding precision default to_string finish =
  match padding, precision with
  | _, No_precision -> padded padding (to_string default) finish
  | _, Lit_precision p -> padded padding (to_string p) finish
  | No_padding, Arg_precision -> Obj.repr (fun p v -> finish (to_string p v))
  | Lit_padding (padty, w), Arg_precision -> Obj.repr (fun p v -> finish (pad padty w (to_string p v)))
  | Arg_padding padty, Arg_precision -> Obj.repr (fun w p v -> finish (pad padty w (to_string p v)))

(* No integer has fewer than no digits. *)
let integer padding precision to_string finish =
  number padding precision 0 (fun p v -> pad_digits p (to_string v)) finish

(* The interpreter. [k] is what to do with the whole accumulator; [acc] is what comes before [fmt]. *)

let rec interpret k acc fmt =
  match fmt with
  | End_of_format -> k acc
  | String_literal (text, rest) -> interpret k (Acc_string_literal (acc, text)) rest
  | Char_literal (c, rest) -> interpret k (Acc_char_literal (acc, c)) rest
  | Formatting_lit (lit, rest) -> interpret k (Acc_formatting_lit (acc, lit)) rest
  | Flush rest -> interpret k (Acc_flush acc) rest
  | Char rest -> Obj.repr (fun c -> interpret k (Acc_data_char (acc, c)) rest)
  | Caml_char rest -> Obj.repr (fun c -> data k acc rest (quoted_char c))
  | String (padding, rest) -> padded padding (fun s -> s) (data k acc rest)
  | Caml_string (padding, rest) -> padded padding quoted_string (data k acc rest)
  | Bool (padding, rest) -> padded padding string_of_bool (data k acc rest)
  | Int (conv, padding, precision, rest) -> integer padding precision (string_of_int_conv conv) (data k acc rest)
  | Int32 (conv, padding, precision, rest) ->
      integer padding precision (string_of_int32_conv conv) (data k acc rest)
  | Nativeint (conv, padding, precision, rest) ->
      integer padding precision (string_of_nativeint_conv conv) (data k acc rest)
  | Int64 (conv, padding, precision, rest) ->
      integer padding precision (string_of_int64_conv conv) (data k acc rest)
  | Float (conv, padding, precision, rest) ->
      number padding precision (default_float_precision conv) (string_of_float_conv conv) (data k acc rest)
  | Alpha rest -> Obj.repr (fun f x -> interpret k (Acc_delay (acc, fun o -> f o x)) rest)
  | Theta rest -> Obj.repr (fun f -> interpret k (Acc_delay (acc, f)) rest)
  | Format_arg (_, ty, rest) ->
      let text = string_of_fmtty ty in
      Obj.repr (fun _ -> data k acc rest text)
  | Format_subst (_, _, rest) -> Obj.repr (fun (Format (fmt, _)) -> interpret k acc (concat_fmt fmt rest))
  | Formatting_gen (Open_tag (Format (fmt, _)), rest) ->
      interpret (fun inner -> interpret k (Acc_formatting_gen (acc, Acc_open_tag inner)) rest) End_of_acc fmt
  | Formatting_gen (Open_box (Format (fmt, _)), rest) ->
      interpret (fun inner -> interpret k (Acc_formatting_gen (acc, Acc_open_box inner)) rest) End_of_acc fmt
  | Scan_char_set (_, _, rest) ->
      Obj.repr (fun _ -> interpret k (Acc_invalid_arg (acc, "Printf: bad conversion %[")) rest)
  | Scan_get_counter (_, rest) -> Obj.repr (fun n -> data k acc rest (format_int "%u" n))
  | Scan_next_char rest -> Obj.repr (fun c -> interpret k (Acc_data_char (acc, c)) rest)
  | Ignored_param (ignored, rest) -> ignored_param k acc ignored rest
  | Custom (arity, f, rest) -> custom k acc arity (Obj.repr (f ())) rest
  | Reader _ -> assert false

and data k acc rest s = interpret k (Acc_data_string (acc, s)) rest

(* %_d and its like are for reading: printing them is an error, which appears when the text is put out. *)
and ignored_param k acc ignored rest =
  match ignored with
  | Ignored_reader -> assert false
  | Ignored_format_subst (_, ty) -> arguments_of_fmtty k acc ty rest
  | _ -> interpret k (Acc_invalid_arg (acc, "Printf: bad conversion %_")) rest

and arguments_of_fmtty k acc ty rest =
  match ty with
  | End_of_fmtty -> interpret k (Acc_invalid_arg (acc, "Printf: bad conversion %_")) rest
  | Char_ty ty | String_ty ty | Int_ty ty | Int32_ty ty | Nativeint_ty ty | Int64_ty ty | Float_ty ty
  | Bool_ty ty | Theta_ty ty | Any_ty ty
  | Format_arg_ty (_, ty) ->
      Obj.repr (fun _ -> arguments_of_fmtty k acc ty rest)
  | Alpha_ty ty -> Obj.repr (fun _ _ -> arguments_of_fmtty k acc ty rest)
  | Format_subst_ty (_, sub, ty) -> Obj.repr (fun _ -> arguments_of_fmtty k acc (concat_fmtty sub ty) rest)
  | Reader_ty _ | Ignored_reader_ty _ -> assert false

(* [f] takes as many arguments as [arity] says and returns a string. *)
and custom k acc arity f rest =
  match arity with
  | Custom_zero -> data k acc rest (Obj.obj f : string)
  | Custom_succ arity -> Obj.repr (fun x -> custom k acc arity ((Obj.obj f : Obj.t -> Obj.t) x) rest)

let make_printf k acc fmt = Obj.obj (interpret (fun acc -> Obj.repr (k acc)) acc fmt)

(* Nothing is printed, but %a and %t still take their arguments. *)
let make_iprintf k o fmt = Obj.obj (interpret (fun _ -> Obj.repr (k o)) End_of_acc fmt)

(* Output *)

(* Puts out an accumulator with these operations; [delayed] runs what %a and %t left. *)
let put_acc add_string add_char delayed flush acc =
  let rec put acc =
    match acc with
    | End_of_acc -> ()
    | Acc_string_literal (before, s) | Acc_data_string (before, s) ->
        put before;
        add_string s
    | Acc_char_literal (before, c) | Acc_data_char (before, c) ->
        put before;
        add_char c
    | Acc_delay (before, f) ->
        put before;
        delayed f
    | Acc_flush before ->
        put before;
        flush ()
    | Acc_formatting_lit (before, lit) ->
        put before;
        add_string (string_of_formatting_lit lit)
    | Acc_formatting_gen (before, Acc_open_tag inner) ->
        put before;
        add_string "@{";
        put inner
    | Acc_formatting_gen (before, Acc_open_box inner) ->
        put before;
        add_string "@[";
        put inner
    | Acc_invalid_arg (before, message) ->
        put before;
        invalid_arg message
  in
  put acc

let output_acc channel acc =
  put_acc (output_string channel) (output_char channel) (fun f -> f channel) (fun () -> flush channel) acc

let bufput_acc b acc = put_acc (Buffer.add_string b) (Buffer.add_char b) (fun f -> f b) ignore acc
let strput_acc b acc = put_acc (Buffer.add_string b) (Buffer.add_char b) (fun f -> Buffer.add_string b (f ())) ignore acc
