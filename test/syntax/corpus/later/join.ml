(* The join calculus in its spellings, for the printer and for the fuzzers. *)

let def echo x = print_int x; ;;
spawn { echo 1 | echo 2 };;
let def print! x = print_int x; reply
let def fib! n = if n <= 1 then reply 1 else reply fib (n - 1) + fib (n - 2) to fib
let def fruit f | cake c = print_string (f ^ " " ^ c); print_newline (); ;;

let def new_cell! x =
  let def state s | put! v = state v | reply to put
  or state s | get! () = state s | reply s to get in
  state x | reply (get, put)

def count(n) & inc() = count(n + 1) & reply to inc
or count(n) & get() = count(n) & reply n to get
and log(s) = print_string s; 0

let () = spawn count(0) & log("a"); print_newline ()

type 'a cell = { put : 'a => unit; get : unit => 'a; log : <<string>>; all : << <<'a>> list >> }

let new_buffer size =
  def put(x) & state(n, front, back) when n < size = state(n + 1, front, x :: back) & reply to put
  or get() & state(n, x :: front, back) = state(n - 1, front, back) & reply x to get
  or get() & state(n, [], ([_] | _ :: _ as back)) =
    (match List.rev back with
     | x :: front -> state(n - 1, front, []) & reply x to get
     | [] -> begin state(n, [], []) & reply (raise Not_found) to get end) in
  spawn state(0, [], []);
  put, get

let def a x = b 1 | e; c 2 | d 3
or b x = if x then { a 1 | b 1 } else if not x then c 1 else { } | d 1
or c x = for i = 1 to x do { a i | b i } done | let y = x in d y
or d x = match x with 0 -> a 1 & b 1 | n when n > 1 -> { a 1 | b 1 } | `X | _ -> 0

def e(x) = for i = 1 to 10 do print_int i; done; (print_int 1); begin print 1; end; (a(1) & b(2))
or f(-1, 'a' .. 'z') & g(M.(x)) when (x = 3) || x > 4 = let open M in def h() = reply in h (); 0
or h(`A, { l; m = (y : int) }) = r.c(x) & l.(0)(x) & (f ()) x & (if x > 1 then c else c) 1 & !s x

let loc home with get! x = reply x or get! x | put y = reply y to get and log s = print s
struct let x = 1;; spawn { put "a" | log "b" } end
and other struct let homes = [home; other] end

let f x = let loc l struct end in def g(y) = reply l to g in g x;;

let def = 1 and loc = 2 and spawn f = f () in def + loc + spawn (fun () -> 3);;
let reply def spawn = def = spawn;;

class counter =
  def count(n) & incr() = count(n + 1) & reply to incr
  or count(n) & get() when n > 0 = count(n) & reply n to get in
  let () = spawn count(0) in
  let def log s = print_string s; in
  object method incr = incr () end

class cell x = let def state y | get! () = state y | reply y in fun z -> object method get = get () end
