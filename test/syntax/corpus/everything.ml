(* One of everything that OCaml 4.13 and 5 both parse. *)
let a = 1 + 2 * 3 - 4 lsl 2 ** 3. and b = -x + - y -. -1.5 + +2
let c = if a then b else c; d
let d = x.f <- y.g.h <- 3 + 4
let e = a.(i).(j) <- b.[k], c.{1,2,3} <- 4; d.{1,2,3,4}
let f = f ~a ~b:(1) ?c ?d:(Some 2) x#y##z#w !x.y
let g = function A | B (x, _) as y, (lazy z) -> . | [1; 2; x :: _] when a -> () | [| a |] | { x; y = 2; M.z = _; _ } -> M.(a, b)
let h = fun (type a) (type b c) ?(x = 1) ?y:(z : int = 2) ~w:(A q) (r : t) : int -> x
let i (type a) : a t -> int = fun x -> 1
let rec j : type a b. a -> b = fun x -> x and k : 'a 'b. 'a -> 'b = assert false
let l = let open M in let module X = struct let x = 1 end in let exception E of int in x; y
let m = M.[1; 2] @ M.{ x = 1 } ^ M.(x + y) ^ M.[| 1 |] ^ M.() ^ M.( + ) ^ M.(::)
let n = (x : int :> float), (x :> t), (x : int)
let o = { r with a = 1; b; M.c : int = 2 }, {< a = 1; b >}, {<>}
let p = let* x = y and* z = w in let+ a = b in c
let q = match%foo[@bar] x with A -> begin%x 1 end | exception E -> 2 | exception%foo[@b] F | `A | `B 3 -> try y with _ -> z; a
let r = for i = 1 to 2 do () done; while x do y done; for _ = 3 downto 1 do z done
let s = a [@x] + b [@y] :: c [@z] ; d [@@w]
let t = new M.c, object (self : 'a) inherit! c as d val mutable x = 1 method! private m : 'a. t = 1 method virtual n : int initializer () constraint 'a = 'b method f x y : t = x method g : type a. a t = y end
let u = (module M : S with type t = int and type M.u = string), (module M)
let v (module M : S) (module N) (module _) = 2
let w = assert (x) && lazy y || not z or a & b
let x = a := b := c <> d |> e @@ f ^ g
let y = "a\nb\065\x41\o101\u{1F600}\
   c" ^ {|raw|} ^ {id|a|b|id} ^ '\n' ^ 1l ^ 0xFFL ^ 0b11n ^ 1e5 ^ 0x1.8p3 ^ 1_000
let z = [%ext 1 2], [%ext: int], [%ext? A when x], {%ext|foo|}, {%ext.a id|foo|id}
let aa = a.%(1), a.%[1;2], a.%{1} <- 2, a.M.%(1;2) <- 3
let (+) = 1 and ( .%() ) = 2 and ( .%(;..)<- ) = 3 and ( let* ) = 4 and (!) = 5 and ( * ) = 6
let (x, y) : int * int = 1, 2
let Some x | None as x = 1
let `A, `B -1 = 2
let f = function -1 | 'a'..'z' | 1.5 | -2L | "x" | #t | #M.t | () | [] | true | (::) (a, b) | C (type a) (x : a) -> 1
let bb = begin end; begin 1; end; (); ( - ) 1; (=) a b
let cc = x |> fun x -> x + 1
let dd = f (fun x -> x); if a then (b; c) else d
let ee = if a then b; if a then if b then c else d
let ff = a, if b then c else d, e
let gg = a.M.x.N.y <- b
let hh = let x = 1 and y = 2 in x ; y
;;
1 + 2;;
let x = 1 in x;;
external f : int -> int = "a" "b" [@@noalloc]
type t
type 'a t = 'a list = [] | ( :: ) of 'a * 'a t
type (+'a, -'b, !'c, +!'d, _) u = private { mutable a : int; b : 'a. 'a -> t [@x]; c : d } constraint 'a = int
and v = A of int * (int * int) | B of { x : int } | C : int -> v | D : v | E : { x : int } -> v [@x]
type w = .. 
type w += A of int | B = M.C | C : int -> w
type x = |
type y = private [> `A | `B of int & string | t ] and z = [< `A | `B > `A `B ] 
type a = [ `A ] * < a : int; b : 'a. t; .. > * #c * int #d * (int, t) M.N(P.Q).t -> ?a:int -> b:int -> 'a as 'a
type a = (module S with type t = int) -> [%ext] [@attr]
type nonrec t = t = A | B
exception E of int [@@x]
exception F = M.G
module M = struct let x = 1;; let y = 2 2 + 3 ;; end
module F (X : S) () (_ : T) : S with type t = int and module M = N and type u := v and module O := P.Q = X (Y) (struct end) ()
module G = functor (X : S) () -> (X : T) [@a]
module rec A : S = B and B : T = A
module type S = sig val x : int type t = int type u := int module M : S module N = M module O := P module rec A : S and B : T module type T = S module type U include S open M exception E of int class c : int -> object end class type d = object end external f : int = "x" [@@@a] [%%b] end
module type T = functor (X : S) -> S -> module type of M with type t = int
module N = (val x : S :> T)
open! M open struct end
include M
class ['a, 'b] c x ?y ~z:(w) : int -> object end = fun a -> let x = 1 in (d 1 ~b : ct)
and virtual d = object (self) val x : int = 1 val virtual mutable y : int end
class type e = object ('a) inherit c val mutable virtual x : int method private virtual y : 'a. 'b constraint 'a = 'b [@@@a] [%%b] end
class f = [int, 'a] M.g
class h = let open M in object end [@a]
[%%ext let x = 1]
[@@@a.b.c]
{%%ext|foo|}
let%foo x = 1 and y = 2
type%foo t = int
module%foo M = N
let f ~x ?y:_ ~(z:int) ?(w) = ()
let a = "x" ;;
let b = (x; y;); [1;2;]; [|1;|]; {x=1;}
let c = a;%foo b; c
let f : t :> u = x
let g = (fun x -> x : int -> int)
let h = (let x = 1 in x : int)
let rec f x = function A -> 1 | B -> 2
and g = fun x -> fun y -> function A -> 2
let f = fun x : int -> x
let y = x.contents.y.(0).z
let z = a.b#c.d
let q = - f x + - -1 + ~-x + -. 1.
let e = -1 - 1 -1
let f = f (-1) -1
let g = let%foo x = 1 in x
let x = new c 1 2
let a = assert false; lazy (1); ()
let f (A | B) = 1
let a, b = 1, 2 and { x } = y and [z] = w and (A x) = c and A y = c and _ = d
let f : int -> int = fun x -> x
let x = a < b && c > d || e >= f
let y = x :: y :: z @ w
let f = try a with E -> b | F -> c, d
let x = `A (1, 2) :: `B :: []
let x = A 1 + B 2
let x = f A B (C 1) `D
let x = ! ! a
let x = !a.b.c
let x = a.b.(c) + 1
