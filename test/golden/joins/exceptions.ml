(* An exception goes to every caller whose reply was due in the branch that raised it, and to nobody else; where no reply was due it
   is told on standard error and the process ends. *)

exception Broken of int

let check name holds = if not holds then print_endline ("wrong: " ^ name)
let outcome f x = match f x with y -> Ok y | exception e -> Error e
let broken x = if x < 0 then raise (Broken x)

module type Channels = sig
  val fragile : int -> int
  val left : int -> int
  val right : int -> int
  val first : int -> int
  val second : int -> int
  val early : int -> unit
  val seen_after : unit -> int
  val some : int option -> int
  val state : unit -> int
  val step : int -> int
  val nested : int -> int
  val positive : int -> int
  val least : int list -> int
  val given : int -> int
  val taken : int -> int
  val left_over : int -> int
  val replied : int -> int
  val one : int -> int
  val other : int -> int
end

[@@@ocaml.warning "-8"]

module Classic () : Channels = struct
  let def fragile! x = broken x; reply x

  (* The branch of [left] raises, that of [right] goes on. *)
  let def left! x | right! y = { broken x; reply x to left } | reply y to right

  (* Before the branches: both hear of it. *)
  let def first! x | second! y = broken (x + y); { reply x to first | reply y to second }

  (* The caller has its reply already. *)
  let def early! x = reply | broken x; seen x
  and seen x | seen_after! () = reply x to seen_after

  let def some! (Some x) = reply x

  (* What was taken before the exception is not put back; what was put back before it is. *)
  let def value n | state! () = value n | reply n to state
  or value n | step! d = { value n | broken d; move d; reply n + d to step }
  or value n | move! d = value (n + d) | reply to move

  let def nested! x = reply (try fragile x with Broken y -> y - 1)

  (* A process that can only raise replies to nobody. *)
  let def positive! x = if x > 0 then reply x else raise (Broken x)
  let def least! l = match List.sort compare l with [] -> assert false | x :: _ -> reply x
  let def given! x | taken! y = if x < y then { reply y to given | reply x to taken } else { failwith "refused" }

  (* Whoever is left over gets the exception of the first branch that can only raise. *)
  let def left_over! x | replied! y =
    reply y to replied | if x > 5 then { raise Exit } else { { broken 0; } | raise (Broken x) } | { broken 0; raise Not_found }
  or left_over! x | never () = reply x

  let def one! x | other! y = { if x < 0 then raise (Broken x) else reply x to one } | reply y to other
  let () = spawn { value 0 }
end

module Later () : Channels = struct
  def fragile(x) = broken x; reply x to fragile
  def left(x) & right(y) = begin broken x; reply x to left end & reply y to right
  def first(x) & second(y) = broken (x + y); (reply x to first & reply y to second)
  def early(x) = reply to early & begin broken x; seen(x) end
  and seen(x) & seen_after() = reply x to seen_after
  def some(Some x) = reply x to some
  def value(n) & state() = value(n) & reply n to state
  or value(n) & step(d) = value(n) & begin broken d; move d; reply n + d to step end
  or value(n) & move(d) = value(n + d) & reply to move
  def nested(x) = reply (try fragile x with Broken y -> y - 1) to nested
  def positive(x) = if x > 0 then reply x to positive else raise (Broken x)
  def least(l) = match List.sort compare l with [] -> assert false | x :: _ -> reply x to least
  def given(x) & taken(y) = if x < y then reply y to given & reply x to taken else failwith "refused"
  def left_over(x) & replied(y) =
    reply y to replied
    & (if x > 5 then raise Exit else begin broken 0; 0 end & raise (Broken x))
    & begin broken 0; raise Not_found end
  or left_over(x) & never() = reply x to left_over
  def one(x) & other(y) = (if x < 0 then raise (Broken x) else reply x to one) & reply y to other
  let () = spawn value(0)
end

[@@@ocaml.warning "+8"]

(* Both calls at once; what they came to. *)
let both f x g y =
  def one(a) & other(b) & wait() = reply (a, b) to wait in
  spawn { one (outcome f x) | other (outcome g y) };
  wait ()

let test name (module C : Channels) =
  let check text = check (name ^ ": " ^ text) in
  check "no exception" (outcome C.fragile 1 = Ok 1);
  check "one caller" (outcome C.fragile (-1) = Error (Broken (-1)));
  check "sibling" (both C.left (-2) C.right 3 = (Error (Broken (-2)), Ok 3));
  check "all callers" (both C.first (-2) C.second 1 = (Error (Broken (-1)), Error (Broken (-1))));
  check "no callers" (both C.first 2 C.second 1 = (Ok 2, Ok 1));
  check "replied before" (outcome C.early (-4) = Ok ());
  C.early 5;
  check "others go on" (C.seen_after () = 5);
  check "matched" (outcome C.some (Some 6) = Ok 6);
  check "unmatched" (match outcome C.some None with Error (Match_failure _) -> true | _ -> false);
  check "step" (C.step 1 = 1);
  check "failed step" (outcome C.step (-1) = Error (Broken (-1)));
  check "step again" (C.step 2 = 3);
  check "state" (C.state () = 3);
  check "caught inside" (C.nested (-7) = -8);
  check "a branch that raises" (outcome C.positive 2 = Ok 2 && outcome C.positive (-2) = Error (Broken (-2)));
  check "a case that fails" (match outcome C.least [] with Error (Assert_failure _) -> C.least [ 2; 1 ] = 1 | _ -> false);
  check "all callers of what raises" (both C.given 2 C.taken 1 = (Error (Failure "refused"), Error (Failure "refused")));
  check "all callers of what does not" (both C.given 1 C.taken 2 = (Ok 2, Ok 1));
  check "left over" (both C.left_over 3 C.replied 4 = (Error (Broken 3), Ok 4));
  check "left over, in another branch" (both C.left_over 6 C.replied 4 = (Error Exit, Ok 4));
  check "a branch of a branch" (both C.one (-1) C.other 2 = (Error (Broken (-1)), Ok 2))

let () =
  test "classic" (module Classic ());
  test "later" (module Later ());
  spawn { broken (-9); };
  print_endline "done"

(* stdout {expected|
done
|expected} *)
(* stderr {expected|
Process killed on uncaught exception Exceptions.Broken(-4)
Process killed on uncaught exception Not_found
Process killed on uncaught exception Not_found
Process killed on uncaught exception Exceptions.Broken(-4)
Process killed on uncaught exception Not_found
Process killed on uncaught exception Not_found
Process killed on uncaught exception Exceptions.Broken(-9)
|expected} *)
