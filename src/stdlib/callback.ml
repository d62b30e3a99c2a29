(* Values that the runtime and its host find by name. *)

external register : string -> 'a -> unit = "caml_register_named_value"

(* What is registered is the exception's constructor: an exception without arguments is its own, any other block has it
   in its first field. *)
let register_exception name (exn : exn) =
  let block = Obj.repr exn in
  register name (if Obj.tag block = Obj.object_tag then block else Obj.field block 0)
