(** Operations on objects. *)

val copy : (< .. > as 'a) -> 'a
external id : < .. > -> int = "%field1"

(**/**)

val new_method : string -> CamlinternalOO.tag
val public_method_label : string -> CamlinternalOO.tag
