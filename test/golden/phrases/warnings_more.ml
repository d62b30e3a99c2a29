type t = A | B of int;;
[%%expect {|
type t = A | B of int
|}]
let f = function A -> 1;;
[%%expect {|
Line 1, characters 8-23:
1 | let f = function A -> 1;;
            ^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
B _
val f : t -> int = <fun>
|}]
let g = function (A, x | B _, x) when x -> 1 | _ -> 2;;
[%%expect {|
val g : t * bool -> int = <fun>
|}]
let h (x, y | y, x) = x + y;;
[%%expect {|
Line 1, characters 14-18:
1 | let h (x, y | y, x) = x + y;;
                  ^^^^
Warning 12 [redundant-subpat]: this sub-pattern is unused.
val h : int * int -> int = <fun>
|}]
let i = function (Some x, _ | _, Some x) when x > 1 -> x | _ -> 0;;
[%%expect {|
Line 1, characters 17-40:
1 | let i = function (Some x, _ | _, Some x) when x > 1 -> x | _ -> 0;;
                     ^^^^^^^^^^^^^^^^^^^^^^^
Warning 57 [ambiguous-var-in-pattern-guard]: Ambiguous or-pattern variables under guard;
variable x may match different arguments. (See manual section 11.5)
val i : int option * int option -> int = <fun>
|}]
let rec j x = if x = 0 then 0 else 1 + (j [@tailcall]) (x - 1);;
[%%expect {|
Line 1, characters 39-62:
1 | let rec j x = if x = 0 then 0 else 1 + (j [@tailcall]) (x - 1);;
                                           ^^^^^^^^^^^^^^^^^^^^^^^
Warning 51 [wrong-tailcall-expectation]: expected tailcall
val j : int -> int = <fun>
|}]
let k = 1 [@@inline];;
[%%expect {|
Line 1, characters 0-20:
1 | let k = 1 [@@inline];;
    ^^^^^^^^^^^^^^^^^^^^
Warning 53 [misplaced-attribute]: the "inline" attribute cannot appear in this context
val k : int = 1
|}]
let l x = x [@@inline] [@@inline];;
[%%expect {|
Line 1, characters 26-32:
1 | let l x = x [@@inline] [@@inline];;
                              ^^^^^^
Warning 54 [duplicated-attribute]: the "inline" attribute is used more than once on this expression
val l : 'a -> 'a = <fun>
|}]
type u = ();;
[%%expect {|
Line 1, characters 0-11:
1 | type u = ();;
    ^^^^^^^^^^^
Warning 65 [redefining-unit]: This type declaration is defining a new '()' constructor
which shadows the existing one.
Hint: Did you mean 'type u = unit'?
type u = ()
|}]
type 'a v = C : int v constraint 'a = int;;
[%%expect {|
Line 1, characters 33-41:
1 | type 'a v = C : int v constraint 'a = int;;
                                     ^^^^^^^^
Warning 62 [constraint-on-gadt]: Type constraints do not apply to GADT cases of variant types.
type 'a v = C : int v constraint 'a = int
|}]
let m r = { r with contents = 1 };;
[%%expect {|
Line 1, characters 10-33:
1 | let m r = { r with contents = 1 };;
              ^^^^^^^^^^^^^^^^^^^^^^^
Warning 23 [useless-record-with]: all the fields are explicitly listed in this record:
the 'with' clause is useless.
val m : 'a ref -> int ref = <fun>
|}]
let n = function A _ -> 1 | B _ -> 2;;
[%%expect {|
Line 1, characters 19-20:
1 | let n = function A _ -> 1 | B _ -> 2;;
                       ^
Warning 28 [wildcard-arg-to-constant-constr]: wildcard pattern given as argument to a constant constructor
val n : t -> int = <fun>
|}]
let o = function Failure "x" -> 1 | _ -> 2;;
[%%expect {|
Line 1, characters 25-28:
1 | let o = function Failure "x" -> 1 | _ -> 2;;
                             ^^^
Warning 52 [fragile-literal-pattern]: Code should not depend on the actual values of
this constructor's arguments. They are only for information
and may change in future versions. (See manual section 11.5)
val o : exn -> int = <fun>
|}]
let p () = 1; 2;;
[%%expect {|
Line 1, characters 11-12:
1 | let p () = 1; 2;;
               ^
Warning 10 [non-unit-statement]: this expression should have type unit.
val p : u -> int = <fun>
|}]
let q x = match x with A -> 1 | B _ -> 2 | A -> 3;;
[%%expect {|
Line 1, characters 43-44:
1 | let q x = match x with A -> 1 | B _ -> 2 | A -> 3;;
                                               ^
Warning 11 [redundant-case]: this match case is unused.
val q : t -> int = <fun>
|}]
let r = function `A -> 1 | `B -> 2 | `A -> 3;;
[%%expect {|
Line 1, characters 37-39:
1 | let r = function `A -> 1 | `B -> 2 | `A -> 3;;
                                         ^^
Warning 11 [redundant-case]: this match case is unused.
val r : [< `A | `B ] -> int = <fun>
|}]
let s = "a\qb";;
[%%expect {|
Line 1, characters 10-12:
1 | let s = "a\qb";;
              ^^
Warning 14 [illegal-backslash]: illegal backslash escape in string.
val s : string = "a\\qb"
|}]
let w ?x = x;;
[%%expect {|
Line 1, characters 7-8:
1 | let w ?x = x;;
           ^
Warning 16 [unerasable-optional-argument]: this optional argument cannot be erased.
val w : ?x:'a -> 'a option = <fun>
|}]
class c = object method a = 1 val b = 2 end;;
[%%expect {|
class c : object val b : int method a : int end
|}]
class d = object inherit c val b = 3 method a = 2 end;;
[%%expect {|
Line 1, characters 31-32:
1 | class d = object inherit c val b = 3 method a = 2 end;;
                                   ^
Warning 13 [instance-variable-override]: the instance variable b is overridden.
The behaviour changed in ocaml 3.10 (previous behaviour was hiding.)
class d : object val b : int method a : int end
|}]
let x ~l = l in x ~l:1 2;;
[%%expect {|
Line 1, characters 21-22:
1 | let x ~l = l in x ~l:1 2;;
                         ^
Error: This expression has type int but an expression was expected of type
         'a -> 'b
|}]
let y ~a ~b = a + b in y 1 2;;
[%%expect {|
Line 1, characters 23-24:
1 | let y ~a ~b = a + b in y 1 2;;
                           ^
Warning 6 [labels-omitted]: labels a, b were omitted in the application of this function.
- : int = 3
|}]
let z = List.map succ; 3;;
[%%expect {|
Line 1, characters 8-21:
1 | let z = List.map succ; 3;;
            ^^^^^^^^^^^^^
Warning 5 [ignored-partial-application]: this function application is partial,
maybe some arguments are missing.
val z : int = 3
|}]
