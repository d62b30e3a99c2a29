type t = { wait : unit -> int }

(* The last one to come lets the others pass, one by one. *)
let create n =
  if n < 1 then invalid_arg "JoinBarrier.create";
  def missing(left) & come() =
    missing(if left = 1 then n else left - 1) & reply left to come in
  spawn missing(n);
  def meet() & pass() = reply to meet & reply to pass in
  let wait () =
    let left = come () in
    if left > 1 then meet () else for _ = 2 to n do pass () done;
    n - left
  in
  { wait }
