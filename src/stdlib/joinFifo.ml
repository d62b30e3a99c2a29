(* A queue that is not empty is its first element, a front, and a back in reverse. *)

type 'a t = {
  put : 'a -> bool;
  get : unit -> 'a option;
  close : unit -> unit;
  kill : unit -> unit;
}

type 'a rest = { front : 'a list; back : 'a list }

let push y { front; back } = { front; back = y :: back }
let normal = function { front = []; back } -> { front = List.rev back; back = [] } | rest -> rest

let create () =
  def empty() & put(x) = filled(x, { front = []; back = [] }) & reply true to put
  or empty() & shut() = over() & reply to shut
  or empty() & kill() = over() & reply to kill
  or filled(x, rest) & put(y) = filled(x, push y rest) & reply true to put
  or filled(x, rest) & get() =
    (match normal rest with
     | { front = []; _ } -> empty()
     | { front = y :: front; back } -> filled(y, { front; back }))
    & reply Some x to get
  or filled(x, rest) & shut() = closed(x, rest) & reply to shut
  or filled(_, _) & kill() = over() & reply to kill
  or closed(x, rest) & put(_) = closed(x, rest) & reply false to put
  or closed(x, rest) & get() =
    (match normal rest with
     | { front = []; _ } -> over()
     | { front = y :: front; back } -> closed(y, { front; back }))
    & reply Some x to get
  or closed(x, rest) & shut() = closed(x, rest) & reply to shut
  or closed(_, _) & kill() = over() & reply to kill
  or over() & put(_) = over() & reply false to put
  or over() & get() = over() & reply None to get
  or over() & shut() = over() & reply to shut
  or over() & kill() = over() & reply to kill
  or over() & drained() = over() & reply to drained in
  spawn empty();
  let close () =
    shut ();
    drained ()
  in
  { put; get; close; kill }
