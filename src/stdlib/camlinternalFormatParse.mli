(** Format strings that are only known when the program runs. For Scanf. *)

open CamlinternalFormatBasics

(** These raise [Failure] when the string is no format, and, but for the first, when it is one of another type. *)

val format_of_string_opt : string -> fmtty -> ('a, 'b, 'c, 'd, 'e, 'f) format6 option
val format_of_string_fmtty : string -> fmtty -> ('a, 'b, 'c, 'd, 'e, 'f) format6
val format_of_string_format : string -> ('a, 'b, 'c, 'd, 'e, 'f) format6 -> ('a, 'b, 'c, 'd, 'e, 'f) format6
