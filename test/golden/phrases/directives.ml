#nosuch;;
[%%expect {|
Unknown directive `nosuch'.
|}]
#nosuch 1;;
[%%expect {|
Unknown directive `nosuch'.
|}]
#nosuch "a";;
[%%expect {|
Unknown directive `nosuch'.
|}]
#print_depth;;
[%%expect {|
Wrong type of argument for directive `print_depth'.
|}]
#print_depth "a";;
[%%expect {|
Wrong type of argument for directive `print_depth'.
|}]
#print_depth true;;
[%%expect {|
Wrong type of argument for directive `print_depth'.
|}]
#print_length x;;
[%%expect {|
Wrong type of argument for directive `print_length'.
|}]
#quit 1;;
[%%expect {|
Wrong type of argument for directive `quit'.
|}]
#use 1;;
[%%expect {|
Wrong type of argument for directive `use'.
|}]
#use "nosuch.ml";;
[%%expect {|
Cannot find file nosuch.ml.
|}]
#mod_use "nosuch.ml";;
[%%expect {|
Cannot find file nosuch.ml.
|}]
#use_output "echo 'let zz = 1'";;
[%%expect {|
val zz : int = 1
|}]
zz;;
[%%expect {|
- : int = 1
|}]
#use_output "exit 2";;
[%%expect {|
Command exited with code 2.
|}]
#use_output "echo 1 +";;
[%%expect {|
File "(command-output)", line 2, characters 0-0:
Error: Syntax error
|}]
#cd 1;;
[%%expect {|
Wrong type of argument for directive `cd'.
|}]
#cd "/nonexistent";;
[%%expect {|
Line 1:
Error: I/O error: /nonexistent: No such file or directory
|}]
#labels true 1;;
[%%expect {|
Line 1, characters 13-14:
1 | #labels true 1;;
                 ^
Error: Syntax error
|}]
#principal true;;
#principal false;;
1 + 1;;
[%%expect {|
- : int = 2
|}]
#principal 1;;
[%%expect {|
Wrong type of argument for directive `principal'.
|}]
#warnings "-8";;
let f (Some x) = x;;
[%%expect {|
val f : 'a option -> 'a = <fun>
|}]
#warnings "+8";;
let f (Some x) = x;;
[%%expect {|
Line 1, characters 6-18:
1 | let f (Some x) = x;;
          ^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
val f : 'a option -> 'a = <fun>
|}]
#warn_error "+8";;
let f (Some x) = x;;
[%%expect {|
Line 1, characters 6-18:
1 | let f (Some x) = x;;
          ^^^^^^^^^^^^
Error (warning 8 [partial-match]): this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
|}]
f;;
[%%expect {|
- : 'a option -> 'a = <fun>
|}]
#warn_error "-8";;
let f (Some x) = x;;
[%%expect {|
Line 1, characters 6-18:
1 | let f (Some x) = x;;
          ^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
val f : 'a option -> 'a = <fun>
|}]
#warnings "-a";;
let f (Some x) = x;;
[%%expect {|
val f : 'a option -> 'a = <fun>
|}]
1; 2;;
[%%expect {|
- : int = 2
|}]
function 1 -> 1 | 1 -> 2;;
[%%expect {|
- : int -> int = <fun>
|}]
#warnings "+a-4-9-40-41-42-44-45-48-70";;
#warnings "-a+8";;
let f (Some x) = x;;
[%%expect {|
Line 1, characters 6-18:
1 | let f (Some x) = x;;
          ^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
val f : 'a option -> 'a = <fun>
|}]
1; 2;;
[%%expect {|
- : int = 2
|}]
#warnings "+10";;
1; 2;;
[%%expect {|
Line 1, characters 0-1:
1 | 1; 2;;
    ^
Warning 10 [non-unit-statement]: this expression should have type unit.
- : int = 2
|}]
#warnings 8;;
[%%expect {|
Wrong type of argument for directive `warnings'.
|}]
#show list;;
[%%expect {|
type 'a list = [] | (::) of 'a * 'a list
|}]
#show_type list;;
[%%expect {|
type 'a list = [] | (::) of 'a * 'a list
|}]
#show_type result;;
[%%expect {|
type ('a, 'b) result = Ok of 'a | Error of 'b
|}]
#show_val fst;;
[%%expect {|
external fst : 'a * 'b -> 'a = "%field0"
|}]
#show fst;;
[%%expect {|
external fst : 'a * 'b -> 'a = "%field0"
|}]
#show ( + );;
[%%expect {|
external ( + ) : int -> int -> int = "%addint"
|}]
#show Not_found;;
[%%expect {|
exception Not_found
|}]
#show_exception Not_found;;
[%%expect {|
exception Not_found
|}]
#show_exception Failure;;
[%%expect {|
exception Failure of string
|}]
#show_constructor Some;;
[%%expect {|
type 'a option = None | Some of 'a
|}]
#show_constructor Not_found;;
[%%expect {|
Unknown element.
|}]
#show Some;;
[%%expect {|
type 'a option = None | Some of 'a
|}]
#show None;;
[%%expect {|
type 'a option = None | Some of 'a
|}]
#show_val list;;
[%%expect {|
Line 1:
Error: Unbound value list
|}]
#show_type fst;;
[%%expect {|
Line 1:
Error: Unbound type constructor fst
|}]
#show_module Nosuch;;
[%%expect {|
Line 1:
Error: Unbound module Nosuch
|}]
#show_module_type Nosuch;;
[%%expect {|
Line 1:
Error: Unbound module type Nosuch
|}]
#show_exception Nosuch;;
[%%expect {|
Line 1:
Error: Unbound constructor Nosuch
|}]
#show_constructor Nosuch;;
[%%expect {|
Line 1:
Error: Unbound constructor Nosuch
|}]
#show nosuch;;
[%%expect {|
Unknown element.
|}]
#show Nosuch;;
[%%expect {|
Unknown element.
|}]
#show_val 1;;
[%%expect {|
Wrong type of argument for directive `show_val'.
|}]
let x = 1;;
[%%expect {|
val x : int = 1
|}]
#show x;;
[%%expect {|
val x : int
|}]
#show_val x;;
[%%expect {|
val x : int
|}]
type x = A | B;;
[%%expect {|
type x = A | B
|}]
#show x;;
[%%expect {|
val x : int
type x = A | B
|}]
#show_type x;;
[%%expect {|
type x = A | B
|}]
exception X of int;;
[%%expect {|
exception X of int
|}]
#show X;;
[%%expect {|
exception X of int
|}]
#show_exception X;;
[%%expect {|
exception X of int
|}]
module type X = sig val v : int end;;
[%%expect {|
module type X = sig val v : int end
|}]
#show X;;
[%%expect {|
exception X of int
module type X = sig val v : int end
|}]
#show_module_type X;;
[%%expect {|
module type X = sig val v : int end
|}]
module X : X = struct let v = 1 end;;
[%%expect {|
module X : X
|}]
#show X;;
[%%expect {|
exception X of int
module X : X
module type X = sig val v : int end
|}]
#show_module X;;
[%%expect {|
module X : X
|}]
module Y = X;;
[%%expect {|
module Y = X
|}]
#show Y;;
[%%expect {|
module Y = X
module Y : X
|}]
#show Y.v;;
[%%expect {|
val v : int
|}]
#show Y.nosuch;;
[%%expect {|
Unknown element.
|}]
module F (A : X) = struct let w = A.v end;;
[%%expect {|
module F : functor (A : X) -> sig val w : int end
|}]
#show F;;
[%%expect {|
module F : functor (A : X) -> sig val w : int end
|}]
#show_module F;;
[%%expect {|
module F : functor (A : X) -> sig val w : int end
|}]
type 'a p = { mutable f : 'a; g : int } and q = int p;;
[%%expect {|
type 'a p = { mutable f : 'a; g : int; }
and q = int p
|}]
#show p;;
[%%expect {|
type 'a p = { mutable f : 'a; g : int; }
|}]
#show q;;
[%%expect {|
type q = int p
|}]
#show_type p;;
[%%expect {|
type 'a p = { mutable f : 'a; g : int; }
|}]
type e = ..;;
[%%expect {|
type e = ..
|}]
type e += E1 | E2 of int;;
[%%expect {|
type e += E1 | E2 of int
|}]
#show e;;
[%%expect {|
type e = ..
|}]
#show E1;;
[%%expect {|
type e += E1
|}]
#show E2;;
[%%expect {|
type e += E2 of int
|}]
#show_constructor E1;;
[%%expect {|
type e += E1
|}]
external ext : int -> int = "%identity";;
[%%expect {|
external ext : int -> int = "%identity"
|}]
#show ext;;
[%%expect {|
external ext : int -> int = "%identity"
|}]
let rf = ref [];;
[%%expect {|
val rf : '_weak1 list ref = {contents = []}
|}]
#show rf;;
[%%expect {|
val rf : '_weak1 list ref
|}]
#show stdin;;
[%%expect {|
val stdin : in_channel
|}]
#show in_channel;;
[%%expect {|
type in_channel
|}]
#show ref;;
[%%expect {|
external ref : 'a -> 'a ref = "%makemutable"
type 'a ref = { mutable contents : 'a; }
|}]
#show (:=);;
[%%expect {|
external ( := ) : 'a ref -> 'a -> unit = "%setfield0"
|}]
#show exn;;
[%%expect {|
type exn = ..
|}]
#show char;;
[%%expect {|
type char
|}]
#show exn;;
[%%expect {|
type exn = ..
|}]
#show float;;
[%%expect {|
external float : int -> float = "%floatofint"
type float
|}]
