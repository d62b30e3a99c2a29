(** The interpreter of formats. For Printf and the other formatting libraries only. *)

open CamlinternalFormatBasics

(** A format that was read is not of the type that is wanted. *)
exception Type_mismatch

(** What has been printed so far, newest last. It is a value, so that a partially applied printf can be
    applied again. ['o] is the output that %a and %t receive, ['r] what they return. *)
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

(** [make_printf k acc fmt]: a function that takes the arguments of [fmt] and then returns [k] of what they
    print after [acc]. Its type follows from [fmt]; the caller casts. *)
val make_printf : (('o, 'r) acc -> 'result) -> ('o, 'r) acc -> fmt -> 'a

(** The same for a format whose output is not wanted: [k o] when all arguments are there. *)
val make_iprintf : ('o -> 'result) -> 'o -> fmt -> 'a

val output_acc : out_channel -> (out_channel, unit) acc -> unit
val bufput_acc : Buffer.t -> (Buffer.t, unit) acc -> unit
val strput_acc : Buffer.t -> (unit, string) acc -> unit
val string_of_formatting_lit : formatting_lit -> string
val string_of_fmtty : fmtty -> string

(** The offset and the type of a box, from what stands between [@[<] and [>]. *)
val open_box_of_string : string -> int * block_type
