/** An OCaml unit with all that types and names can be, which `stubs.test.ts` makes modules of and calls. */

const interfaceText = `(** A shop, whose types cross the border. *)

(** A line of an order. *)
type line = { sku : string; price : float; count : int }
type order = Empty | Lines of line list | Rush of { hours : int; order : order }
type 'a tree = Leaf | Node of 'a tree * 'a * 'a tree
type t
type f = int -> int
type ('key, 'v) pair = { key : 'key; v : 'v }

(** Its layout depends on what is in it. *)
type 'a stack = { items : 'a array; next : 'a stack option }
type even = Zero | Odd of odd
and odd = Even of even
type steps = [ \`Next of steps list | \`End | \`Level of int * string ]
type receive = Receive | Case of char
type string_ = string
type node = int32
type t' = A' of t' | B'
type point = { x : float; y : float } [@@erlang.record]
type header = { content_type : string [@erlang "Content-Type"]; end_ : int }
module Sub : sig
  type t = { a : int }
  type 'a u = 'a list
  type k = private int
  val f : int -> int
end
type 'a phantom
type 'a same = 'a constraint 'a = int * 'b
type _ gadt = I : int -> int gadt | S : string -> string gadt
type plain = P : int -> plain | Q : plain
type hidden = ..
type nothing = |

(** The total of [order] & more <b> "quotes" @x {b bold} \`quote'.
    @return the total *)
val total : order -> float
val sum : int tree -> int
val depth : 'a tree -> int
val mk : string -> t
val run : t -> f -> int
val adder : int -> f
type 'a visit = { each : 'a -> unit; last : (unit -> 'a) option }
val visit : (first:int -> string -> order) -> int visit -> order list
val pr : (string, float) pair -> (int * char, bool option) result
(** After. *)

val stack : int stack -> t stack
val floats : float stack -> float
val even : even -> odd
val steps : steps -> receive -> node
val q : t' -> t'
val find' : ?start:int -> key:string -> (string, int) Hashtbl.t -> Sub.t
val labels : target:int -> _A:int -> end':int -> int
val sub : Sub.k Sub.u -> Sub.t option
val point : point -> header -> point
val id : 'a -> 'a
val poly : ([ \`A of 'a list | \`B ] as 'a) -> string_
val phantom : int phantom -> int gadt
val same : (int * bool) same -> plain
val now : unit -> int
val limit : int64
val module_info : int
val remote : int -> int -> int
val receive : int -> int
val quote : int -> int
val length : string -> int
val apply : int -> int -> int
val bytes : bytes -> string list -> floatarray
val either : (int, string) Either.t -> Complex.t
val i32 : int32 -> char -> nativeint
val other : < m : int > -> exn -> hidden -> nothing option
val squares : int -> int Seq.t
val walk : float Seq.t Lazy.t -> Uchar.t option
module Fold : sig
  type t = string
  val compare : t -> t -> int
end
val fold : int Map.Make(Fold).t -> Set.Make(Fold).t
val who : Erlang.pid -> Erlang.term -> Erlang.reference option
val counter : int -> < get : int >
type inbox = int Join.chan
type outlet = unit => int
type 'a box = { send : 'a Join.chan; next : unit => 'a }
val put : <<int>>
val get : unit => int
val box : int -> int box
val feed : inbox -> outlet -> int
external ext : int -> int = "%identity"
`

