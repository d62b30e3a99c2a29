(* The representation of values: tags as in OCaml. *)

type t
type raw_data = nativeint

external repr : 'a -> t = "%identity"
external obj : t -> 'a = "%identity"
external magic : 'a -> 'b = "%identity"
external is_int : t -> bool = "%obj_is_int"

let is_block v = not (is_int v)

external tag : t -> int = "caml_obj_tag" [@@noalloc]
external size : t -> int = "%obj_size"
external field : t -> int -> t = "%obj_field"
external set_field : t -> int -> t -> unit = "%obj_set_field"
external new_block : int -> int -> t = "caml_obj_block"
external dup : t -> t = "caml_obj_dup"
external with_tag : int -> t -> t = "caml_obj_with_tag"
external floatarray_get : floatarray -> int -> float = "caml_floatarray_get"
external floatarray_set : floatarray -> int -> float -> unit = "caml_floatarray_set"

let double_field v i = floatarray_get (obj v : floatarray) i
let set_double_field v i f = floatarray_set (obj v : floatarray) i f
let first_non_constant_constructor_tag = 0
let last_non_constant_constructor_tag = 243
let forcing_tag = 244
let cont_tag = 245
let lazy_tag = 246
let closure_tag = 247
let object_tag = 248
let infix_tag = 249
let forward_tag = 250
let no_scan_tag = 251
let abstract_tag = 251
let string_tag = 252
let double_tag = 253
let double_array_tag = 254
let custom_tag = 255
let int_tag = 1000
let out_of_heap_tag = 1001
let unaligned_tag = 1002

(* An extension constructor is a block of tag Object: its name and its number. A value made by a constructor
   with arguments holds the constructor in field 0; a constant constructor is its own value. *)
module Extension_constructor = struct
  type t = extension_constructor

  let of_val v =
    let v = repr v in
    let slot = if is_block v && tag v <> object_tag && size v >= 1 then field v 0 else v in
    if is_block slot && tag slot = object_tag && size slot >= 1 && tag (field slot 0) = string_tag then
      (obj slot : t)
    else invalid_arg "Obj.extension_constructor"

  let name (slot : t) : string = obj (field (repr slot) 0)
  let id (slot : t) : int = obj (field (repr slot) 1)
end
