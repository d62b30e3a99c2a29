(* Channels beside the rest of the language: functors, classes, objects, laziness, optional arguments, GADTs, a function called spawn. *)

module type S = sig val f : int -> int val put : int => unit val get : unit -> int end
module Make (X : sig val start : int end) : S = struct
  def f(x) = reply x + X.start to f
  def state(s) & put(x) = state(x) & reply to put
  or state(s) & get() = state(s) & reply s to get
  let () = spawn state(X.start)
end
module A = Make (struct let start = 1 end)
module B = Make (struct let start = 10 end)
let () = A.put (A.f 5); B.put (B.f 5); Printf.printf "%d %d\n" (A.get ()) (B.get ())
let m = (module A : S)
class counter start =
  let inc, get =
    def n(k) & inc() = n(k + 1) & reply to inc or n(k) & get() = n(k) & reply k to get in
    spawn n(start); inc, get in
  object method inc = inc () method get = get () end
let c = new counter 5
let () = c#inc; c#inc; Printf.printf "%d\n" c#get
let o = object (self)
  val mutable total = 0
  method add x = total <- total + x; total
  method later k = def go(x) = ignore (self#add x); k(total) in spawn go(4)
end
def finish(t) & wait() = reply t to wait
let () = o#later finish; Printf.printf "%d\n" (wait ())
let rec lazy_loop = lazy (def a(x) = reply x to a in a 3)
let () = Printf.printf "%d\n" (Lazy.force lazy_loop)
let table = Hashtbl.create 3
def store(k, v) = Hashtbl.replace table k v; stored()
and stored() & sync() = reply to sync
let () = spawn store("a", 1); sync (); Printf.printf "%d\n" (Hashtbl.find table "a")
let f ?(k = 3) x = def g(y) = reply y + k to g in g x
let () = Printf.printf "%d %d\n" (f 1) (f ~k:10 1)
type _ t = I : int t | S : string t
let show : type a. a t -> a -> string = fun t x ->
  def reply_(s) & w() = reply s to w in
  spawn { match t with I -> reply_ (string_of_int x) | S -> reply_ x };
  w ()
let () = print_endline (show I 3 ^ show S "x")
let spawn_ f = spawn { def run() = f (); 0 in run() }
let () =
  def ran() & waits() = reply to waits in
  spawn_ (fun () -> spawn ran());
  waits ()
module Threads = struct
  let spawn f = f ()
  let () = print_endline (spawn (fun () -> "called"))
  let () = def ran() & waits() = reply to waits in spawn { ran() }; waits ()
end
let def = 1 and reply x = x + 1
let () = Printf.printf "%d\n" (reply def)
let p : (int -> unit) * (unit -> int) = def put(x) & get() = reply x to get in (fun x -> spawn put(x)), get
let () = fst p 12; Printf.printf "%d\n" (snd p ())

(* stdout {expected|
6 15
7
4
3
1
4 11
3x
called
2
12
|expected} *)