const implementation = `
type line = { sku : string; price : float; count : int }
type order = Empty | Lines of line list | Rush of { hours : int; order : order }
type 'a tree = Leaf | Node of 'a tree * 'a * 'a tree
type t = string
type f = int -> int
type ('key, 'v) pair = { key : 'key; v : 'v }
type 'a stack = { items : 'a array; next : 'a stack option }
type even = Zero | Odd of odd
and odd = Even of even
type steps = [ \`Next of steps list | \`End | \`Level of int * string ]
type receive = Receive | Case of char
type string_ = string
type node = int32
type t' = A' of t' | B'
type point = { x : float; y : float } [@@erlang.record]
type header = { content_type : string [@erlang "Content-Type"]; end_ : int }
module Sub = struct
  type t = { a : int }
  type 'a u = 'a list
  type k = int
  let f x = x
end
type 'a phantom = 'a
type 'a same = 'a constraint 'a = int * 'b
type _ gadt = I : int -> int gadt | S : string -> string gadt
type plain = P : int -> plain | Q : plain
type hidden = ..
type nothing = |
let rec total = function
  | Empty -> 0.
  | Lines l -> List.fold_left (fun s l -> s +. (l.price *. float_of_int l.count)) 0. l
  | Rush { order; _ } -> 10. +. total order
let rec sum = function Leaf -> 0 | Node (l, x, r) -> sum l + x + sum r
let rec depth : 'a. 'a tree -> int = function Leaf -> 0 | Node (l, _, r) -> 1 + max (depth l) (depth r)
let mk s = s
let run t f = f (String.length t)
let adder n : f = fun x -> x + n
type 'a visit = { each : 'a -> unit; last : (unit -> 'a) option }
let visit (f : first:int -> string -> order) { each; last } =
  Option.iter (fun last -> each (last ())) last;
  [ f ~first:1 "two" ]
let pr { key; v } = if v > 0. then Ok (String.length key, key.[0]) else Error None
let stack s = { items = Array.map string_of_int s.items; next = None }
let floats s = Array.fold_left ( +. ) 0. s.items
let even e = Even e
let steps s r = match s, r with \`Level (n, _), Case c -> Int32.of_int (n + Char.code c) | _ -> -1l
let q x = A' x
let find' ?(start = 0) ~key table = { Sub.a = start + Hashtbl.find table key }
let labels ~target ~_A ~end' = target + _A + end'
let sub = function [] -> None | a :: _ -> Some { Sub.a }
let point p h = { p with y = float_of_int h.end_ }
let id x = x
let rec poly = function \`B -> "b" | \`A l -> "a(" ^ String.concat "," (List.map poly l) ^ ")"
let phantom n = I n
let same (n, b) = if b then P n else Q
let now () = 42
let limit = 9000000000000000000L
let module_info = 1
let remote a b = a - b
let receive x = x + 1
let quote x = x * 2
let length = String.length
let apply a b = a * b
let bytes b l = Float.Array.of_list (List.map (fun s -> float_of_int (String.length s + Bytes.length b)) l)
let either = function Either.Left n -> { Complex.re = float_of_int n; im = 0. } | Right _ -> Complex.i
let i32 n c = Nativeint.of_int (Int32.to_int n + Char.code c)
let other _ _ _ = None
let squares n = Seq.init n (fun i -> i * i)
let walk s = Option.map (fun (x, _) -> Uchar.of_int (int_of_float x)) (Seq.uncons (Lazy.force s))
module Fold = struct
  type t = string
  let compare a b = compare (String.lowercase_ascii a) (String.lowercase_ascii b)
end
module Folded = Map.Make (Fold)
module Folds = Set.Make (Fold)
let fold m = Folds.of_list (List.map fst (Folded.bindings m))
let who (_ : Erlang.pid) (_ : Erlang.term) : Erlang.reference option = None
let counter n = object method get = n end
type inbox = int Join.chan
type outlet = unit => int
type 'a box = { send : 'a Join.chan; next : unit => 'a }
def put(x : int) & get() = reply x to get
let box n = def send(x) & next() = reply x to next in spawn send(n); { send; next }
let feed (inbox : inbox) (outlet : outlet) = let n = outlet () in spawn inbox(n); n
external ext : int -> int = "%identity"
`

/** It mentions types of the other unit. */
const second = `
type parcel = { order : Corpus.order; owner : Corpus.t }
let pack (order : Corpus.order) (owner : Corpus.t) = { order; owner }
let weigh { order; owner } = Corpus.total order +. float_of_int (Corpus.run owner Fun.id)
let shape (t : int Corpus.tree) : string Corpus.tree = ignore t; Leaf
`

export const corpus = {
  'corpus.mli': interfaceText,
  'corpus.ml': implementation,
  'parcels.ml': second,
} as const
