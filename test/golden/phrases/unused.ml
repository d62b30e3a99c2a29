#warnings "+26+27+32..39+60+66+67+69";;
open List;;
let x = 1 let x = 2;;
[%%expect {|
Line 1, characters 4-5:
1 | let x = 1 let x = 2;;
        ^
Warning 32 [unused-value-declaration]: unused value x.
val x : int = 2
|}]
let f () = let open String in 1;;
[%%expect {|
Line 1, characters 15-26:
1 | let f () = let open String in 1;;
                   ^^^^^^^^^^^
Warning 33 [unused-open]: unused open Stdlib.String.
val f : unit -> int = <fun>
|}]
let f y = let z = 1 in 2;;
[%%expect {|
Line 1, characters 6-7:
1 | let f y = let z = 1 in 2;;
          ^
Warning 27 [unused-var-strict]: unused variable y.
Line 1, characters 14-15:
1 | let f y = let z = 1 in 2;;
                  ^
Warning 26 [unused-var]: unused variable z.
val f : 'a -> int = <fun>
|}]
module M : sig val a : int end = struct let a = 1 let b = 2 type t = A | B open List end;;
[%%expect {|
Line 1, characters 54-55:
1 | module M : sig val a : int end = struct let a = 1 let b = 2 type t = A | B open List end;;
                                                          ^
Warning 32 [unused-value-declaration]: unused value b.
Line 1, characters 60-74:
1 | module M : sig val a : int end = struct let a = 1 let b = 2 type t = A | B open List end;;
                                                                ^^^^^^^^^^^^^^
Warning 34 [unused-type-declaration]: unused type t.
Line 1, characters 69-70:
1 | module M : sig val a : int end = struct let a = 1 let b = 2 type t = A | B open List end;;
                                                                         ^
Warning 37 [unused-constructor]: unused constructor A.
Line 1, characters 71-74:
1 | module M : sig val a : int end = struct let a = 1 let b = 2 type t = A | B open List end;;
                                                                           ^^^
Warning 37 [unused-constructor]: unused constructor B.
Line 1, characters 75-84:
1 | module M : sig val a : int end = struct let a = 1 let b = 2 type t = A | B open List end;;
                                                                               ^^^^^^^^^
Warning 33 [unused-open]: unused open Stdlib.List.
module M : sig val a : int end
|}]
module F (X : sig end) = struct end;;
[%%expect {|
Line 1, characters 10-11:
1 | module F (X : sig end) = struct end;;
              ^
Warning 60 [unused-module]: unused module X.
module F : functor (X : sig end) -> sig end
|}]
type t = A | B and r = { l : int; mutable m : int };;
[%%expect {|
type t = A | B
and r = { l : int; mutable m : int; }
|}]
let rec g = 1;;
[%%expect {|
Line 1, characters 8-9:
1 | let rec g = 1;;
            ^
Warning 39 [unused-rec-flag]: unused rec flag.
val g : int = 1
|}]
let _ = let rec h x = h x in 1;;
[%%expect {|
Line 1, characters 16-17:
1 | let _ = let rec h x = h x in 1;;
                    ^
Warning 26 [unused-var]: unused variable h.
- : int = 1
|}]
module type S = functor (X : sig end) -> sig end;;
[%%expect {|
Line 1, characters 25-26:
1 | module type S = functor (X : sig end) -> sig end;;
                             ^
Warning 67 [unused-functor-parameter]: unused functor parameter X.
module type S = functor (X : sig end) -> sig end
|}]
let h () = for i = 1 to 2 do () done;;
[%%expect {|
Line 1, characters 11-36:
1 | let h () = for i = 1 to 2 do () done;;
               ^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 35 [unused-for-index]: unused for-loop index i.
val h : unit -> unit = <fun>
|}]
let x = length [];;
[%%expect {|
val x : int = 0
|}]
exception E;;
[%%expect {|
exception E
|}]
module rec A : sig type t = B.t end = A and B : sig type t = int end = B;;
[%%expect {|
module rec A : sig type t = B.t end
and B : sig type t = int end
|}]
class c = object (self) method m = 1 end;;
[%%expect {|
Line 1, characters 17-23:
1 | class c = object (self) method m = 1 end;;
                     ^^^^^^
Warning 27 [unused-var-strict]: unused variable self.
class c : object method m : int end
|}]
#warnings "-26";;
let f y = let z = 1 in 2;;
[%%expect {|
Line 1, characters 6-7:
1 | let f y = let z = 1 in 2;;
          ^
Warning 27 [unused-var-strict]: unused variable y.
val f : 'a -> int = <fun>
|}]
#warn_error "+27";;
let f y = 1;;
[%%expect {|
Line 1, characters 6-7:
1 | let f y = 1;;
          ^
Error (warning 27 [unused-var-strict]): unused variable y.
|}]
let f = 1;;
[%%expect {|
val f : int = 1
|}]
