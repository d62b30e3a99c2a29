module M = struct end;;
[%%expect {|
module M : sig end
|}]
module M = struct let x = 1 end;;
[%%expect {|
module M : sig val x : int end
|}]
M.x;;
[%%expect {|
- : int = 1
|}]
module M = struct let x = 1 let y = "a" let f x = x end;;
[%%expect {|
module M : sig val x : int val y : string val f : 'a -> 'a end
|}]
module M = struct type t = int let x : t = 1 end;;
[%%expect {|
module M : sig type t = int val x : t end
|}]
M.x;;
[%%expect {|
- : M.t = 1
|}]
module M : sig val x : int end = struct let x = 1 let y = 2 end;;
[%%expect {|
module M : sig val x : int end
|}]
M.y;;
[%%expect {|
Line 1, characters 0-3:
1 | M.y;;
    ^^^
Error: Unbound value M.y
|}]
module M : sig type t val x : t val f : t -> int end = struct type t = int let x = 1 let f x = x end;;
[%%expect {|
module M : sig type t val x : t val f : t -> int end
|}]
M.x;;
[%%expect {|
- : M.t = <abstr>
|}]
M.f M.x;;
[%%expect {|
- : int = 1
|}]
[M.x];;
[%%expect {|
- : M.t list = [<abstr>]
|}]
(M.x, 1);;
[%%expect {|
- : M.t * int = (<abstr>, 1)
|}]
Some M.x;;
[%%expect {|
- : M.t option = Some <abstr>
|}]
M.x + 1;;
[%%expect {|
Line 1, characters 0-3:
1 | M.x + 1;;
    ^^^
Error: This expression has type M.t but an expression was expected of type
         int
|}]
module M : sig type t = private int val x : t end = struct type t = int let x = 1 end;;
[%%expect {|
module M : sig type t = private int val x : t end
|}]
M.x;;
[%%expect {|
- : M.t = 1
|}]
(M.x :> int);;
[%%expect {|
- : int = 1
|}]
module type S = sig end;;
[%%expect {|
module type S = sig end
|}]
module type S = sig val x : int end;;
[%%expect {|
module type S = sig val x : int end
|}]
module type S = sig type t val x : t end;;
[%%expect {|
module type S = sig type t val x : t end
|}]
module type T = sig include S val y : t end;;
[%%expect {|
module type T = sig type t val x : t val y : t end
|}]
module type U = S with type t = int;;
[%%expect {|
module type U = sig type t = int val x : t end
|}]
module type U = S with type t := int;;
[%%expect {|
module type U = sig val x : int end
|}]
module type A;;
[%%expect {|
module type A
|}]
module A : S = struct type t = int let x = 1 end;;
[%%expect {|
module A : S
|}]
A.x;;
[%%expect {|
- : A.t = <abstr>
|}]
module A = struct type t = int let x = 1 end;;
[%%expect {|
module A : sig type t = int val x : int end
|}]
module B : S = A;;
[%%expect {|
module B : S
|}]
module C = (A : S);;
[%%expect {|
module C : S
|}]
module D = (A : S with type t = int);;
[%%expect {|
module D : sig type t = int val x : t end
|}]
D.x;;
[%%expect {|
- : D.t = 1
|}]
module F (X : S) = struct let y = X.x end;;
[%%expect {|
module F : functor (X : S) -> sig val y : X.t end
|}]
module F (X : S) : sig val z : X.t end = struct let z = X.x end;;
[%%expect {|
module F : functor (X : S) -> sig val z : X.t end
|}]
module G = F (A);;
[%%expect {|
module G : sig val z : A.t end
|}]
G.z;;
[%%expect {|
- : A.t = 1
|}]
module H = F (B);;
[%%expect {|
module H : sig val z : B.t end
|}]
H.z;;
[%%expect {|
- : B.t = <abstr>
|}]
module F (X : S) (Y : S) = struct let p = (X.x, Y.x) end;;
[%%expect {|
module F : functor (X : S) (Y : S) -> sig val p : X.t * Y.t end
|}]
module I = F (A) (B);;
[%%expect {|
module I : sig val p : A.t * B.t end
|}]
I.p;;
[%%expect {|
- : A.t * B.t = (1, <abstr>)
|}]
module F () = struct let x = ref 0 end;;
[%%expect {|
module F : functor () -> sig val x : int ref end
|}]
module J = F ();;
[%%expect {|
module J : sig val x : int ref end
|}]
J.x;;
[%%expect {|
- : int ref = {contents = 0}
|}]
module type FT = functor (X : S) -> sig val y : X.t end;;
[%%expect {|
module type FT = functor (X : S) -> sig val y : X.t end
|}]
module type FT = functor (X : S) (Y : S) -> S;;
[%%expect {|
module type FT = functor (X : S) (Y : S) -> S
|}]
module type FT = S -> S;;
[%%expect {|
module type FT = S -> S
|}]
module F (X : sig val n : int end) = struct let m = X.n + 1 end;;
[%%expect {|
module F : functor (X : sig val n : int end) -> sig val m : int end
|}]
module K = F (struct let n = 41 end);;
[%%expect {|
module K : sig val m : int end
|}]
K.m;;
[%%expect {|
- : int = 42
|}]
module L = List;;
[%%expect {|
module L = List
|}]
L.length [1];;
[%%expect {|
- : int = 1
|}]
module M = struct module N = struct let x = 1 module O = struct let y = 2 end end end;;
[%%expect {|
module M :
  sig module N : sig val x : int module O : sig val y : int end end end
|}]
M.N.O.y;;
[%%expect {|
- : int = 2
|}]
module M = struct module type S = sig val x : int end module X : S = struct let x = 3 end end;;
[%%expect {|
module M : sig module type S = sig val x : int end module X : S end
|}]
M.X.x;;
[%%expect {|
- : int = 3
|}]
module rec A : sig val f : int -> int end = struct let f x = if x = 0 then 0 else B.g (x - 1) end and B : sig val g : int -> int end = struct let g x = A.f x end;;
[%%expect {|
module rec A : sig val f : int -> int end
and B : sig val g : int -> int end
|}]
A.f 10;;
[%%expect {|
- : int = 0
|}]
module Int_set : sig type t val empty : t val of_list : int list -> t val elements : t -> int list end = Set.Make (Int);;
[%%expect {|
module Int_set :
  sig
    type t
    val empty : t
    val of_list : int list -> t
    val elements : t -> int list
  end
|}]
Int_set.empty;;
[%%expect {|
- : Int_set.t = <abstr>
|}]
Int_set.of_list [3; 1; 2];;
[%%expect {|
- : Int_set.t = <abstr>
|}]
Int_set.elements (Int_set.of_list [3; 1; 2]);;
[%%expect {|
- : int list = [1; 2; 3]
|}]
module String_map : sig type 'a t val empty : 'a t val add : string -> 'a -> 'a t -> 'a t val bindings : 'a t -> (string * 'a) list val singleton : string -> 'a -> 'a t val find : string -> 'a t -> 'a end = Map.Make (String);;
[%%expect {|
module String_map :
  sig
    type 'a t
    val empty : 'a t
    val add : string -> 'a -> 'a t -> 'a t
    val bindings : 'a t -> (string * 'a) list
    val singleton : string -> 'a -> 'a t
    val find : string -> 'a t -> 'a
  end
|}]
String_map.add "a" 1 String_map.empty;;
[%%expect {|
- : int String_map.t = <abstr>
|}]
String_map.bindings (String_map.singleton "a" 1);;
[%%expect {|
- : (string * int) list = [("a", 1)]
|}]
String_map.find "x" String_map.empty;;
[%%expect {|
Exception: Not_found.
|}]
open struct let hidden = 1 end;;
[%%expect {|
val hidden : int = 1
|}]
hidden;;
[%%expect {|
- : int = 1
|}]
include struct let visible = 2 end;;
[%%expect {|
val visible : int = 2
|}]
visible;;
[%%expect {|
- : int = 2
|}]
include (struct type t = int let x = 3 end : S with type t = int);;
[%%expect {|
type t = int
val x : t = 3
|}]
x;;
[%%expect {|
- : t = 3
|}]
let m = (module A : S);;
[%%expect {|
Line 1, characters 16-17:
1 | let m = (module A : S);;
                    ^
Error: Signature mismatch:
       Modules do not match: sig val f : int -> int end is not included in S
       The type `t' is required but not provided
       The value `x' is required but not provided
|}]
let m = (module struct type t = int let x = 3 end : S);;
[%%expect {|
val m : (module S) = <module>
|}]
let module N = (val m : S) in N.x;;
[%%expect {|
Line 1, characters 30-33:
1 | let module N = (val m : S) in N.x;;
                                  ^^^
Error: This expression has type N.t but an expression was expected of type 'a
       The type constructor N.t would escape its scope
|}]
let f (module X : S) = ();;
[%%expect {|
val f : (module S) -> unit = <fun>
|}]
f m;;
[%%expect {|
- : unit = ()
|}]
module N = (val m);;
[%%expect {|
module N : S
|}]
N.x;;
[%%expect {|
- : N.t = <abstr>
|}]
let module X = struct let a = 1 end in X.a;;
[%%expect {|
- : int = 1
|}]
let open struct let b = 2 end in b;;
[%%expect {|
- : int = 2
|}]
module M = struct exception E let e = E end;;
[%%expect {|
module M : sig exception E val e : exn end
|}]
M.e;;
[%%expect {|
- : exn = M.E
|}]
raise M.E;;
[%%expect {|
Exception: M.E.
|}]
module M = struct type t = A | B of int end;;
[%%expect {|
module M : sig type t = A | B of int end
|}]
M.A;;
[%%expect {|
- : M.t = M.A
|}]
M.B 3;;
[%%expect {|
- : M.t = M.B 3
|}]
[M.A; M.B (-1)];;
[%%expect {|
- : M.t list = [M.A; M.B (-1)]
|}]
open M;;
A;;
[%%expect {|
- : M.t = A
|}]
[A; B 1];;
[%%expect {|
- : M.t list = [A; B 1]
|}]
module M = struct type r = { a : int; b : int } end;;
[%%expect {|
module M : sig type r = { a : int; b : int; } end
|}]
{ M.a = 1; b = 2 };;
[%%expect {|
- : M.r = {M.a = 1; b = 2}
|}]
M.{ a = 1; b = 2 };;
[%%expect {|
- : M.r = {M.a = 1; b = 2}
|}]
[{ M.a = 1; b = 2 }];;
[%%expect {|
- : M.r list = [{M.a = 1; b = 2}]
|}]
let r = { M.a = 1; b = 2 };;
[%%expect {|
val r : M.r = {M.a = 1; b = 2}
|}]
r.M.a;;
[%%expect {|
- : int = 1
|}]
r.a;;
[%%expect {|
- : int = 1
|}]
module M = struct type 'a t = { v : 'a } end;;
[%%expect {|
module M : sig type 'a t = { v : 'a; } end
|}]
{ M.v = 1 };;
[%%expect {|
- : int M.t = {M.v = 1}
|}]
{ M.v = { M.v = 1 } };;
[%%expect {|
- : int M.t M.t = {M.v = {M.v = 1}}
|}]
module X = struct let x = 1 let x = 2 end;;
[%%expect {|
module X : sig val x : int end
|}]
module Y = struct type t = A type u = t list end;;
[%%expect {|
module Y : sig type t = A type u = t list end
|}]
([] : Y.u);;
[%%expect {|
- : Y.u = []
|}]
[Y.A];;
[%%expect {|
- : Y.t list = [Y.A]
|}]
module Z : sig type t = Y.t = A end = Y;;
[%%expect {|
module Z : sig type t = Y.t = A end
|}]
Z.A;;
[%%expect {|
- : Z.t = Z.A
|}]
module type S = sig type t = A | B of int val x : t exception E of int module M : sig val y : int end module type T = sig end end;;
[%%expect {|
module type S =
  sig
    type t = A | B of int
    val x : t
    exception E of int
    module M : sig val y : int end
    module type T = sig end
  end
|}]
module type Long = sig val a_value_with_a_long_name : int -> string -> float val another_value : (int -> int) -> int list end;;
[%%expect {|
module type Long =
  sig
    val a_value_with_a_long_name : int -> string -> float
    val another_value : (int -> int) -> int list
  end
|}]
module M = struct let a_value_with_a_long_name x y z = x + y + z let another_value_with_a_long_name = [1; 2; 3] end;;
[%%expect {|
module M :
  sig
    val a_value_with_a_long_name : int -> int -> int -> int
    val another_value_with_a_long_name : int list
  end
|}]
module M : sig val x : int end = struct end;;
[%%expect {|
Line 1, characters 33-43:
1 | module M : sig val x : int end = struct end;;
                                     ^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match: sig end is not included in sig val x : int end
       The value `x' is required but not provided
|}]
module M : sig val x : int end = struct let x = "a" end;;
[%%expect {|
Line 1, characters 33-55:
1 | module M : sig val x : int end = struct let x = "a" end;;
                                     ^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig val x : string end
       is not included in
         sig val x : int end
       Values do not match: val x : string is not included in val x : int
|}]
module M : S = struct end;;
[%%expect {|
Line 1, characters 15-25:
1 | module M : S = struct end;;
                   ^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match: sig end is not included in S
       The type `t' is required but not provided
       The value `x' is required but not provided
       The exception `E' is required but not provided
       The module `M' is required but not provided
       The module type `T' is required but not provided
|}]
module M = Nosuch;;
[%%expect {|
Line 1, characters 11-17:
1 | module M = Nosuch;;
               ^^^^^^
Error: Unbound module Nosuch
|}]
module M = F (struct end);;
[%%expect {|
Line 1, characters 11-25:
1 | module M = F (struct end);;
               ^^^^^^^^^^^^^^
Error: The functor was expected to be applicative at this position
|}]
module F (X : Nosuch) = struct end;;
[%%expect {|
Line 1, characters 14-20:
1 | module F (X : Nosuch) = struct end;;
                  ^^^^^^
Error: Unbound module type Nosuch
|}]
M.nosuch;;
[%%expect {|
Line 1, characters 0-8:
1 | M.nosuch;;
    ^^^^^^^^
Error: Unbound value M.nosuch
|}]
module A = struct type t = int end;;
[%%expect {|
module A : sig type t = int end
|}]
module B = struct type t = string end;;
[%%expect {|
module B : sig type t = string end
|}]
let f (x : A.t) (y : B.t) = (x, y);;
[%%expect {|
val f : A.t -> B.t -> A.t * B.t = <fun>
|}]
module F (X : sig type t end) = struct type u = X.t list end;;
[%%expect {|
module F : functor (X : sig type t end) -> sig type u = X.t list end
|}]
module FA = F (A);;
[%%expect {|
module FA : sig type u = A.t list end
|}]
([1] : FA.u);;
[%%expect {|
- : FA.u = [1]
|}]
module type S = sig type t end;;
[%%expect {|
module type S = sig type t end
|}]
module P = (A : S);;
[%%expect {|
module P : S
|}]
let f (x : P.t) = x;;
[%%expect {|
val f : P.t -> P.t = <fun>
|}]
module Q = struct type t = P.t end;;
[%%expect {|
module Q : sig type t = P.t end
|}]
let f (x : Q.t) = x;;
[%%expect {|
val f : Q.t -> Q.t = <fun>
|}]
module Opaque : sig type t val make : int -> t val get : t -> int end = struct type t = { v : int } let make v = { v } let get t = t.v end;;
[%%expect {|
module Opaque : sig type t val make : int -> t val get : t -> int end
|}]
Opaque.make 3;;
[%%expect {|
- : Opaque.t = <abstr>
|}]
Opaque.get (Opaque.make 3);;
[%%expect {|
- : int = 3
|}]
module Poly : sig type 'a t val make : 'a -> 'a t end = struct type 'a t = 'a list let make x = [x] end;;
[%%expect {|
module Poly : sig type 'a t val make : 'a -> 'a t end
|}]
Poly.make 1;;
[%%expect {|
- : int Poly.t = <abstr>
|}]
Poly.make "a";;
[%%expect {|
- : string Poly.t = <abstr>
|}]
[Poly.make 1];;
[%%expect {|
- : int Poly.t list = [<abstr>]
|}]
module type T1 = sig type t end;;
[%%expect {|
module type T1 = sig type t end
|}]
module type T2 = sig include T1 include T1 end;;
[%%expect {|
module type T2 = sig type t end
|}]
module type T3 = sig type t include T1 with type t := t end;;
[%%expect {|
module type T3 = sig type t end
|}]
module type T5 = module type of struct let x = 1 end;;
[%%expect {|
module type T5 = sig val x : int end
|}]
module Alias = Opaque;;
[%%expect {|
module Alias = Opaque
|}]
Alias.make 1;;
[%%expect {|
- : Alias.t = <abstr>
|}]
module M = struct let rec f x = g x and g x = x let h = fun ~a ?b () -> a end;;
[%%expect {|
module M :
  sig
    val f : 'a -> 'a
    val g : 'a -> 'a
    val h : a:'a -> ?b:'b -> unit -> 'a
  end
|}]
module M = struct external id : 'a -> 'a = "%identity" end;;
[%%expect {|
module M : sig external id : 'a -> 'a = "%identity" end
|}]
M.id 3;;
[%%expect {|
- : int = 3
|}]
module Empty = struct end;;
[%%expect {|
module Empty : sig end
|}]
module Nested = struct module A = struct end module B = A end;;
[%%expect {|
module Nested : sig module A : sig end module B = A end
|}]
module M = struct open List let l = length [1] end;;
[%%expect {|
module M : sig val l : int end
|}]
module M = struct let x = raise Exit end;;
[%%expect {|
Exception: Stdlib.Exit.
|}]
M.x;;
[%%expect {|
Line 1, characters 0-3:
1 | M.x;;
    ^^^
Error: Unbound value M.x
|}]
