(* Format strings that are only known when the program runs: their parser, and the comparison of their types.

   The compiler parses literals in the same way (src/typing/format.ts). *)

open CamlinternalFormatBasics
open CamlinternalFormat

(* What the parser reads: the part of a string before [stop]. *)
type source = { text : string; mutable at : int; stop : int }

type flags = { minus : bool; zero : bool; plus : bool; hash : bool; space : bool }

let quoted s = "\"" ^ String.escaped s ^ "\""

let fail source position reason =
  failwith ("invalid format " ^ quoted source.text ^ ": at character number " ^ string_of_int position ^ ", " ^ reason)

let peek source = if source.at < source.stop then Some source.text.[source.at] else None

let next source =
  if source.at >= source.stop then fail source source.stop "unexpected end of format";
  source.at <- source.at + 1;
  source.text.[source.at - 1]

let skip source = source.at <- source.at + 1

let accepts source c =
  let found = peek source = Some c in
  if found then skip source;
  found

let is_digit = function Some ('0' .. '9') -> true | _ -> false

(* Between % and the letter *)

let rec parse_flags source flags =
  let go flags =
    skip source;
    parse_flags source flags
  in
  match peek source with
  | Some '-' -> go { flags with minus = true }
  | Some '0' -> go { flags with zero = true }
  | Some '+' -> go { flags with plus = true }
  | Some '#' -> go { flags with hash = true }
  | Some ' ' -> go { flags with space = true }
  | _ -> flags

let parse_number source =
  let limit = Sys.max_string_length in
  let rec digits n =
    if n > limit then
      failwith
        ("invalid format " ^ quoted source.text ^ ": integer " ^ string_of_int n ^ " is greater than the limit "
       ^ string_of_int limit)
    else if is_digit (peek source) then digits ((10 * n) + Char.code (next source) - Char.code '0')
    else n
  in
  digits 0

let parse_padding source flags =
  let padty = if flags.minus then Left else if flags.zero then Zeros else Right in
  if is_digit (peek source) then Lit_padding (padty, parse_number source)
  else if accepts source '*' then Arg_padding padty
  else if padty = Zeros then Lit_padding (Right, 0)
  else No_padding

let parse_precision source =
  if not (accepts source '.') then No_precision
  else if accepts source '*' then Arg_precision
  else begin
    ignore (accepts source '+' || accepts source '-');
    Lit_precision (if is_digit (peek source) then parse_number source else 0)
  end

(* Zeros mean nothing for texts; a precision is as good as a width there, and overrides the zeros of integers. *)
let without_zeros = function
  | Lit_padding (Zeros, width) -> Lit_padding (Right, width)
  | Arg_padding Zeros -> Arg_padding Right
  | padding -> padding

let text_padding flags padding precision =
  let padty = if flags.minus then Left else Right in
  match padding, precision with
  | No_padding, Arg_precision -> Arg_padding padty
  | No_padding, Lit_precision width -> Lit_padding (padty, width)
  | _ -> without_zeros padding

let width_option = function Lit_padding (_, width) -> Some width | No_padding | Arg_padding _ -> None
let precision_option = function Lit_precision digits -> Some digits | No_precision | Arg_precision -> None

(* Conversions: what the rest of the format is put behind. *)

let int_conv flags base =
  match base with
  | 'd' -> if flags.hash then Int_Cd else if flags.plus then Int_pd else if flags.space then Int_sd else Int_d
  | 'i' -> if flags.hash then Int_Ci else if flags.plus then Int_pi else if flags.space then Int_si else Int_i
  | 'x' -> if flags.hash then Int_Cx else Int_x
  | 'X' -> if flags.hash then Int_CX else Int_X
  | 'o' -> if flags.hash then Int_Co else Int_o
  | _ -> if flags.hash then Int_Cu else Int_u

let float_conv flags letter =
  let flag = if flags.plus then Float_flag_p else if flags.space then Float_flag_s else Float_flag_ in
  let kind =
    match letter with
    | 'f' -> Float_f
    | 'e' -> Float_e
    | 'E' -> Float_E
    | 'g' -> Float_g
    | 'G' -> Float_G
    | 'h' -> Float_h
    | 'H' -> Float_H
    | _ -> if flags.hash then Float_CF else Float_F
  in
  (flag, kind)

let is_base = function Some ('d' | 'i' | 'x' | 'X' | 'o' | 'u') -> true | _ -> false

(* %[ %]: the characters, as a set of bits. *)

let add_to_set bits c =
  let code = Char.code c in
  let at = code lsr 3 in
  Bytes.set bits at (Char.chr (Char.code (Bytes.get bits at) lor (1 lsl (code land 7))))

