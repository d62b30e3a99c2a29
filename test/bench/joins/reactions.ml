(* Prints what each takes, in nanoseconds for one of its operations. *)

let measure name operations f =
  let start = Unix.gettimeofday () in
  f ();
  let seconds = Unix.gettimeofday () -. start in
  Printf.printf "%s %.1f\n%!" name (seconds *. 1e9 /. float operations)

let n = 1_000_000

def count(k) & increment() = count(k + 1) & reply to increment
 or count(k) & read() = count(k) & reply k to read

let cell () =
  spawn count(0);
  for _ = 1 to n do increment () done;
  assert (read () = n)

def ping(k) & finish(f) = if k = 0 then f() else pong(k) & finish(f)
and pong(k) = ping(k - 1)

let ping_pong () =
  def over() & wait() = reply to wait in
  spawn ping(n) & finish(over);
  wait ()

def fib(k) =
  if k < 2 then reply k
  else
    def left(x) & right(y) = sum(x + y)
    and sum(s) & get() = reply s to get in
    spawn left(fib(k - 1));
    spawn right(fib(k - 2));
    reply get() to fib

let parallel_fib () = assert (fib 22 = 17711)

def all() & wait_for_all() = reply to wait_for_all
def total(k) & add() = if k + 1 = n then all() else total(k + 1)

let producers () =
  spawn total(0);
  for _ = 1 to 100 do
    spawn (for _ = 1 to n / 100 do add() done)
  done;
  wait_for_all ()

let () =
  measure "cell" n cell;
  measure "ping_pong" n ping_pong;
  measure "fib" 57_313 parallel_fib;
  measure "producers" n producers
