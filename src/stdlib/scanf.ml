(* Formatted input.

   A format is walked while input is read: text must be there, a conversion reads one value. The values are kept untyped,
   newest first, until the whole format has been read; then the receiver is applied to them. Its type and
   the format's, in scanf.mli, make that safe. *)

open CamlinternalFormatBasics
open CamlinternalFormat

(* Input, one character ahead *)

module Scanning = struct
  type file_name = string
  type origin = File of file_name * Stdlib.in_channel | Channel of Stdlib.in_channel | Function | String

  (* [next] raises End_of_file; [ahead] is the next character when [has_ahead]. [token] are the characters of the
     value that is being read. *)
  type in_channel = {
    origin : origin;
    next : unit -> char;
    mutable ahead : char;
    mutable has_ahead : bool;
    mutable at_end : bool;
    mutable chars : int;
    mutable lines : int;
    mutable tokens : int;
    token : Buffer.t;
  }

  type scanbuf = in_channel

  let make origin next =
    {
      origin;
      next;
      ahead = '\000';
      has_ahead = false;
      at_end = false;
      chars = 0;
      lines = 0;
      tokens = 0;
      token = Buffer.create 64;
    }

  let from_function next = make Function next

  let from_string s =
    let at = ref 0 in
    make String (fun () ->
        if !at >= String.length s then raise End_of_file;
        incr at;
        String.unsafe_get s (!at - 1))

  let buffer_size = 1024

  (* Reads as much as there is. [at_end] is called once the channel has ended. *)
  let from_in_channel origin channel at_end =
    let buffer = Bytes.create buffer_size in
    let at = ref 0 and stop = ref 0 and ended = ref false in
    make origin (fun () ->
        if !at >= !stop then begin
          if !ended then raise End_of_file;
          at := 0;
          stop := input channel buffer 0 buffer_size;
          if !stop = 0 then begin
            ended := true;
            at_end channel;
            raise End_of_file
          end
        end;
        incr at;
        Bytes.unsafe_get buffer (!at - 1))

  let from_channel channel = from_in_channel (Channel channel) channel ignore
  let stdin = from_in_channel (File ("-", Stdlib.stdin)) Stdlib.stdin ignore

  let open_with open_file = function
    | "-" -> stdin
    | name ->
        let channel = open_file name in
        from_in_channel (File (name, channel)) channel Stdlib.close_in

  let open_in name = open_with Stdlib.open_in name
  let open_in_bin name = open_with Stdlib.open_in_bin name
  let from_file = open_in
  let from_file_bin = open_in_bin

  let close_in input =
    match input.origin with File (_, channel) | Channel channel -> Stdlib.close_in channel | Function | String -> ()

  let name_of_input input =
    match input.origin with
    | File (name, _) -> name
    | Channel _ -> "unnamed Stdlib input channel"
    | Function -> "unnamed function"
    | String -> "unnamed character string"

  let read_ahead input =
    match input.next () with
    | c ->
        input.ahead <- c;
        input.has_ahead <- true;
        input.chars <- input.chars + 1;
        if c = '\n' then input.lines <- input.lines + 1
    | exception End_of_file ->
        input.ahead <- '\000';
        input.has_ahead <- true;
        input.at_end <- true

  (* The next character; '\000' at the end. *)
  let peek input =
    if not input.has_ahead then read_ahead input;
    input.ahead

  let end_of_input input =
    ignore (peek input);
    input.at_end

  let peek_or_raise input =
    let c = peek input in
    if input.at_end then raise End_of_file;
    c

  let beginning_of_input input = input.chars = 0
  let skip input = input.has_ahead <- false
  let char_count input = if input.has_ahead && not input.at_end then input.chars - 1 else input.chars

  (* These take and return the width that is left. *)

  let ignore_char input width =
    skip input;
    width - 1

  let store input width =
    Buffer.add_char input.token input.ahead;
    ignore_char input width

  let store_as input width c =
    Buffer.add_char input.token c;
    ignore_char input width

  let take_token input =
    let token = Buffer.contents input.token in
    Buffer.clear input.token;
    input.tokens <- input.tokens + 1;
    token
end

open Scanning

type ('a, 'b, 'c, 'd) scanner = ('a, Scanning.in_channel, 'b, 'c, 'a -> 'd, 'd) format6 -> 'c
type ('a, 'b, 'c, 'd) scanner_opt = ('a, Scanning.in_channel, 'b, 'c, 'a -> 'd option, 'd) format6 -> 'c

exception Scan_failure of string

let fail message = raise (Scan_failure message)

(* Text of the format *)

let mismatch expected found =
  fail ("looking for '" ^ Char.escaped expected ^ "', found '" ^ Char.escaped found ^ "'")

let rec skip_blanks input =
  match peek input with
  | ' ' | '\t' | '\n' | '\r' ->
      skip input;
      skip_blanks input
  | _ -> ()

let check_this_char input c =
  let found = peek_or_raise input in
  if found = c then skip input else mismatch c found

(* A space stands for any blanks, a newline for either kind of newline. *)
let check_char input c =
  match c with
  | ' ' -> skip_blanks input
  | '\n' ->
      if peek_or_raise input = '\r' then skip input;
      check_this_char input '\n'
  | c -> check_this_char input c

let check_string input s = String.iter (check_char input) s

(* Integers *)

let too_short what = fail ("scanning of " ^ what ^ " failed: the specified length was too short for token")
let is_decimal = function '0' .. '9' -> true | _ -> false
let is_binary = function '0' | '1' -> true | _ -> false
let is_octal = function '0' .. '7' -> true | _ -> false
let is_hexadecimal = function '0' .. '9' | 'a' .. 'f' | 'A' .. 'F' -> true | _ -> false

(* Digits and underscores, which are left out. *)
let rec scan_more_digits is_digit input width =
  if width = 0 then width
  else
    match peek input with
    | _ when input.at_end -> width
    | '_' -> scan_more_digits is_digit input (ignore_char input width)
    | c when is_digit c -> scan_more_digits is_digit input (store input width)
    | _ -> width

let scan_decimal_digits input width =
  if width = 0 then too_short "decimal digits";
  let c = peek_or_raise input in
  if is_decimal c then scan_more_digits is_decimal input (store input width)
  else fail ("character '" ^ Char.escaped c ^ "' is not a decimal digit")

let scan_digits basis is_digit input width =
  if width = 0 then too_short "digits";
  let c = peek_or_raise input in
  if is_digit c then scan_more_digits is_digit input (store input width)
  else fail ("character '" ^ Char.escaped c ^ "' is not a valid " ^ basis ^ " digit")

let scan_hexadecimal_digits = scan_digits "hexadecimal" is_hexadecimal
let scan_sign input width = match peek_or_raise input with '+' | '-' -> store input width | _ -> width
let scan_signed_decimal input width = scan_decimal_digits input (scan_sign input width)

(* An integer literal, with a prefix for its base. *)
let scan_unsigned_literal input width =
  match peek_or_raise input with
  | '0' -> (
      let width = store input width in
      if width = 0 then width
      else
        match peek input with
        | _ when input.at_end -> width
        | 'x' | 'X' -> scan_hexadecimal_digits input (store input width)
        | 'o' -> scan_digits "octal" is_octal input (store input width)
        | 'b' -> scan_digits "binary" is_binary input (store input width)
        | _ -> scan_more_digits is_decimal input width)
  | _ -> scan_decimal_digits input width

let scan_literal input width = scan_unsigned_literal input (scan_sign input width)

(* Returns the number's text as OCaml would write it. *)
let scan_integer conv input width =
  match conv with
  | Int_i | Int_pi | Int_si | Int_Ci ->
      ignore (scan_literal input width);
      take_token input
  | Int_d | Int_pd | Int_sd | Int_Cd ->
      ignore (scan_signed_decimal input width);
      take_token input
  | Int_u | Int_Cu ->
      ignore (scan_decimal_digits input width);
      "0u" ^ take_token input
  | Int_o | Int_Co ->
      ignore (scan_digits "octal" is_octal input width);
      "0o" ^ take_token input
  | Int_x | Int_Cx | Int_X | Int_CX ->
      ignore (scan_hexadecimal_digits input width);
      "0x" ^ take_token input

(* Floats *)

let no_decimal () = fail "no dot or exponent part found in float token"
let no_hexadecimal () = fail "not a valid float in hexadecimal notation"
let is_over input width = width = 0 || end_of_input input

(* At most [precision] digits. *)
let scan_fraction is_digit input width precision =
  let precision = min width precision in
  width - (precision - scan_more_digits is_digit input precision)

let scan_exponent input width =
  if width = 0 then width
  else
    match peek input with
    | ('e' | 'E') when not input.at_end -> scan_signed_decimal input (store input width)
    | _ -> width

(* %f: all parts may be missing. *)
let scan_float input width precision =
  let width = scan_more_digits is_decimal input (scan_sign input width) in
  if is_over input width then width
  else if peek input = '.' then
    scan_exponent input (scan_fraction is_decimal input (store input width) precision)
  else scan_exponent input width

let scan_binary_exponent input width =
  let width = store input width in
  if is_over input width then no_hexadecimal () else scan_signed_decimal input width

let is_binary_exponent c = c = 'p' || c = 'P'

(* What follows the digits before the point of a hexadecimal float; [bare] when it is neither point nor exponent. *)
let scan_hexadecimal_rest input width precision bare =
  match peek input with
  | '.' -> (
      let width = store input width in
      if is_over input width then width
      else
        let width =
          if is_binary_exponent (peek input) then width else scan_fraction is_hexadecimal input width precision
        in
        if is_over input width then width
        else match peek input with 'p' | 'P' -> scan_binary_exponent input width | _ -> width)
  | 'p' | 'P' -> scan_binary_exponent input width
  | _ -> bare width

(* These letters, in either case. *)
let scan_word input width word =
  let letter width c =
    if Char.lowercase_ascii (peek input) <> c || width = 0 then no_hexadecimal ();
    store input width
  in
  String.fold_left letter width word

(* %h: 0x1.8p3, nan, infinity *)
let scan_hexadecimal_float input width precision =
  if is_over input width then no_hexadecimal ();
  let width = scan_sign input width in
  if is_over input width then no_hexadecimal ();
  match peek input with
  | '0' -> (
      let width = scan_word input (store input width) "x" in
      if is_over input width then width
      else
        let width =
          match peek input with '.' | 'p' | 'P' -> width | _ -> scan_hexadecimal_digits input width
        in
        if is_over input width then width else scan_hexadecimal_rest input width precision (fun width -> width))
  | 'n' | 'N' -> scan_word input width "nan"
  | 'i' | 'I' -> scan_word input width "infinity"
  | _ -> no_hexadecimal ()

let scan_caml_decimal input width precision =
  let width = scan_more_digits is_decimal input width in
  if is_over input width then no_decimal ();
  match peek input with
  | '.' -> scan_exponent input (scan_fraction is_decimal input (store input width) precision)
  | 'e' | 'E' -> scan_exponent input width
  | _ -> no_decimal ()

let scan_caml_hexadecimal input width precision =
  let width = store input width in
  if is_over input width then no_decimal ();
  let width = scan_hexadecimal_digits input width in
  if is_over input width then no_decimal ();
  scan_hexadecimal_rest input width precision (fun _ -> no_decimal ())

(* %F: as OCaml writes floats, with a point or an exponent. *)
let scan_caml_float input width precision =
  if is_over input width then no_decimal ();
  let width = scan_sign input width in
  if is_over input width then no_decimal ();
  match peek input with
  | '0' -> (
      let width = store input width in
      if is_over input width then no_decimal ();
      match peek input with
      | 'x' | 'X' -> scan_caml_hexadecimal input width precision
      | _ -> scan_caml_decimal input width precision)
  | '1' .. '9' -> scan_caml_decimal input (store input width) precision
  | _ -> no_decimal ()

let scan_float_conv (_, kind) input width precision =
  let scan =
    match kind with
    | Float_f | Float_e | Float_E | Float_g | Float_G -> scan_float
    | Float_F | Float_CF -> scan_caml_float
    | Float_h | Float_H -> scan_hexadecimal_float
  in
  ignore (scan input width precision);
  float_of_string (take_token input)

(* Words *)

(* [stop] ends the word and is read; without it a blank ends the word and is not. *)
let rec scan_word_until stop input width =
  if width > 0 then
    let c = peek input in
    if not input.at_end then
      match stop with
      | Some stop when c = stop -> skip input
      | Some _ -> scan_word_until stop input (store input width)
      | None -> (
          match c with
          | ' ' | '\t' | '\n' | '\r' -> ()
          | _ -> scan_word_until stop input (store input width))

let scan_bool input =
  let length =
    match peek_or_raise input with
    | 't' -> 4
    | 'f' -> 5
    | c -> fail ("the character '" ^ Char.escaped c ^ "' cannot start a boolean")
  in
  scan_word_until None input length;
  match take_token input with
  | "true" -> true
  | "false" -> false
  | word -> fail ("invalid boolean '" ^ word ^ "'")

let is_in_set set c = Char.code set.[Char.code c lsr 3] land (1 lsl (Char.code c land 7)) <> 0

(* [stop] must follow, unless the input ends. *)
let scan_set set stop input width =
  let rec scan width =
    if width > 0 then
      let c = peek input in
      if (not input.at_end) && is_in_set set c then scan (store input width)
  in
  scan width;
  match stop with
  | Some stop when not (end_of_input input) ->
      let c = peek input in
      if c = stop then skip input else mismatch stop c
  | _ -> ()

(* Characters and strings as OCaml writes them *)

(* The next character of a [what]. *)
let peek_inside what input width =
  if width = 0 then too_short what;
  let c = peek input in
  if input.at_end then
    fail ("scanning of " ^ what ^ " failed: premature end of file occurred before end of token");
  c

let hexadecimal_value = function
  | '0' .. '9' as c -> Char.code c - Char.code '0'
  | 'a' .. 'f' as c -> Char.code c - Char.code 'a' + 10
  | c -> Char.code c - Char.code 'A' + 10

let decimal_escape a b c =
  let digit c = Char.code c - Char.code '0' in
  let code = (100 * digit a) + (10 * digit b) + digit c in
  if code > 255 then
    fail ("bad character decimal encoding \\" ^ String.make 1 a ^ String.make 1 b ^ String.make 1 c);
  Char.chr code

let illegal_escape c = fail ("illegal escape character '" ^ Char.escaped c ^ "'")

(* After a backslash. The escape counts as one character of the width. *)
let scan_escape what input width =
  let following is_digit =
    skip input;
    let c = peek input in
    if is_digit c then c else illegal_escape c
  in
  match peek_inside what input width with
  | ('\\' | '\'' | '"') as c -> store_as input width c
  | 'n' -> store_as input width '\n'
  | 't' -> store_as input width '\t'
  | 'b' -> store_as input width '\b'
  | 'r' -> store_as input width '\r'
  | '0' .. '9' as a ->
      let b = following is_decimal in
      let c = following is_decimal in
      store_as input (width - 2) (decimal_escape a b c)
  | 'x' ->
      let a = following is_hexadecimal in
      let b = following is_hexadecimal in
      store_as input (width - 2) (Char.chr ((16 * hexadecimal_value a) + hexadecimal_value b))
  | c -> illegal_escape c

let check_quote quote input width =
  let c = peek_or_raise input in
  if c = quote then ignore_char input width else mismatch quote c

let char_token = "a Char"

let scan_caml_char input width =
  let width = check_quote '\'' input width in
  let width =
    match peek_inside char_token input width with
    | '\\' -> scan_escape char_token input (ignore_char input width)
    | _ -> store input width
  in
  let c = peek_inside char_token input width in
  if c = '\'' then skip input else mismatch '\'' c

let string_token = "a String"

let rec scan_string_body input width =
  match peek_inside string_token input width with
  | '"' -> skip input
  | '\\' -> scan_string_escape input (ignore_char input width)
  | _ -> scan_string_body input (store input width)

(* A backslash before a newline hides it, and the blanks that follow. *)
and scan_string_escape input width =
  match peek_inside string_token input width with
  | '\r' -> (
      let width = ignore_char input width in
      match peek_inside string_token input width with
      | '\n' -> skip_indentation input (ignore_char input width)
      | _ -> scan_string_body input (store_as_is input '\r' width))
  | '\n' -> skip_indentation input (ignore_char input width)
  | _ -> scan_string_body input (scan_escape string_token input width)

and store_as_is input c width =
  Buffer.add_char input.token c;
  width

and skip_indentation input width =
  match peek_inside string_token input width with
  | ' ' -> skip_indentation input (ignore_char input width)
  | _ -> scan_string_body input width

let scan_caml_string input width = scan_string_body input (check_quote '"' input width)

(* Conversions *)

let bad_conversion conversion = invalid_arg ("scanf: bad conversion \"%" ^ conversion ^ "\"")

let width_of_padding = function
  | No_padding -> max_int
  | Lit_padding ((Right | Zeros), width) -> width
  | Lit_padding (Left, _) -> bad_conversion "-"
  | Arg_padding _ -> bad_conversion "*"

let digits_of_precision = function
  | No_precision -> max_int
  | Lit_precision digits -> digits
  | Arg_precision -> bad_conversion "*"

let width_of_option = function None -> max_int | Some width -> width

(* What an indication @c after %s or %[ means: where to stop, and what must follow. *)
let stop_of_formatting_lit lit =
  match lit with
  | Escaped_percent -> ('%', "")
  | lit ->
      let s = string_of_formatting_lit lit in
      (s.[1], String.sub s 2 (String.length s - 2))

let counter_value counter input =
  match counter with
  | Line_counter -> input.lines
  | Char_counter -> char_count input
  | Token_counter -> input.tokens

let padding_of_option = function None -> No_padding | Some width -> Lit_padding (Right, width)
let precision_of_option = function None -> No_precision | Some digits -> Lit_precision digits

(* %_d reads as %d; the value is dropped. *)
let used_instead ignored rest =
  match ignored with
  | Ignored_char -> Char rest
  | Ignored_caml_char -> Caml_char rest
  | Ignored_string width -> String (padding_of_option width, rest)
  | Ignored_caml_string width -> Caml_string (padding_of_option width, rest)
  | Ignored_int (conv, width) -> Int (conv, padding_of_option width, No_precision, rest)
  | Ignored_int32 (conv, width) -> Int32 (conv, padding_of_option width, No_precision, rest)
  | Ignored_nativeint (conv, width) -> Nativeint (conv, padding_of_option width, No_precision, rest)
  | Ignored_int64 (conv, width) -> Int64 (conv, padding_of_option width, No_precision, rest)
  | Ignored_float (width, digits) ->
      Float ((Float_flag_, Float_f), padding_of_option width, precision_of_option digits, rest)
  | Ignored_bool width -> Bool (padding_of_option width, rest)
  | Ignored_format_arg (width, ty) -> Format_arg (width, ty, rest)
  | Ignored_format_subst (width, ty) -> Format_subst (width, ty, rest)
  | Ignored_reader -> Reader rest
  | Ignored_scan_char_set (width, set) -> Scan_char_set (width, set, rest)
  | Ignored_scan_get_counter counter -> Scan_get_counter (counter, rest)
  | Ignored_scan_next_char -> Scan_next_char rest

let scanned_string scan input width =
  scan input width;
  take_token input

(* Text of a format's type, as OCaml writes strings. *)
let scan_format_text input width = scanned_string scan_caml_string input (width_of_option width)

(* Where values go: newest first, or nowhere, or past the next one. *)
type values = { mutable kept : Obj.t list; mutable drop_next : bool }

let keep values v = if values.drop_next then values.drop_next <- false else values.kept <- Obj.repr v :: values.kept

(* [readers] are the functions for the %r to come. *)
let rec scan input values readers fmt =
  let continue v rest =
    keep values v;
    scan input values readers rest
  in
  match fmt with
  | End_of_format -> ()
  | Char rest ->
      ignore (peek_or_raise input);
      ignore (store input max_int);
      continue (take_token input).[0] rest
  | Caml_char rest ->
      scan_caml_char input max_int;
      continue (take_token input).[0] rest
  | String (padding, Formatting_lit (lit, rest)) ->
      let stop, following = stop_of_formatting_lit lit in
      scan_delimited input values (scan_word_until (Some stop)) (width_of_padding padding) following readers rest
  | String (padding, Formatting_gen (Open_box (Format (inner, _)), rest)) ->
      scan_delimited input values (scan_word_until (Some '[')) (width_of_padding padding) "" readers
        (concat_fmt inner rest)
  | String (padding, Formatting_gen (Open_tag (Format (inner, _)), rest)) ->
      scan_delimited input values (scan_word_until (Some '{')) (width_of_padding padding) "" readers
        (concat_fmt inner rest)
  | String (padding, rest) ->
      continue (scanned_string (scan_word_until None) input (width_of_padding padding)) rest
  | Caml_string (padding, rest) -> continue (scanned_string scan_caml_string input (width_of_padding padding)) rest
  | Scan_char_set (width, set, Formatting_lit (lit, rest)) ->
      let stop, following = stop_of_formatting_lit lit in
      scan_delimited input values (scan_set set (Some stop)) (width_of_option width) following readers rest
  | Scan_char_set (width, set, rest) ->
      continue (scanned_string (scan_set set None) input (width_of_option width)) rest
  | Int (conv, padding, precision, rest) -> continue (int_of_string (number input conv padding precision)) rest
  | Int32 (conv, padding, precision, rest) -> continue (Int32.of_string (number input conv padding precision)) rest
  | Nativeint (conv, padding, precision, rest) ->
      continue (Nativeint.of_string (number input conv padding precision)) rest
  | Int64 (conv, padding, precision, rest) -> continue (Int64.of_string (number input conv padding precision)) rest
  | Float (conv, padding, precision, rest) ->
      continue (scan_float_conv conv input (width_of_padding padding) (digits_of_precision precision)) rest
  | Bool (padding, rest) ->
      ignore (width_of_padding padding);
      continue (scan_bool input) rest
  | Scan_get_counter (counter, rest) -> continue (counter_value counter input) rest
  | Scan_next_char rest -> continue (peek_or_raise input) rest
  | Flush rest ->
      if not (end_of_input input) then fail "end of input not found";
      scan input values readers rest
  | Char_literal (c, rest) ->
      check_char input c;
      scan input values readers rest
  | String_literal (s, rest) ->
      check_string input s;
      scan input values readers rest
  | Formatting_lit (lit, rest) ->
      check_string input (string_of_formatting_lit lit);
      scan input values readers rest
  | Formatting_gen (Open_tag (Format (inner, _)), rest) ->
      check_string input "@{";
      scan input values readers (concat_fmt inner rest)
  | Formatting_gen (Open_box (Format (inner, _)), rest) ->
      check_string input "@[";
      scan input values readers (concat_fmt inner rest)
  | Format_arg (width, ty, rest) ->
      continue (format_of_text (scan_format_text input width) ty) rest
  | Format_subst (width, ty, rest) ->
      let text = scan_format_text input width in
      let (Format (inner, _)) as format =
        match CamlinternalFormatParse.format_of_string_opt text ty with
        | Some format -> format
        | None -> raise Type_mismatch
        | exception Failure message -> fail message
      in
      continue format (concat_fmt inner rest)
  | Reader rest -> (
      match readers with
      | read :: readers ->
          keep values ((Obj.obj read : in_channel -> Obj.t) input);
          scan input values readers rest
      | [] -> assert false)
  | Ignored_param (ignored, rest) ->
      values.drop_next <- true;
      scan input values readers (used_instead ignored rest)
  | Alpha _ -> bad_conversion "a"
  | Theta _ -> bad_conversion "t"
  | Custom _ -> invalid_arg "scanf: bad conversion \"%?\" (custom converter)"

and scan_delimited input values scan_text width following readers rest =
  keep values (scanned_string scan_text input width);
  check_string input following;
  scan input values readers rest

and number input conv padding precision =
  let width = width_of_padding padding in
  ignore (digits_of_precision precision);
  scan_integer conv input width

(* What is wrong with the text of a format is wrong with the input. *)
and format_of_text text ty = try CamlinternalFormatParse.format_of_string_fmtty text ty with Failure m -> fail m

(* How many functions for %r come before the receiver. *)

let rec readers_of_fmtty = function
  | End_of_fmtty -> 0
  | Reader_ty rest | Ignored_reader_ty rest -> 1 + readers_of_fmtty rest
  | Format_subst_ty (ty, _, rest) -> readers_of_fmtty ty + readers_of_fmtty rest
  | Char_ty rest | String_ty rest | Int_ty rest | Int32_ty rest | Nativeint_ty rest | Int64_ty rest | Float_ty rest
  | Bool_ty rest | Alpha_ty rest | Theta_ty rest | Any_ty rest
  | Format_arg_ty (_, rest) ->
      readers_of_fmtty rest

let rec readers_of_fmt = function
  | End_of_format -> 0
  | Reader rest | Ignored_param (Ignored_reader, rest) -> 1 + readers_of_fmt rest
  | Format_subst (_, ty, rest) | Ignored_param (Ignored_format_subst (_, ty), rest) ->
      readers_of_fmtty ty + readers_of_fmt rest
  | Formatting_gen ((Open_tag (Format (inner, _)) | Open_box (Format (inner, _))), rest) ->
      readers_of_fmt inner + readers_of_fmt rest
  | Char rest | Caml_char rest | String (_, rest) | Caml_string (_, rest) | Int (_, _, _, rest)
  | Int32 (_, _, _, rest) | Nativeint (_, _, _, rest) | Int64 (_, _, _, rest) | Float (_, _, _, rest)
  | Bool (_, rest) | Flush rest | String_literal (_, rest) | Char_literal (_, rest) | Format_arg (_, _, rest)
  | Alpha rest | Theta rest | Formatting_lit (_, rest) | Scan_char_set (_, _, rest) | Scan_get_counter (_, rest)
  | Scan_next_char rest | Ignored_param (_, rest) | Custom (_, _, rest) ->
      readers_of_fmt rest

(* The end of a scan: the receiver's result, or what a failure makes of it. The receiver's own exceptions pass. *)

let apply receiver values = List.fold_right (fun v f -> (Obj.obj f : Obj.t -> Obj.t) v) values.kept receiver

let scan_format input on_failure on_success (Format (fmt, text)) readers receiver =
  Buffer.clear input.token;
  let values = { kept = []; drop_next = false } in
  match scan input values readers fmt with
  | () -> on_success (apply receiver values)
  | exception ((Scan_failure _ | Failure _ | End_of_file) as e) -> on_failure input e
  | exception Invalid_argument message -> invalid_arg (message ^ " in format \"" ^ String.escaped text ^ "\"")

(* A function of the readers, newest first in [readers], and of the receiver. *)
let rec take_readers count readers finish =
  if count = 0 then Obj.repr (fun receiver -> finish (List.rev readers) receiver)
  else Obj.repr (fun reader -> take_readers (count - 1) (reader :: readers) finish)

let start input on_failure on_success (Format (fmt, _) as format) =
  Obj.obj (take_readers (readers_of_fmt fmt) [] (scan_format input on_failure on_success format))

let kscanf input on_failure format =
  start input (fun input e -> Obj.repr (on_failure input e)) (fun result -> result) format

let report input = function
  | Scan_failure message | Failure message ->
      fail ("scanf: bad input at char number " ^ string_of_int (char_count input) ^ ": " ^ message)
  | e -> raise e

let bscanf input format = kscanf input report format
let ksscanf s on_failure format = kscanf (from_string s) on_failure format
let sscanf s format = bscanf (from_string s) format
let scanf format = bscanf stdin format

let bscanf_opt input format =
  start input (fun _ _ -> Obj.repr None) (fun result -> Obj.repr (Some result)) format

let sscanf_opt s format = bscanf_opt (from_string s) format
let scanf_opt format = bscanf_opt stdin format

(* Formats and strings as input *)

let bscanf_format input format f =
  let text = scanned_string scan_caml_string input max_int in
  let format = try CamlinternalFormatParse.format_of_string_format text format with Failure m -> fail m in
  f format

let sscanf_format s format f = bscanf_format (from_string s) format f
let format_from_string s format = sscanf_format ("\"" ^ String.escaped s ^ "\"") format (fun format -> format)
let unescaped s = (sscanf ("\"" ^ s ^ "\"") "%S%!" : (string -> string) -> string) (fun s -> s)
