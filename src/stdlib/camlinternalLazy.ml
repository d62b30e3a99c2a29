(* The slow path of forcing: what [lazy e], [Lazy.force] and lazy patterns compile to a call of.

   A suspension is a block of tag Lazy with one field, its closure. Forcing replaces the closure by one that
   raises [Undefined], runs it, and turns the block into a Forward to the value. A suspension whose closure
   raised raises the same exception at each later force. *)

type 'a t = 'a lazy_t

exception Undefined

external repr : 'a -> 'b = "%identity"
external field : 'a lazy_t -> int -> 'b = "%obj_field"
external set_field : 'a lazy_t -> int -> 'b -> unit = "%obj_set_field"
external is_int : 'a -> bool = "%obj_is_int"
external tag : 'a -> int = "caml_obj_tag" [@@noalloc]
external make_forward : 'a lazy_t -> 'b -> unit = "caml_obj_make_forward"

let lazy_tag = 246
let forward_tag = 250
let raise_undefined () = raise Undefined

let run_suspension (suspension : 'a lazy_t) : 'a =
  let closure : unit -> 'a = field suspension 0 in
  set_field suspension 0 raise_undefined;
  let value = closure () in
  make_forward suspension value;
  value

let force_lazy_block (suspension : 'a lazy_t) : 'a =
  let closure : unit -> 'a = field suspension 0 in
  set_field suspension 0 raise_undefined;
  match closure () with
  | value ->
      make_forward suspension value;
      value
  | exception e ->
      set_field suspension 0 (fun () -> raise e);
      raise e

let force_val_lazy_block = run_suspension

let force_with force_block (suspension : 'a lazy_t) : 'a =
  if is_int suspension then repr suspension
  else
    let tag = tag suspension in
    if tag = forward_tag then field suspension 0
    else if tag = lazy_tag then force_block suspension
    else repr suspension

let force suspension = force_with force_lazy_block suspension
let force_val suspension = force_with force_val_lazy_block suspension
