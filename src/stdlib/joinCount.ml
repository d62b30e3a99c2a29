(* Each state channel holds one message at any time. A result is kept as [Ok y] or [Error exn], so that no exception stops the count. *)

let add combine x = function
  | Ok y -> ( try Ok (combine x y) with e -> Error e)
  | Error _ as failed -> failed

let get = function Ok y -> y | Error e -> raise e

module Down = struct
  type t = { tick : unit Join.chan; wait : unit -> unit }

  let create n =
    def left(n) & tick() = left(max 0 (n - 1))
    or left(0) & wait() = left(0) & reply to wait in
    spawn left(max 0 n);
    { tick; wait }
end

module Collector = struct
  type ('a, 'b) t = { collect : 'a Join.chan; wait : unit -> 'b }

  let create combine zero n =
    def left(0, result) & collect(_) = left(0, result)
    or left(n, result) & collect(x) = left(n - 1, add combine x result)
    or left(0, result) & wait() = left(0, result) & reply get result to wait in
    spawn left(max 0 n, Ok zero);
    { collect; wait }
end

module Dynamic = struct
  type ('a, 'b) t = {
    enter : unit -> unit;
    leave : 'a Join.chan;
    finished : unit Join.chan;
    wait : unit -> 'b;
  }

  type announced = Some_more | All

  let create combine zero =
    def coming(n, more, result) & enter() = coming(n + 1, more, result) & reply to enter
    or coming(n, more, result) & leave(x) = coming(n - 1, more, add combine x result)
    or coming(n, _, result) & finished() = coming(n, All, result)
    or coming(0, All, result) & wait() = coming(0, All, result) & reply get result to wait in
    spawn coming(0, Some_more, Ok zero);
    { enter; leave; finished; wait }
end

module Monitor = struct
  module Keys = Map.Make (Int)

  type key = int

  type ('a, 'b, 'c) t = {
    enter : 'a -> key;
    leave : (key * 'b) Join.chan;
    is_pending : key -> bool;
    get_pendings : unit -> (key * 'a) list;
    finished : unit Join.chan;
    wait : unit -> 'c;
  }

  type 'a pending = { next : key; inputs : 'a Keys.t; announced : bool }

  let enter_one p x = { p with next = p.next + 1; inputs = Keys.add p.next x p.inputs }
  let leave_one p key = { p with inputs = Keys.remove key p.inputs }
  let is_over { inputs; announced; _ } = announced && Keys.is_empty inputs

  let create combine zero =
    def state(p, result) & enter(x) = state(enter_one p x, result) & reply p.next to enter
    or state(p, result) & leave(key, x) =
      if Keys.mem key p.inputs then state(leave_one p key, add combine x result) else state(p, result)
    or state(p, result) & is_pending(key) = state(p, result) & reply Keys.mem key p.inputs to is_pending
    or state(p, result) & get_pendings() = state(p, result) & reply Keys.bindings p.inputs to get_pendings
    or state(p, result) & finished() = state({ p with announced = true }, result)
    or state(p, result) & wait() when is_over p = state(p, result) & reply get result to wait in
    spawn state({ next = 0; inputs = Keys.empty; announced = false }, Ok zero);
    { enter; leave; is_pending; get_pendings; finished; wait }
end
