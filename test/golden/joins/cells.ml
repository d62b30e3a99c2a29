(* Cells: every read sees the last write, and increments made at once are not lost. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

type 'a cell = { get : unit -> 'a; put : 'a -> unit; update : ('a -> 'a) -> 'a }

module Classic = struct
  let new_cell x =
    let def get! () | state x = reply x to get | state x
    or put! y | state _ = reply to put | state y
    or update! f | state x = reply x to update | state (f x) in
    spawn { state x };
    { get; put; update }
end

module Later = struct
  let new_cell x =
    def get() & state(x) = reply x to get & state(x)
    or put(y) & state(_) = reply to put & state(y)
    or update(f) & state(x) = reply x to update & state(f x) in
    spawn state(x);
    { get; put; update }
end

module type Cells = sig
  val new_cell : 'a -> 'a cell
end

let test name (module C : Cells) =
  let check text = check (name ^ ": " ^ text) in
  let word = C.new_cell "hello" in
  check "first" (word.get () = "hello");
  word.put "world";
  check "second" (word.get () = "world");
  let total = C.new_cell 0 and left = C.new_cell 50 in
  def all_done() & wait() = reply to wait in
  def add(n) =
    let before = total.update (fun x -> x + n) in
    check "grows" (before >= 0);
    let last = left.update pred = 1 in
    if last then all_done() in
  for n = 1 to 50 do spawn add(n) done;
  wait ();
  check "sum" (total.get () = 1275)

let () =
  test "classic" (module Classic);
  test "later" (module Later);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