(* %% and %@ stand for their second character. *)
let char_of_set source c =
  match c, peek source with
  | '%', Some (('%' | '@') as escaped) ->
      skip source;
      escaped
  | _ -> c

let parse_char_set source =
  let bits = Bytes.make 32 '\000' in
  let reverse = accepts source '^' in
  let rec elements is_first =
    let c = next source in
    if c <> ']' || is_first then begin
      let low = char_of_set source c in
      let is_range =
        peek source = Some '-' && source.at + 1 < source.stop && source.text.[source.at + 1] <> ']'
      in
      if is_range then begin
        skip source;
        let high = char_of_set source (next source) in
        for code = Char.code low to Char.code high do
          add_to_set bits (Char.chr code)
        done
      end
      else add_to_set bits low;
      elements false
    end
  in
  elements true;
  let invert c = Char.chr (lnot (Char.code c) land 0xff) in
  Bytes.to_string (if reverse then Bytes.map invert bits else bits)

(* The position of the % of the %} or %) that closes a format inside a format. *)
let rec end_of_subformat source close i =
  let char i = if i < source.stop then source.text.[i] else '\000' in
  if i + 1 >= source.stop then
    failwith
      ("invalid format " ^ quoted source.text ^ ": unclosed sub-format, expected \"%" ^ String.make 1 close
     ^ "\" at character number " ^ string_of_int source.stop)
  else if char i <> '%' then end_of_subformat source close (i + 1)
  else if char (i + 1) = close then i
  else
    let letter = if char (i + 1) = '_' then i + 2 else i + 1 in
    match char letter with
    | '{' -> end_of_subformat source close (end_of_subformat source '}' (letter + 1) + 2)
    | '(' -> end_of_subformat source close (end_of_subformat source ')' (letter + 1) + 2)
    | '}' -> fail source (i + 1) "character ')' is expected"
    | ')' -> fail source (i + 1) "character '}' is expected"
    | _ -> end_of_subformat source close (letter + 1)

