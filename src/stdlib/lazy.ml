(* [lazy_t] is known to the compiler; CamlinternalLazy has its representation. *)

type 'a t = 'a CamlinternalLazy.t

exception Undefined = CamlinternalLazy.Undefined

external force : 'a t -> 'a = "%lazy_force"

let force_val = CamlinternalLazy.force_val
let is_val suspension = Obj.tag (Obj.repr suspension) <> Obj.lazy_tag

(* A value of tag Forward, Lazy or Double cannot stand for its own suspension: it is wrapped. *)
let from_val (v : 'a) : 'a t =
  let tag = Obj.tag (Obj.repr v) in
  if tag = Obj.forward_tag || tag = Obj.lazy_tag || tag = Obj.double_tag then lazy v else Obj.magic v

let from_fun (f : unit -> 'a) : 'a t =
  let suspension = Obj.new_block Obj.lazy_tag 1 in
  Obj.set_field suspension 0 (Obj.repr f);
  Obj.obj suspension

let map f suspension = lazy (f (force suspension))
let map_val f suspension = if is_val suspension then from_val (f (force suspension)) else lazy (f (force suspension))
