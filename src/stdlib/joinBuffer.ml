type 'a t = { put : 'a -> unit; get : unit -> 'a }

(* The elements are in a ring. There is one message on one of the states, with the place of the first element and, where it is not
   clear, their number. *)
let create size =
  if size < 1 then invalid_arg "JoinBuffer.create";
  let ring = Array.make size None in
  let after first count = (first + count) mod size in
  let take first =
    let x = Option.get ring.(first) in
    ring.(first) <- None;
    x
  in
  def empty(first) & put(x) =
    ring.(first) <- Some x;
    (if size > 1 then some(first, 1) else full(first)) & reply to put
  or some(first, count) & put(x) =
    ring.(after first count) <- Some x;
    (if count + 1 < size then some(first, count + 1) else full(first)) & reply to put
  or some(first, count) & get() =
    let x = take first in
    (if count > 1 then some(after first 1, count - 1) else empty(after first 1)) & reply x to get
  or full(first) & get() =
    let x = take first in
    (if size > 1 then some(after first 1, size - 1) else empty(after first 1)) & reply x to get in
  spawn empty(0);
  { put; get }