(* The types of a format's arguments *)

let rec fmtty_of_fmt = function
  | End_of_format -> End_of_fmtty
  | Char rest | Caml_char rest | Scan_next_char rest -> Char_ty (fmtty_of_fmt rest)
  | String (padding, rest) | Caml_string (padding, rest) -> padding_ty padding (String_ty (fmtty_of_fmt rest))
  | Bool (padding, rest) -> padding_ty padding (Bool_ty (fmtty_of_fmt rest))
  | Int (_, padding, precision, rest) -> number_ty padding precision (Int_ty (fmtty_of_fmt rest))
  | Int32 (_, padding, precision, rest) -> number_ty padding precision (Int32_ty (fmtty_of_fmt rest))
  | Nativeint (_, padding, precision, rest) -> number_ty padding precision (Nativeint_ty (fmtty_of_fmt rest))
  | Int64 (_, padding, precision, rest) -> number_ty padding precision (Int64_ty (fmtty_of_fmt rest))
  | Float (_, padding, precision, rest) -> number_ty padding precision (Float_ty (fmtty_of_fmt rest))
  | Flush rest | String_literal (_, rest) | Char_literal (_, rest) | Formatting_lit (_, rest) -> fmtty_of_fmt rest
  | Format_arg (_, ty, rest) -> Format_arg_ty (ty, fmtty_of_fmt rest)
  | Format_subst (_, ty, rest) -> Format_subst_ty (ty, ty, fmtty_of_fmt rest)
  | Alpha rest -> Alpha_ty (fmtty_of_fmt rest)
  | Theta rest -> Theta_ty (fmtty_of_fmt rest)
  | Formatting_gen ((Open_tag (Format (inner, _)) | Open_box (Format (inner, _))), rest) ->
      concat_fmtty (fmtty_of_fmt inner) (fmtty_of_fmt rest)
  | Reader rest -> Reader_ty (fmtty_of_fmt rest)
  | Scan_char_set (_, _, rest) -> String_ty (fmtty_of_fmt rest)
  | Scan_get_counter (_, rest) -> Int_ty (fmtty_of_fmt rest)
  | Ignored_param (Ignored_reader, rest) -> Ignored_reader_ty (fmtty_of_fmt rest)
  | Ignored_param (Ignored_format_subst (_, ty), rest) -> concat_fmtty ty (fmtty_of_fmt rest)
  | Ignored_param (_, rest) -> fmtty_of_fmt rest
  | Custom (arity, _, rest) -> custom_ty arity (fmtty_of_fmt rest)

and padding_ty padding ty = match padding with Arg_padding _ -> Int_ty ty | No_padding | Lit_padding _ -> ty
and number_ty padding precision ty = padding_ty padding (if precision = Arg_precision then Int_ty ty else ty)
and custom_ty arity ty = match arity with Custom_zero -> ty | Custom_succ arity -> Any_ty (custom_ty arity ty)

(* A format *)

let opening what content = match what with `Box -> Open_box content | `Tag -> Open_tag content

(* The items up to the end, each a function of the items after it; newest first. *)
let rec parse source =
  let rec items before = if source.at < source.stop then items (parse_item source :: before) else before in
  List.fold_left (fun rest item -> item rest) End_of_format (items [])

and parse_item source =
  match source.text.[source.at] with
  | '%' ->
      let percent = source.at in
      skip source;
      parse_conversion source percent
  | '@' ->
      skip source;
      parse_formatting source
  | _ -> parse_literal source

and parse_literal source =
  let start = source.at in
  while match peek source with None | Some ('%' | '@') -> false | Some _ -> true do
    skip source
  done;
  literal (String.sub source.text start (source.at - start))

and literal s rest = if String.length s = 1 then Char_literal (s.[0], rest) else String_literal (s, rest)

and parse_conversion source percent =
  let is_ignored = accepts source '_' in
  let flags = parse_flags source { minus = false; zero = false; plus = false; hash = false; space = false } in
  let padding = parse_padding source flags in
  let precision = parse_precision source in
  let width = width_option padding in
  let ignorable ignored item = if is_ignored then fun rest -> Ignored_param (ignored, rest) else item in
  let text = text_padding flags padding precision in
  let digits = if precision = No_precision then padding else without_zeros padding in
  match next source with
  | ',' -> fun rest -> rest
  | 'c' when padding = Lit_padding (Right, 0) -> ignorable Ignored_scan_next_char (fun rest -> Scan_next_char rest)
  | 'c' -> ignorable Ignored_char (fun rest -> Char rest)
  | 'C' -> ignorable Ignored_caml_char (fun rest -> Caml_char rest)
  | 's' -> ignorable (Ignored_string (width_option text)) (fun rest -> String (text, rest))
  | 'S' -> ignorable (Ignored_caml_string (width_option text)) (fun rest -> Caml_string (text, rest))
  | 'b' | 'B' -> ignorable (Ignored_bool (width_option text)) (fun rest -> Bool (text, rest))
  | 'r' -> ignorable Ignored_reader (fun rest -> Reader rest)
  | 'a' -> fun rest -> Alpha rest
  | 't' -> fun rest -> Theta rest
  | '!' -> fun rest -> Flush rest
  | ('%' | '@') as c -> fun rest -> Char_literal (c, rest)
  | '{' ->
      let ty = parse_subformat source '}' in
      ignorable (Ignored_format_arg (width, ty)) (fun rest -> Format_arg (width, ty, rest))
  | '(' ->
      let ty = parse_subformat source ')' in
      ignorable (Ignored_format_subst (width, ty)) (fun rest -> Format_subst (width, ty, rest))
  | '[' ->
      let set = parse_char_set source in
      ignorable (Ignored_scan_char_set (width, set)) (fun rest -> Scan_char_set (width, set, rest))
  | ('d' | 'i' | 'x' | 'X' | 'o' | 'u') as base ->
      let conv = int_conv flags base in
      ignorable (Ignored_int (conv, width)) (fun rest -> Int (conv, digits, precision, rest))
  | 'l' when is_base (peek source) ->
      let conv = int_conv flags (next source) in
      ignorable (Ignored_int32 (conv, width)) (fun rest -> Int32 (conv, digits, precision, rest))
  | 'n' when is_base (peek source) ->
      let conv = int_conv flags (next source) in
      ignorable (Ignored_nativeint (conv, width)) (fun rest -> Nativeint (conv, digits, precision, rest))
  | 'L' when is_base (peek source) ->
      let conv = int_conv flags (next source) in
      ignorable (Ignored_int64 (conv, width)) (fun rest -> Int64 (conv, digits, precision, rest))
  | ('l' | 'n' | 'L' | 'N') as letter ->
      let counter = match letter with 'l' -> Line_counter | 'n' -> Char_counter | _ -> Token_counter in
      ignorable (Ignored_scan_get_counter counter) (fun rest -> Scan_get_counter (counter, rest))
  | ('f' | 'e' | 'E' | 'g' | 'G' | 'F' | 'h' | 'H') as letter ->
      let conv = float_conv flags letter in
      ignorable
        (Ignored_float (width, precision_option precision))
        (fun rest -> Float (conv, padding, precision, rest))
  | ('-' | '+' | '#' | '0' | '_' | ' ') as flag ->
      fail source percent
        ("flag '" ^ Char.escaped flag ^ "' is only allowed after the '%', before padding and precision")
  | c -> fail source (source.at - 1) ("invalid conversion \"%" ^ String.make 1 c ^ "\"")

and parse_subformat source close =
  let stop = end_of_subformat source close source.at in
  let fmt = parse { source with stop } in
  source.at <- stop + 2;
  fmtty_of_fmt fmt

and parse_formatting source =
  let formatting lit rest = Formatting_lit (lit, rest) in
  match peek source with
  | None -> literal "@"
  | Some '%' when source.at + 1 < source.stop && source.text.[source.at + 1] = '%' ->
      source.at <- source.at + 2;
      formatting Escaped_percent
  | Some '%' -> literal "@"
  | Some c -> (
      skip source;
      match c with
      | '[' -> parse_opening source `Box
      | '{' -> parse_opening source `Tag
      | ']' -> formatting Close_box
      | '}' -> formatting Close_tag
      | ',' -> formatting (Break ("@,", 0, 0))
      | ' ' -> formatting (Break ("@ ", 1, 0))
      | ';' -> formatting (parse_break source)
      | '?' -> formatting FFlush
      | '\n' -> formatting Force_newline
      | '.' -> formatting Flush_newline
      | '@' -> formatting Escaped_at
      | '<' -> formatting (parse_magic_size source)
      | c -> formatting (Scan_indic c))

(* @[<…>: what is between the brackets is a format itself. *)
and parse_opening source what =
  let close = if peek source = Some '<' then String.index_from_opt source.text source.at '>' else None in
  match close with
  | Some close when close < source.stop ->
      let start = source.at in
      let content = parse { source with stop = close + 1 } in
      source.at <- close + 1;
      let text = String.sub source.text start (source.at - start) in
      fun rest -> Formatting_gen (opening what (Format (content, text)), rest)
  | _ -> fun rest -> Formatting_gen (opening what (Format (End_of_format, "")), rest)

(* Numbers with blanks between them, up to >; None, and nothing read, when there is anything else. *)
and parse_numbers source =
  let start = source.at in
  let rec numbers before =
    while peek source = Some ' ' do
      skip source
    done;
    let first = source.at in
    ignore (accepts source '-');
    while is_digit (peek source) do
      skip source
    done;
    match int_of_string_opt (String.sub source.text first (source.at - first)) with
    | Some n -> numbers (n :: before)
    | None when first = source.at && accepts source '>' -> Some (List.rev before)
    | None -> None
  in
  let found = numbers [] in
  if found = None then source.at <- start;
  found

(* @; or @;<width offset> *)
and parse_break source =
  let start = source.at in
  let plain () =
    source.at <- start;
    Break ("@;", 1, 0)
  in
  if not (accepts source '<') then plain ()
  else
    let numbers = parse_numbers source in
    let text = "@;" ^ String.sub source.text start (source.at - start) in
    match numbers with
    | Some [ width ] -> Break (text, width, 0)
    | Some [ width; offset ] -> Break (text, width, offset)
    | _ -> plain ()

(* @<size> *)
and parse_magic_size source =
  let start = source.at in
  match parse_numbers source with
  | Some [ size ] -> Magic_size ("@<" ^ String.sub source.text start (source.at - start), size)
  | _ ->
      source.at <- start;
      Scan_indic '<'

let fmt_of_string text = parse { text; at = 0; stop = String.length text }

let mismatch text expected =
  failwith ("bad input: format type mismatch between " ^ quoted text ^ " and " ^ quoted expected)

let rec same_type first second =
  match first, second with
  | Char_ty a, Char_ty b
  | String_ty a, String_ty b
  | Int_ty a, Int_ty b
  | Int32_ty a, Int32_ty b
  | Nativeint_ty a, Nativeint_ty b
  | Int64_ty a, Int64_ty b
  | Float_ty a, Float_ty b
  | Bool_ty a, Bool_ty b
  | Alpha_ty a, Alpha_ty b
  | Theta_ty a, Theta_ty b
  | Any_ty a, Any_ty b
  | Reader_ty a, Reader_ty b
  | Ignored_reader_ty a, Ignored_reader_ty b ->
      same_type a b
  | Format_arg_ty (a, rest), Format_arg_ty (b, rest') -> same_type a b && same_type rest rest'
  | Format_subst_ty (a, _, rest), Format_subst_ty (b, _, rest') -> same_type a b && same_type rest rest'
  | End_of_fmtty, End_of_fmtty -> true
  | _ -> false

let format_of_string_opt text ty =
  let fmt = fmt_of_string text in
  if same_type (fmtty_of_fmt fmt) ty then Some (Format (fmt, text)) else None

let format_of_string_fmtty text ty =
  match format_of_string_opt text ty with Some format -> format | None -> mismatch text (string_of_fmtty ty)

let format_of_string_format text (Format (expected, expected_text)) =
  let fmt = fmt_of_string text in
  if same_type (fmtty_of_fmt fmt) (fmtty_of_fmt expected) then Format (fmt, text) else mismatch text expected_text
