(* What a format string literal compiles to.

   The compiler turns a literal of type format6 into a [Format] block whose constructors are numbered as OCaml
   numbers them, so the order of the constructors below is part of the compiler's interface. OCaml types
   these blocks with GADTs; here they are plain variants: the types of a format's arguments live only in
   the six phantom parameters of [format6], and CamlinternalFormat interprets the blocks untyped.

   Initialised before Stdlib; uses no other unit. *)

type padty = Left | Right | Zeros

type int_conv =
  | Int_d | Int_pd | Int_sd | Int_i | Int_pi | Int_si
  | Int_x | Int_Cx | Int_X | Int_CX | Int_o | Int_Co | Int_u
  | Int_Cd | Int_Ci | Int_Cu

type float_flag_conv = Float_flag_ | Float_flag_p | Float_flag_s

type float_kind_conv =
  | Float_f | Float_e | Float_E | Float_g | Float_G
  | Float_F | Float_h | Float_H | Float_CF

type float_conv = float_flag_conv * float_kind_conv

(* 256 bits: bit [c land 7] of byte [c lsr 3] tells whether character [c] is in the set. *)
type char_set = string

type counter = Line_counter | Char_counter | Token_counter

type padding = No_padding | Lit_padding of padty * int | Arg_padding of padty

type pad_option = int option

type precision = No_precision | Lit_precision of int | Arg_precision

type prec_option = int option

type custom_arity = Custom_zero | Custom_succ of custom_arity

type block_type = Pp_hbox | Pp_vbox | Pp_hvbox | Pp_hovbox | Pp_box | Pp_fits

type formatting_lit =
  | Close_box
  | Close_tag
  | Break of string * int * int
  | FFlush
  | Force_newline
  | Flush_newline
  | Magic_size of string * int
  | Escaped_at
  | Escaped_percent
  | Scan_indic of char

(* The arguments that a format takes, in order: what %{ %} and %( %) carry. *)
type fmtty =
  | Char_ty of fmtty
  | String_ty of fmtty
  | Int_ty of fmtty
  | Int32_ty of fmtty
  | Nativeint_ty of fmtty
  | Int64_ty of fmtty
  | Float_ty of fmtty
  | Bool_ty of fmtty
  | Format_arg_ty of fmtty * fmtty
  | Format_subst_ty of fmtty * fmtty * fmtty
  | Alpha_ty of fmtty
  | Theta_ty of fmtty
  | Any_ty of fmtty
  | Reader_ty of fmtty
  | Ignored_reader_ty of fmtty
  | End_of_fmtty

