(* Effect handlers over the fiber functions of the engine's prelude. A continuation keeps the handler of the fiber that it is
   the rest of: a deep one goes on with it, a shallow one gets another. *)

type 'a t = 'a eff = ..

exception Unhandled : 'a t -> exn
exception Continuation_already_resumed

external perform : 'a t -> 'a = "%perform"
external register_named_value : string -> 'a -> unit = "caml_register_named_value"

(* The runtime raises this one where an effect is performed that nobody handles. *)
let () =
  register_named_value "Effect.Unhandled" (Obj.Extension_constructor.of_val (Unhandled (Obj.magic () : unit t)))

let () =
  Printexc.register_printer (function
    | Unhandled e -> Some ("Stdlib.Effect.Unhandled(" ^ Printexc.string_of_extension_constructor (Obj.repr e) ^ ")")
    | _ -> None)

(* What becomes of a fiber's value, its exception, and an effect with its continuation. *)
type ('a, 'b) fiber_handler = {
  on_value : 'a -> 'b;
  on_exception : exn -> 'b;
  on_effect : 'c. 'c t -> ('c, 'b) continuation -> 'b;
}

(* How a continuation goes on. The functions of the prelude know no types: with a value it gets what was performed, else an
   exception. *)
type 'a resumption = Value | Propagated | Exception

external run : ('a -> 'b) -> 'a -> ('b, 'c) fiber_handler -> 'c = "caml_fiber_run"
external take : ('a, 'b) continuation -> bool = "caml_continuation_take"
external go_on : ('a, 'b) continuation -> 'v -> 'a resumption -> 'b = "caml_fiber_continue"

external go_on_with : ('a, 'b) continuation -> 'v -> 'a resumption -> ('b, 'c) fiber_handler -> 'c
  = "caml_fiber_resume"

external perform_again : 'a t -> ('a, 'b) continuation -> 'b = "caml_fiber_reperform"
external restore_backtrace : exn -> Printexc.raw_backtrace -> unit = "caml_restore_raw_backtrace"

let value x = x
let exception_ e = raise e

module Deep = struct
  type nonrec ('a, 'b) continuation = ('a, 'b) continuation

  let continue k v = if take k then go_on k v Value else raise Continuation_already_resumed
  let discontinue k e = if take k then go_on k e Exception else raise Continuation_already_resumed

  let discontinue_with_backtrace k e backtrace =
    restore_backtrace e backtrace;
    discontinue k e

  type ('a, 'b) handler = {
    retc : 'a -> 'b;
    exnc : exn -> 'b;
    effc : 'c. 'c t -> (('c, 'b) continuation -> 'b) option;
  }

  let match_with f x { retc; exnc; effc } =
    let on_effect e k = match effc e with Some handle -> handle k | None -> perform_again e k in
    run f x { on_value = retc; on_exception = exnc; on_effect }

  type 'a effect_handler = { effc : 'b. 'b t -> (('b, 'a) continuation -> 'a) option }

  let try_with f x { effc } =
    let on_effect e k = match effc e with Some handle -> handle k | None -> perform_again e k in
    run f x { on_value = value; on_exception = exception_; on_effect }

  external get_callstack : ('a, 'b) continuation -> int -> Printexc.raw_backtrace = "caml_get_continuation_callstack"
end

module Shallow = struct
  type nonrec ('a, 'b) continuation = ('a, 'b) continuation
  type _ t += Begin : 'a t

  exception Begun of Obj.t

  (* The function waits for its argument as for the answer to an effect of its own. *)
  let fiber (type a b) (f : a -> b) : (a, b) continuation =
    let start () = f (perform (Begin : a t)) in
    let on_effect : type c. c t -> (c, b) continuation -> b = fun _ k -> raise (Begun (Obj.repr k)) in
    match run start () { on_value = value; on_exception = exception_; on_effect } with
    | (_ : b) -> assert false
    | exception Begun k -> Obj.obj k

  type ('a, 'b) handler = {
    retc : 'a -> 'b;
    exnc : exn -> 'b;
    effc : 'c. 'c t -> (('c, 'a) continuation -> 'b) option;
  }

  external perform_again_with : 'c t -> ('c, 'a) continuation -> 'b = "caml_fiber_reperform"
  external with_result : ('c, 'b) continuation -> ('c, 'a) continuation = "%identity"

  let go_on_with k v how { retc; exnc; effc } =
    if not (take k) then raise Continuation_already_resumed;
    let on_effect e k =
      match effc e with Some handle -> handle (with_result k) | None -> perform_again_with e k
    in
    go_on_with k v how { on_value = retc; on_exception = exnc; on_effect }

  let continue_with k v handler = go_on_with k v Value handler
  let discontinue_with k e handler = go_on_with k e Exception handler

  let discontinue_with_backtrace k e backtrace handler =
    restore_backtrace e backtrace;
    discontinue_with k e handler

  external get_callstack : ('a, 'b) continuation -> int -> Printexc.raw_backtrace = "caml_get_continuation_callstack"
end
