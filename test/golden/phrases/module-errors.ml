module type S = sig type t val x : t val f : t -> int end;;
[%%expect {|
module type S = sig type t val x : t val f : t -> int end
|}]
module A : S = struct type t = int let x = 1 let f = succ end;;
[%%expect {|
module A : S
|}]
A.x + 1;;
[%%expect {|
Line 1, characters 0-3:
1 | A.x + 1;;
    ^^^
Error: This expression has type A.t but an expression was expected of type
         int
|}]
module A : S = struct type t = int let x = "a" let f = succ end;;
[%%expect {|
Line 1, characters 15-63:
1 | module A : S = struct type t = int let x = "a" let f = succ end;;
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = int val x : string val f : int -> int end
       is not included in
         S
       Values do not match: val x : string is not included in val x : t
|}]
module A : S = struct let x = 1 let f = succ end;;
[%%expect {|
Line 1, characters 15-48:
1 | module A : S = struct let x = 1 let f = succ end;;
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig val x : int val f : int -> int end
       is not included in
         S
       The type `t' is required but not provided
|}]
module A : S = struct type t = int let x = 1 end;;
[%%expect {|
Line 1, characters 15-48:
1 | module A : S = struct type t = int let x = 1 end;;
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = int val x : int end
       is not included in
         S
       The value `f' is required but not provided
|}]
module A : S = struct type 'a t = int let x = 1 let f = succ end;;
[%%expect {|
Line 1, characters 15-64:
1 | module A : S = struct type 'a t = int let x = 1 let f = succ end;;
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type 'a t = int val x : int val f : int -> int end
       is not included in
         S
       Type declarations do not match:
         type 'a t = int
       is not included in
         type t
       They have different arities.
|}]
module F (X : S) = struct let y = X.f X.x end;;
[%%expect {|
module F : functor (X : S) -> sig val y : int end
|}]
module B = F (struct type t = int let x = 1 let f = succ end);;
[%%expect {|
module B : sig val y : int end
|}]
module B = F;;
[%%expect {|
module B = F
|}]
B.y;;
[%%expect {|
Line 1, characters 0-3:
1 | B.y;;
    ^^^
Error: The module B is a functor, it cannot have any components
|}]
module type T = sig module M : S end;;
[%%expect {|
module type T = sig module M : S end
|}]
module X : T = struct module M = struct type t = bool let x = true let f = string_of_bool end end;;
[%%expect {|
Line 1, characters 15-97:
1 | module X : T = struct module M = struct type t = bool let x = true let f = string_of_bool end end;;
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig
           module M :
             sig type t = bool val x : bool val f : bool -> string end
         end
       is not included in
         T
       In module M:
       Modules do not match:
         sig type t = bool val x : bool val f : bool -> string end
       is not included in
         S
       In module M:
       Values do not match:
         val f : bool -> string
       is not included in
         val f : t -> int
|}]
module X : T = struct module N = A end;;
[%%expect {|
Line 1, characters 15-38:
1 | module X : T = struct module N = A end;;
                   ^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match: sig module N = A end is not included in T
       The module `M' is required but not provided
|}]
module X : sig val a : int val b : string val c : char end = struct let a = 1 let b = 2 let c = 3 end;;
[%%expect {|
Line 1, characters 61-101:
1 | module X : sig val a : int val b : string val c : char end = struct let a = 1 let b = 2 let c = 3 end;;
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig val a : int val b : int val c : int end
       is not included in
         sig val a : int val b : string val c : char end
       Values do not match: val b : int is not included in val b : string
|}]
module X : sig type t = A | B end = struct type t = A | B | C end;;
[%%expect {|
Line 1, characters 36-65:
1 | module X : sig type t = A | B end = struct type t = A | B | C end;;
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = A | B | C end
       is not included in
         sig type t = A | B end
       Type declarations do not match:
         type t = A | B | C
       is not included in
         type t = A | B
       The constructor C is only present in the first declaration.
|}]
module X : sig type t = A | B end = struct type t = B | A end;;
[%%expect {|
Line 1, characters 36-61:
1 | module X : sig type t = A | B end = struct type t = B | A end;;
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = B | A end
       is not included in
         sig type t = A | B end
       Type declarations do not match:
         type t = B | A
       is not included in
         type t = A | B
       Constructors number 1 have different names, B and A.
|}]
module X : sig type t = { a : int; b : int } end = struct type t = { a : int; b : string } end;;
[%%expect {|
Line 1, characters 51-94:
1 | module X : sig type t = { a : int; b : int } end = struct type t = { a : int; b : string } end;;
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = { a : int; b : string; } end
       is not included in
         sig type t = { a : int; b : int; } end
       Type declarations do not match:
         type t = { a : int; b : string; }
       is not included in
         type t = { a : int; b : int; }
       Fields do not match:
         b : string;
       is not compatible with:
         b : int;
       The types are not equal.
|}]
module X : sig type t = { a : int } end = struct type t = { mutable a : int } end;;
[%%expect {|
Line 1, characters 42-81:
1 | module X : sig type t = { a : int } end = struct type t = { mutable a : int } end;;
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = { mutable a : int; } end
       is not included in
         sig type t = { a : int; } end
       Type declarations do not match:
         type t = { mutable a : int; }
       is not included in
         type t = { a : int; }
       Fields do not match:
         mutable a : int;
       is not compatible with:
         a : int;
       The first is mutable and the second is not.
|}]
module X : sig type t = { a : int; b : int } end = struct type t = { b : int; a : int } end;;
[%%expect {|
Line 1, characters 51-91:
1 | module X : sig type t = { a : int; b : int } end = struct type t = { b : int; a : int } end;;
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = { b : int; a : int; } end
       is not included in
         sig type t = { a : int; b : int; } end
       Type declarations do not match:
         type t = { b : int; a : int; }
       is not included in
         type t = { a : int; b : int; }
       Fields number 1 have different names, b and a.
|}]
module X : sig type t = A of int end = struct type t = A of string end;;
[%%expect {|
Line 1, characters 39-70:
1 | module X : sig type t = A of int end = struct type t = A of string end;;
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = A of string end
       is not included in
         sig type t = A of int end
       Type declarations do not match:
         type t = A of string
       is not included in
         type t = A of int
       Constructors do not match:
         A of string
       is not compatible with:
         A of int
       The types are not equal.
|}]
module X : sig type t = A of int * int end = struct type t = A of (int * int) end;;
[%%expect {|
Line 1, characters 45-81:
1 | module X : sig type t = A of int * int end = struct type t = A of (int * int) end;;
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = A of (int * int) end
       is not included in
         sig type t = A of int * int end
       Type declarations do not match:
         type t = A of (int * int)
       is not included in
         type t = A of int * int
       Constructors do not match:
         A of (int * int)
       is not compatible with:
         A of int * int
       They have different arities.
|}]
module X : sig type t = private A end = struct type t = A end;;
[%%expect {|
module X : sig type t = private A end
|}]
X.A;;
[%%expect {|
Line 1, characters 0-3:
1 | X.A;;
    ^^^
Error: Cannot create values of the private type X.t
|}]
module X : sig type +'a t end = struct type 'a t = 'a -> unit end;;
[%%expect {|
Line 1, characters 32-65:
1 | module X : sig type +'a t end = struct type 'a t = 'a -> unit end;;
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type 'a t = 'a -> unit end
       is not included in
         sig type +'a t end
       Type declarations do not match:
         type 'a t = 'a -> unit
       is not included in
         type +'a t
       Their variances do not agree.
|}]
module X : sig type t = int end = struct type t = string end;;
[%%expect {|
Line 1, characters 34-60:
1 | module X : sig type t = int end = struct type t = string end;;
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig type t = string end
       is not included in
         sig type t = int end
       Type declarations do not match:
         type t = string
       is not included in
         type t = int
|}]
module X : sig exception E of int end = struct exception E of string end;;
[%%expect {|
Line 1, characters 40-72:
1 | module X : sig exception E of int end = struct exception E of string end;;
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig exception E of string end
       is not included in
         sig exception E of int end
       Extension declarations do not match:
         type exn += E of string
       is not included in
         type exn += E of int
       Constructors do not match:
         E of string
       is not compatible with:
         E of int
       The types are not equal.
|}]
module X : sig exception E end = struct end;;
[%%expect {|
Line 1, characters 33-43:
1 | module X : sig exception E end = struct end;;
                                     ^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match: sig end is not included in sig exception E end
       The exception `E' is required but not provided
|}]
module X : sig class c : object method m : int end end = struct class c = object method m = "a" end end;;
[%%expect {|
Line 1, characters 57-103:
1 | module X : sig class c : object method m : int end end = struct class c = object method m = "a" end end;;
                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       ...
       Class declarations do not match:
         class c : object method m : string end
       does not match
         class c : object method m : int end
       The method m has type string but is expected to have type int
       Type string is not equal to type int 
|}]
module X : sig class c : object method m : int end end = struct class c = object method n = 1 end end;;
[%%expect {|
Line 1, characters 57-101:
1 | module X : sig class c : object method m : int end end = struct class c = object method n = 1 end end;;
                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       ...
       Class declarations do not match:
         class c : object method n : int end
       does not match
         class c : object method m : int end
       The first class type has no method m
       The public method n cannot be hidden
|}]
module X : sig module type T = sig val x : int end end = struct module type T = sig val y : int end end;;
[%%expect {|
Line 1, characters 57-103:
1 | module X : sig module type T = sig val x : int end end = struct module type T = sig val y : int end end;;
                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig module type T = sig val y : int end end
       is not included in
         sig module type T = sig val x : int end end
       Module type declarations do not match:
         module type T = sig val y : int end
       does not match
         module type T = sig val x : int end
       At position module type T = <here>
       Module types do not match:
         sig val y : int end
       is not equal to
         sig val x : int end
       At position module type T = <here>
       The value `x' is required but not provided
|}]
module X : sig val id : 'a -> 'a end = struct let id x = x + 1 end;;
[%%expect {|
Line 1, characters 39-66:
1 | module X : sig val id : 'a -> 'a end = struct let id x = x + 1 end;;
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig val id : int -> int end
       is not included in
         sig val id : 'a -> 'a end
       Values do not match:
         val id : int -> int
       is not included in
         val id : 'a -> 'a
|}]
module X : sig val id : int -> int end = struct let id x = x end;;
[%%expect {|
module X : sig val id : int -> int end
|}]
X.id "a";;
[%%expect {|
Line 1, characters 5-8:
1 | X.id "a";;
         ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
module X : sig val r : 'a list ref end = struct let r = ref [] end;;
[%%expect {|
Line 1, characters 41-66:
1 | module X : sig val r : 'a list ref end = struct let r = ref [] end;;
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig val r : '_weak1 list ref end
       is not included in
         sig val r : 'a list ref end
       Values do not match:
         val r : '_weak1 list ref
       is not included in
         val r : 'a list ref
|}]
include struct let a = 1 let a = "b" end;;
[%%expect {|
val a : string = "b"
|}]
module M = struct type t = A let x = A module M = struct type t = B end end;;
[%%expect {|
module M : sig type t = A val x : t module M : sig type t = B end end
|}]
open M;;
x;;
[%%expect {|
- : M.t = A
|}]
M.B;;
[%%expect {|
- : M.M.t = M.M.B
|}]
module N = M;;
[%%expect {|
module N = M.M
|}]
N.x;;
[%%expect {|
Line 1, characters 0-3:
1 | N.x;;
    ^^^
Error: Unbound value N.x
|}]
module P = struct include M type t = C end;;
[%%expect {|
module P : sig type t = C end
|}]
module type U = sig include S include S end;;
[%%expect {|
module type U = sig type t val x : t val f : t -> int end
|}]
module type U = sig include S with type t := int include S with type t := bool end;;
[%%expect {|
module type U = sig val x : bool val f : bool -> int end
|}]
module type U = sig type t include S with type t := t end;;
[%%expect {|
module type U = sig type t val x : t val f : t -> int end
|}]
module type U = S with type t = int and type u = bool;;
[%%expect {|
Line 1, characters 16-53:
1 | module type U = S with type t = int and type u = bool;;
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: The signature constrained by `with' has no component named u
|}]
module type U = S with type t = int;;
[%%expect {|
module type U = sig type t = int val x : t val f : t -> int end
|}]
module type U = S with type t := int;;
[%%expect {|
module type U = sig val x : int val f : int -> int end
|}]
module type U = S with module M = A;;
[%%expect {|
Line 1, characters 16-35:
1 | module type U = S with module M = A;;
                    ^^^^^^^^^^^^^^^^^^^
Error: The signature constrained by `with' has no component named M
|}]
module type V = T with module M = A;;
[%%expect {|
module type V =
  sig module M : sig type t = A.t val x : t val f : t -> int end end
|}]
module type V = T with type M.t = int;;
[%%expect {|
module type V =
  sig module M : sig type t = int val x : t val f : t -> int end end
|}]
module type V = T with type M.t := int;;
[%%expect {|
module type V = sig module M : sig val x : int val f : int -> int end end
|}]
module type W = sig type t = int end;;
[%%expect {|
module type W = sig type t = int end
|}]
module type W' = W with type t = string;;
[%%expect {|
Line 1, characters 17-39:
1 | module type W' = W with type t = string;;
                     ^^^^^^^^^^^^^^^^^^^^^^
Error: In this `with' constraint, the new definition of t
       does not match its original definition in the constrained signature:
       Type declarations do not match:
         type t = string
       is not included in
         type t = int
|}]
module type W' = W with type t = int;;
[%%expect {|
module type W' = sig type t = int end
|}]
let m = (module A : S);;
[%%expect {|
val m : (module S) = <module>
|}]
let (module Y) = m in Y.f Y.x;;
[%%expect {|
- : int = 2
|}]
let (module Y) = m in Y.x;;
[%%expect {|
Line 1, characters 22-25:
1 | let (module Y) = m in Y.x;;
                          ^^^
Error: This expression has type Y.t but an expression was expected of type 'a
       The type constructor Y.t would escape its scope
|}]
let f (module Y : S) = Y.f Y.x;;
[%%expect {|
val f : (module S) -> int = <fun>
|}]
f (module A);;
[%%expect {|
- : int = 2
|}]
let g (type a) (module Y : S with type t = a) (v : a) = Y.f v;;
[%%expect {|
val g : (module S with type t = 'a) -> 'a -> int = <fun>
|}]
g (module A) A.x;;
[%%expect {|
- : int = 2
|}]
g (module A) 1;;
[%%expect {|
Line 1, characters 13-14:
1 | g (module A) 1;;
                 ^
Error: This expression has type int but an expression was expected of type
         A.t
|}]
let z = (module A : S with type t = int);;
[%%expect {|
Line 1, characters 8-40:
1 | let z = (module A : S with type t = int);;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: This expression has type (module S with type t = A.t)
       but an expression was expected of type (module S with type t = int)
       Type A.t is not compatible with type int 
|}]
let z = (module struct type t = int let x = 1 let f = succ end : S with type t = int);;
[%%expect {|
val z : (module S with type t = int) = <module>
|}]
g z 5;;
[%%expect {|
- : int = 6
|}]
[ z; m ];;
[%%expect {|
Line 1, characters 5-6:
1 | [ z; m ];;
         ^
Error: This expression has type (module S)
       but an expression was expected of type (module S with type t = int)
|}]
(z :> (module S));;
[%%expect {|
- : (module S) = <module>
|}]
module Z = (val z);;
[%%expect {|
module Z : sig type t = int val x : t val f : t -> int end
|}]
Z.x;;
[%%expect {|
- : Z.t = 1
|}]
module Z = (val 1);;
[%%expect {|
Line 1, characters 11-18:
1 | module Z = (val 1);;
               ^^^^^^^
Error: This expression is not a packed module. It has type int
|}]
module Z = (val z : W);;
[%%expect {|
Line 1, characters 16-17:
1 | module Z = (val z : W);;
                    ^
Error: This expression has type (module S with type t = int)
       but an expression was expected of type (module W)
|}]
module rec R : sig val f : int -> int end = struct let f x = if x = 0 then 0 else Q.g (x - 1) end and Q : sig val g : int -> int end = struct let g x = R.f x + 1 end;;
[%%expect {|
module rec R : sig val f : int -> int end
and Q : sig val g : int -> int end
|}]
R.f 5;;
[%%expect {|
- : int = 5
|}]
module rec R = struct let x = 1 end;;
[%%expect {|
Line 1, characters 15-35:
1 | module rec R = struct let x = 1 end;;
                   ^^^^^^^^^^^^^^^^^^^^
Error: Recursive modules require an explicit module type.
|}]
module rec R : sig type t = Q.t end = struct type t = Q.t end and Q : sig type t = R.t end = struct type t = R.t end;;
[%%expect {|
Line 1, characters 0-61:
1 | module rec R : sig type t = Q.t end = struct type t = Q.t end and Q : sig type t = R.t end = struct type t = R.t end;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: The definition of R.t contains a cycle:
       Q.t
|}]
module G () = struct type t = A end;;
[%%expect {|
module G : functor () -> sig type t = A end
|}]
module G1 = G ();;
[%%expect {|
module G1 : sig type t = A end
|}]
module G2 = G ();;
[%%expect {|
module G2 : sig type t = A end
|}]
G1.A = G2.A;;
[%%expect {|
Line 1, characters 7-11:
1 | G1.A = G2.A;;
           ^^^^
Error: The constructor G2.A belongs to the variant type G2.t
       but a constructor was expected belonging to the variant type G1.t
|}]
module G3 = G (struct end);;
[%%expect {|
module G3 : sig type t = A end
|}]
module H (X : S) () = struct end;;
[%%expect {|
module H : functor (X : S) () -> sig end
|}]
module H1 = H (A);;
[%%expect {|
module H1 : functor () -> sig end
|}]
module H2 = H (A) ();;
[%%expect {|
module H2 : sig end
|}]
module Ap (X : S) = struct type t = L of X.t end;;
[%%expect {|
module Ap : functor (X : S) -> sig type t = L of X.t end
|}]
module Ap1 = Ap (A);;
[%%expect {|
module Ap1 : sig type t = Ap(A).t = L of A.t end
|}]
module Ap2 = Ap (A);;
[%%expect {|
module Ap2 : sig type t = Ap(A).t = L of A.t end
|}]
Ap1.L A.x = Ap2.L A.x;;
[%%expect {|
- : bool = true
|}]
let k : Ap(A).t = Ap1.L A.x;;
[%%expect {|
val k : Ap(A).t = Ap(A).L <abstr>
|}]
let k : Ap(Nope).t = Ap1.L A.x;;
[%%expect {|
Line 1, characters 8-18:
1 | let k : Ap(Nope).t = Ap1.L A.x;;
            ^^^^^^^^^^
Error: Unbound module Nope
|}]
let k : Nope(A).t = 1;;
[%%expect {|
Line 1, characters 8-17:
1 | let k : Nope(A).t = 1;;
            ^^^^^^^^^
Error: Unbound module Nope
|}]
let k : List.nope = 1;;
[%%expect {|
Line 1, characters 8-17:
1 | let k : List.nope = 1;;
            ^^^^^^^^^
Error: Unbound type constructor List.nope
|}]
List.Nope.x;;
[%%expect {|
Line 1, characters 0-11:
1 | List.Nope.x;;
    ^^^^^^^^^^^
Error: Unbound module List.Nope
|}]
Lisst.map;;
[%%expect {|
Line 1, characters 0-9:
1 | Lisst.map;;
    ^^^^^^^^^
Error: Unbound module Lisst
Hint: Did you mean List?
|}]
open Lisst;;
[%%expect {|
Line 1, characters 5-10:
1 | open Lisst;;
         ^^^^^
Error: Unbound module Lisst
Hint: Did you mean List?
|}]
include Lisst;;
[%%expect {|
Line 1, characters 8-13:
1 | include Lisst;;
            ^^^^^
Error: Unbound module Lisst
Hint: Did you mean List?
|}]
module type Nope = Lisst.S;;
[%%expect {|
Line 1, characters 19-26:
1 | module type Nope = Lisst.S;;
                       ^^^^^^^
Error: Unbound module Lisst
Hint: Did you mean List?
|}]
module X = Lisst;;
[%%expect {|
Line 1, characters 11-16:
1 | module X = Lisst;;
               ^^^^^
Error: Unbound module Lisst
Hint: Did you mean List?
|}]
module type X = A;;
[%%expect {|
Line 1, characters 16-17:
1 | module type X = A;;
                    ^
Error: Unbound module type A
Hint: There is a module named A, but modules are not module types
|}]
module X = S;;
[%%expect {|
Line 1, characters 11-12:
1 | module X = S;;
               ^
Error: Unbound module S
Hint: There is a module type named S, but module types are not modules
|}]
let x = A;;
[%%expect {|
val x : M.t = A
|}]
let module L = List in L.length [ 1; 2 ];;
[%%expect {|
- : int = 2
|}]
let module L = struct type t = K end in L.K;;
[%%expect {|
Line 1, characters 40-43:
1 | let module L = struct type t = K end in L.K;;
                                            ^^^
Error: This expression has type L.t but an expression was expected of type 'a
       The type constructor L.t would escape its scope
|}]
let open List in map succ [ 1 ];;
[%%expect {|
- : int list = [2]
|}]
List.(map succ [ 1; 2 ]);;
[%%expect {|
- : int list = [2; 3]
|}]
List.[ 1; 2 ];;
[%%expect {|
- : int List.t = List.(::) (1, [2])
|}]
let open struct let hidden = 1 end in hidden + 1;;
[%%expect {|
- : int = 2
|}]
let open struct type t = Hidden end in Hidden;;
[%%expect {|
Line 1, characters 39-45:
1 | let open struct type t = Hidden end in Hidden;;
                                           ^^^^^^
Error: This expression has type t but an expression was expected of type 'a
       The type constructor t would escape its scope
|}]
open struct let secret = 5 end;;
[%%expect {|
val secret : int = 5
|}]
secret;;
[%%expect {|
- : int = 5
|}]
open struct type secret = S of int end;;
[%%expect {|
type secret = S of int
|}]
S 1;;
[%%expect {|
- : secret = S 1
|}]
module type Sub = sig type t := int val x : t end;;
[%%expect {|
module type Sub = sig val x : int end
|}]
module type Sub2 = sig module L := List val x : int L.t end;;
[%%expect {|
module type Sub2 = sig val x : int List.t end
|}]
module Sb : Sub = struct let x = 1 end;;
[%%expect {|
module Sb : Sub
|}]
module type MT = sig module type T module M : T end;;
[%%expect {|
module type MT = sig module type T module M : T end
|}]
module type MT' = MT with module type T = S;;
[%%expect {|
module type MT' = sig module type T = S module M : T end
|}]
module type MT' = MT with module type T := S;;
[%%expect {|
module type MT' = sig module M : S end
|}]
module type Loop = sig module type T = Loop end;;
[%%expect {|
Line 1, characters 39-43:
1 | module type Loop = sig module type T = Loop end;;
                                           ^^^^
Error: Unbound module type Loop
|}]
module Self = struct let x = Self.x end;;
[%%expect {|
Line 1, characters 29-35:
1 | module Self = struct let x = Self.x end;;
                                 ^^^^^^
Error: Unbound module Self
|}]
external e : int -> int = "%succint";;
[%%expect {|
external e : int -> int = "%succint"
|}]
e 1;;
[%%expect {|
- : int = 2
|}]
module X : sig external e : int -> int = "%succint" end = struct let e = succ end;;
[%%expect {|
Line 1, characters 58-81:
1 | module X : sig external e : int -> int = "%succint" end = struct let e = succ end;;
                                                              ^^^^^^^^^^^^^^^^^^^^^^^
Error: Signature mismatch:
       Modules do not match:
         sig val e : int -> int end
       is not included in
         sig external e : int -> int = "%succint" end
       Values do not match:
         val e : int -> int
       is not included in
         external e : int -> int = "%succint"
|}]
module X : sig val e : int -> int end = struct external e : int -> int = "%succint" end;;
[%%expect {|
module X : sig val e : int -> int end
|}]
X.e 2;;
[%%expect {|
- : int = 3
|}]
