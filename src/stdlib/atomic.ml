(* One domain runs one thread of OCaml at a time and is not preempted inside these functions' single reads and
   writes: a cell is a mutable field. *)

type 'a t = { mutable v : 'a }

let make v = { v }
let make_contended = make
let get cell = cell.v
let set cell v = cell.v <- v

let exchange cell v =
  let old = cell.v in
  cell.v <- v;
  old

let compare_and_set cell seen v =
  if cell.v == seen then begin
    cell.v <- v;
    true
  end
  else false

let fetch_and_add cell n =
  let old = cell.v in
  cell.v <- old + n;
  old

let incr cell = cell.v <- cell.v + 1
let decr cell = cell.v <- cell.v - 1