(* The conversions and the text of a format, in order. *)
type fmt =
  | Char of fmt                                          (* %c *)
  | Caml_char of fmt                                     (* %C *)
  | String of padding * fmt                              (* %s *)
  | Caml_string of padding * fmt                         (* %S *)
  | Int of int_conv * padding * precision * fmt          (* %d %i %u %x %X %o *)
  | Int32 of int_conv * padding * precision * fmt        (* %ld … *)
  | Nativeint of int_conv * padding * precision * fmt    (* %nd … *)
  | Int64 of int_conv * padding * precision * fmt        (* %Ld … *)
  | Float of float_conv * padding * precision * fmt      (* %f %e %E %g %G %F %h %H *)
  | Bool of padding * fmt                                (* %b %B *)
  | Flush of fmt                                         (* %! *)
  | String_literal of string * fmt
  | Char_literal of char * fmt
  | Format_arg of pad_option * fmtty * fmt               (* %{ … %} *)
  | Format_subst of pad_option * fmtty * fmt             (* %( … %) *)
  | Alpha of fmt                                         (* %a *)
  | Theta of fmt                                         (* %t *)
  | Formatting_lit of formatting_lit * fmt               (* @, @; … *)
  | Formatting_gen of formatting_gen * fmt               (* @[ @{ *)
  | Reader of fmt                                        (* %r *)
  | Scan_char_set of pad_option * char_set * fmt         (* %[ … ] *)
  | Scan_get_counter of counter * fmt                    (* %l %n %N %L *)
  | Scan_next_char of fmt                                (* %0c *)
  | Ignored_param of ignored * fmt                       (* %_d … *)
  | Custom of custom_arity * (unit -> fmt) * fmt
  | End_of_format

and ignored =
  | Ignored_char
  | Ignored_caml_char
  | Ignored_string of pad_option
  | Ignored_caml_string of pad_option
  | Ignored_int of int_conv * pad_option
  | Ignored_int32 of int_conv * pad_option
  | Ignored_nativeint of int_conv * pad_option
  | Ignored_int64 of int_conv * pad_option
  | Ignored_float of pad_option * prec_option
  | Ignored_bool of pad_option
  | Ignored_format_arg of pad_option * fmtty
  | Ignored_format_subst of pad_option * fmtty
  | Ignored_reader
  | Ignored_scan_char_set of pad_option * char_set
  | Ignored_scan_get_counter of counter
  | Ignored_scan_next_char

and formatting_gen =
  | Open_tag of (unit, unit, unit, unit, unit, unit) format6
  | Open_box of (unit, unit, unit, unit, unit, unit) format6

and ('a, 'b, 'c, 'd, 'e, 'f) format6 = Format of fmt * string

let rec concat_fmt first second =
  match first with
  | Char rest -> Char (concat_fmt rest second)
  | Caml_char rest -> Caml_char (concat_fmt rest second)
  | String (pad, rest) -> String (pad, concat_fmt rest second)
  | Caml_string (pad, rest) -> Caml_string (pad, concat_fmt rest second)
  | Int (conv, pad, prec, rest) -> Int (conv, pad, prec, concat_fmt rest second)
  | Int32 (conv, pad, prec, rest) -> Int32 (conv, pad, prec, concat_fmt rest second)
  | Nativeint (conv, pad, prec, rest) -> Nativeint (conv, pad, prec, concat_fmt rest second)
  | Int64 (conv, pad, prec, rest) -> Int64 (conv, pad, prec, concat_fmt rest second)
  | Float (conv, pad, prec, rest) -> Float (conv, pad, prec, concat_fmt rest second)
  | Bool (pad, rest) -> Bool (pad, concat_fmt rest second)
  | Flush rest -> Flush (concat_fmt rest second)
  | String_literal (text, rest) -> String_literal (text, concat_fmt rest second)
  | Char_literal (c, rest) -> Char_literal (c, concat_fmt rest second)
  | Format_arg (pad, ty, rest) -> Format_arg (pad, ty, concat_fmt rest second)
  | Format_subst (pad, ty, rest) -> Format_subst (pad, ty, concat_fmt rest second)
  | Alpha rest -> Alpha (concat_fmt rest second)
  | Theta rest -> Theta (concat_fmt rest second)
  | Formatting_lit (lit, rest) -> Formatting_lit (lit, concat_fmt rest second)
  | Formatting_gen (gen, rest) -> Formatting_gen (gen, concat_fmt rest second)
  | Reader rest -> Reader (concat_fmt rest second)
  | Scan_char_set (width, set, rest) -> Scan_char_set (width, set, concat_fmt rest second)
  | Scan_get_counter (counter, rest) -> Scan_get_counter (counter, concat_fmt rest second)
  | Scan_next_char rest -> Scan_next_char (concat_fmt rest second)
  | Ignored_param (ignored, rest) -> Ignored_param (ignored, concat_fmt rest second)
  | Custom (arity, f, rest) -> Custom (arity, f, concat_fmt rest second)
  | End_of_format -> second

let rec concat_fmtty first second =
  match first with
  | Char_ty rest -> Char_ty (concat_fmtty rest second)
  | String_ty rest -> String_ty (concat_fmtty rest second)
  | Int_ty rest -> Int_ty (concat_fmtty rest second)
  | Int32_ty rest -> Int32_ty (concat_fmtty rest second)
  | Nativeint_ty rest -> Nativeint_ty (concat_fmtty rest second)
  | Int64_ty rest -> Int64_ty (concat_fmtty rest second)
  | Float_ty rest -> Float_ty (concat_fmtty rest second)
  | Bool_ty rest -> Bool_ty (concat_fmtty rest second)
  | Format_arg_ty (ty, rest) -> Format_arg_ty (ty, concat_fmtty rest second)
  | Format_subst_ty (ty1, ty2, rest) -> Format_subst_ty (ty1, ty2, concat_fmtty rest second)
  | Alpha_ty rest -> Alpha_ty (concat_fmtty rest second)
  | Theta_ty rest -> Theta_ty (concat_fmtty rest second)
  | Any_ty rest -> Any_ty (concat_fmtty rest second)
  | Reader_ty rest -> Reader_ty (concat_fmtty rest second)
  | Ignored_reader_ty rest -> Ignored_reader_ty (concat_fmtty rest second)
  | End_of_fmtty -> second
