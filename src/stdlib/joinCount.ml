(* There is one message on one of the states at any time: [left] while something is to come, [none_left] then. (States with names of their
   own rather than patterns of numbers: reactions that take any message need not look for one.) A result is kept as [Ok y] or
   [Error exn], so that no exception stops the count. *)

let add combine x = function
  | Ok y -> ( try Ok (combine x y) with e -> Error e)
  | Error _ as failed -> failed

let get = function Ok y -> y | Error e -> raise e

module Down = struct
  type t = { tick : unit Join.chan; wait : unit -> unit }

  let create n =
    def left(n) & tick() = if n > 1 then left(n - 1) else none_left()
    or none_left() & tick() = none_left()
    or none_left() & wait() = none_left() & reply to wait in
    if n > 0 then spawn left(n) else spawn none_left();
    { tick; wait }
end

module Collector = struct
  type ('a, 'b) t = { collect : 'a Join.chan; wait : unit -> 'b }

  let create combine zero n =
    def left(n, result) & collect(x) =
      let result = add combine x result in
      if n > 1 then left(n - 1, result) else none_left(result)
    or none_left(result) & collect(_) = none_left(result)
    or none_left(result) & wait() = none_left(result) & reply get result to wait in
    if n > 0 then spawn left(n, Ok zero) else spawn none_left(Ok zero);
    { collect; wait }
end

module Dynamic = struct
  type ('a, 'b) t = {
    enter : unit -> unit;
    leave : 'a Join.chan;
    finished : unit Join.chan;
    wait : unit -> 'b;
  }

  (* More may be announced while [open_]; [left] as above. *)
  let create combine zero =
    def open_(n, result) & enter() = open_(n + 1, result) & reply to enter
    or open_(n, result) & leave(x) = open_(n - 1, add combine x result)
    or open_(n, result) & finished() = if n > 0 then left(n, result) else none_left(result)
    or left(n, result) & enter() = left(n + 1, result) & reply to enter
    or left(n, result) & leave(x) =
      let result = add combine x result in
      if n > 1 then left(n - 1, result) else none_left(result)
    or none_left(result) & enter() = left(1, result) & reply to enter
    or none_left(result) & wait() = none_left(result) & reply get result to wait in
    spawn open_(0, Ok zero);
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
