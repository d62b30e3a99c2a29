(* A queue is a front, and a back in reverse; the front is empty only if the back is. *)

type 'a t = {
  put : 'a -> bool;
  get : unit -> 'a option;
  close : unit -> unit;
  kill : unit -> unit;
}

let push x = function [], _ -> ([ x ], []) | front, back -> (front, x :: back)
let normal = function [], back -> (List.rev back, []) | queue -> queue

let create () =
  def opened(queue) & put(x) = opened(push x queue) & reply true to put
  or opened(x :: front, back) & get() = opened(normal (front, back)) & reply Some x to get
  or opened(queue) & shut() = closed(queue) & reply to shut
  or opened(_) & kill() = closed([], []) & reply to kill
  or closed(queue) & put(_) = closed(queue) & reply false to put
  or closed(x :: front, back) & get() = closed(normal (front, back)) & reply Some x to get
  or closed([], back) & get() = closed([], back) & reply None to get
  or closed([], back) & drained() = closed([], back) & reply to drained
  or closed(queue) & shut() = closed(queue) & reply to shut
  or closed(_) & kill() = closed([], []) & reply to kill in
  spawn opened([], []);
  let close () =
    shut ();
    drained ()
  in
  { put; get; close; kill }
