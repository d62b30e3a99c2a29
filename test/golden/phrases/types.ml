type t;;
[%%expect {|
type t
|}]
type t = int;;
[%%expect {|
type t = int
|}]
type t = A;;
[%%expect {|
type t = A
|}]
type t = A | B;;
[%%expect {|
type t = A | B
|}]
type t = A | B of int;;
[%%expect {|
type t = A | B of int
|}]
type t = A of int * string | B of (int * string);;
[%%expect {|
type t = A of int * string | B of (int * string)
|}]
A (1, "a");;
[%%expect {|
- : t = A (1, "a")
|}]
B (1, "a");;
[%%expect {|
- : t = B (1, "a")
|}]
type t = { a : int };;
[%%expect {|
type t = { a : int; }
|}]
type t = { a : int; b : string };;
[%%expect {|
type t = { a : int; b : string; }
|}]
{ a = 1; b = "x" };;
[%%expect {|
- : t = {a = 1; b = "x"}
|}]
type t = { mutable a : int; b : string list };;
[%%expect {|
type t = { mutable a : int; b : string list; }
|}]
let r = { a = 1; b = ["x"; "y"] };;
[%%expect {|
val r : t = {a = 1; b = ["x"; "y"]}
|}]
r.a <- 5;;
[%%expect {|
- : unit = ()
|}]
r;;
[%%expect {|
- : t = {a = 5; b = ["x"; "y"]}
|}]
{ r with a = 6 };;
[%%expect {|
- : t = {a = 6; b = ["x"; "y"]}
|}]
r.b;;
[%%expect {|
- : string list = ["x"; "y"]
|}]
type 'a t = 'a list;;
[%%expect {|
type 'a t = 'a list
|}]
type 'a t = Leaf | Node of 'a t * 'a * 'a t;;
[%%expect {|
type 'a t = Leaf | Node of 'a t * 'a * 'a t
|}]
Leaf;;
[%%expect {|
- : 'a t = Leaf
|}]
Node (Leaf, 1, Leaf);;
[%%expect {|
- : int t = Node (Leaf, 1, Leaf)
|}]
Node (Node (Leaf, -1, Leaf), 2, Node (Leaf, 3, Leaf));;
[%%expect {|
- : int t = Node (Node (Leaf, -1, Leaf), 2, Node (Leaf, 3, Leaf))
|}]
type ('a, 'b) t = { x : 'a; y : 'b };;
[%%expect {|
type ('a, 'b) t = { x : 'a; y : 'b; }
|}]
{ x = 1; y = "a" };;
[%%expect {|
- : (int, string) t = {x = 1; y = "a"}
|}]
[{ x = 1; y = None }];;
[%%expect {|
- : (int, 'a option) t list = [{x = 1; y = None}]
|}]
type +'a t;;
[%%expect {|
type +'a t
|}]
type -'a t;;
[%%expect {|
type -'a t
|}]
type 'a t = { f : 'b. 'b -> 'a };;
[%%expect {|
type 'a t = { f : 'b. 'b -> 'a; }
|}]
{ f = fun _ -> 1 };;
[%%expect {|
- : int t = {f = <fun>}
|}]
type t = int * string;;
[%%expect {|
type t = int * string
|}]
type t = int -> string;;
[%%expect {|
type t = int -> string
|}]
type t = (int -> int) -> int;;
[%%expect {|
type t = (int -> int) -> int
|}]
type t = int -> int -> int;;
[%%expect {|
type t = int -> int -> int
|}]
type t = private int;;
[%%expect {|
type t = private int
|}]
type t = private A | B;;
[%%expect {|
type t = private A | B
|}]
type t = private { a : int };;
[%%expect {|
type t = private { a : int; }
|}]
type t = [ `A | `B of int ];;
[%%expect {|
type t = [ `A | `B of int ]
|}]
type t = [> `A ] as 'a;;
[%%expect {|
Line 1, characters 0-22:
1 | type t = [> `A ] as 'a;;
    ^^^^^^^^^^^^^^^^^^^^^^
Error: A type variable is unbound in this type declaration.
       In type [> `A ] as 'a the variable 'a is unbound
|}]
type 'a t = [< `A | `B ] as 'a;;
[%%expect {|
type 'a t = 'a constraint 'a = [< `A | `B ]
|}]
type t = { a : int; } and u = { b : t };;
[%%expect {|
type t = { a : int; }
and u = { b : t; }
|}]
type t = A of u and u = B of t | C;;
[%%expect {|
type t = A of u
and u = B of t | C
|}]
A (B (A C));;
[%%expect {|
- : t = A (B (A C))
|}]
type t = A of { x : int; y : string };;
[%%expect {|
type t = A of { x : int; y : string; }
|}]
A { x = 1; y = "q" };;
[%%expect {|
- : t = A {x = 1; y = "q"}
|}]
A { x = -1; y = "" };;
[%%expect {|
- : t = A {x = -1; y = ""}
|}]
type t = int = private int;;
[%%expect {|
Line 1, characters 23-26:
1 | type t = int = private int;;
                           ^^^
Error: Syntax error
|}]
type t = Foo of int [@@unboxed];;
[%%expect {|
type t = Foo of int [@@unboxed]
|}]
Foo 3;;
[%%expect {|
- : t = Foo 3
|}]
Foo (-3);;
[%%expect {|
- : t = Foo (-3)
|}]
type t = { foo : int } [@@unboxed];;
[%%expect {|
type t = { foo : int; } [@@unboxed]
|}]
{ foo = 3 };;
[%%expect {|
- : t = {foo = 3}
|}]
type t = ..;;
[%%expect {|
type t = ..
|}]
type t += A;;
[%%expect {|
type t += A
|}]
type t += B of int | C of string;;
[%%expect {|
type t += B of int | C of string
|}]
A;;
[%%expect {|
- : t = A
|}]
B 1;;
[%%expect {|
- : t = B 1
|}]
[A; B 2; C "x"];;
[%%expect {|
- : t list = [A; B 2; C "x"]
|}]
type t += D = A;;
[%%expect {|
type t += D
|}]
D;;
[%%expect {|
- : t = A
|}]
type 'a t = ..;;
[%%expect {|
type 'a t = ..
|}]
type 'a t += X of 'a;;
[%%expect {|
type 'a t += X of 'a
|}]
X 1;;
[%%expect {|
- : int t = X 1
|}]
type t = |;;
[%%expect {|
type t = |
|}]
type t = A | A;;
[%%expect {|
Line 1, characters 0-14:
1 | type t = A | A;;
    ^^^^^^^^^^^^^^
Error: Two constructors are named A
|}]
type t = { a : int; a : int };;
[%%expect {|
Line 1, characters 20-21:
1 | type t = { a : int; a : int };;
                        ^
Error: Two labels are named a
|}]
type t = u;;
[%%expect {|
type t = u
|}]
type 'a t = 'b;;
[%%expect {|
Line 1, characters 12-14:
1 | type 'a t = 'b;;
                ^^
Error: The type variable 'b is unbound in this type declaration. 
|}]
type t = int list list;;
[%%expect {|
type t = int list list
|}]
type t = (int, string) Hashtbl.t;;
[%%expect {|
type t = (int, string) Hashtbl.t
|}]
type t = int option array;;
[%%expect {|
type t = int option array
|}]
type nonrec t = t list;;
[%%expect {|
type nonrec t = t list
|}]
type t = t;;
[%%expect {|
Line 1, characters 0-10:
1 | type t = t;;
    ^^^^^^^^^^
Error: The type abbreviation t is cyclic
|}]
type t = t list;;
[%%expect {|
Line 1, characters 0-15:
1 | type t = t list;;
    ^^^^^^^^^^^^^^^
Error: The type abbreviation t is cyclic
|}]
type t = int constraint int = int;;
[%%expect {|
type t = int
|}]
type 'a t = 'a constraint 'a = int;;
[%%expect {|
type 'a t = 'a constraint 'a = int
|}]
type 'a t = 'a list constraint 'a = int * 'b;;
[%%expect {|
type 'a t = 'a list constraint 'a = int * 'b
|}]
type t = (module Map.OrderedType);;
[%%expect {|
type t = (module Map.OrderedType)
|}]
type t = < a : int >;;
[%%expect {|
type t = < a : int >
|}]
type t = A of int -> int;;
[%%expect {|
Line 1, characters 18-20:
1 | type t = A of int -> int;;
                      ^^
Error: Syntax error
|}]
A succ;;
[%%expect {|
Line 1, characters 0-6:
1 | A succ;;
    ^^^^^^
Error: The constructor A expects 0 argument(s),
       but is applied here to 1 argument(s)
|}]
type t = { f : int -> int; g : float };;
[%%expect {|
type t = { f : int -> int; g : float; }
|}]
{ f = succ; g = 1. };;
[%%expect {|
- : t = {f = <fun>; g = 1.}
|}]
type point = { x : int; y : int };;
[%%expect {|
type point = { x : int; y : int; }
|}]
let origin = { x = 0; y = 0 };;
[%%expect {|
val origin : point = {x = 0; y = 0}
|}]
let p = { origin with x = 1 };;
[%%expect {|
val p : point = {x = 1; y = 0}
|}]
let { x; y } = p;;
[%%expect {|
val x : int = 1
val y : int = 0
|}]
let { x; _ } = p;;
[%%expect {|
val x : int = 1
|}]
let f { x; y } = x + y;;
[%%expect {|
val f : point -> int = <fun>
|}]
let f { x } = x;;
[%%expect {|
val f : point -> int = <fun>
|}]
p.x;;
[%%expect {|
- : int = 1
|}]
p.z;;
[%%expect {|
Line 1, characters 2-3:
1 | p.z;;
      ^
Error: This expression has type point There is no field z within type point
|}]
{ x = 1 };;
[%%expect {|
Line 1, characters 0-9:
1 | { x = 1 };;
    ^^^^^^^^^
Error: Some record fields are undefined: y
|}]
{ x = 1; y = 2; z = 3 };;
[%%expect {|
Line 1, characters 16-17:
1 | { x = 1; y = 2; z = 3 };;
                    ^
Error: Unbound record field z
|}]
{ p with z = 1 };;
[%%expect {|
Line 1, characters 9-10:
1 | { p with z = 1 };;
             ^
Error: This record expression is expected to have type point
       There is no field z within type point
|}]
{ x = 1; y = "a" };;
[%%expect {|
Line 1, characters 13-16:
1 | { x = 1; y = "a" };;
                 ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
type other = { x : string };;
[%%expect {|
type other = { x : string; }
|}]
{ x = "a" };;
[%%expect {|
- : other = {x = "a"}
|}]
{ x = 1; y = 1 };;
[%%expect {|
- : point = {x = 1; y = 1}
|}]
let f r = r.x;;
[%%expect {|
val f : other -> string = <fun>
|}]
let f (r : point) = r.x;;
[%%expect {|
val f : point -> int = <fun>
|}]
type shape = Circle of float | Square of float | Triangle of { base : float; height : float };;
[%%expect {|
type shape =
    Circle of float
  | Square of float
  | Triangle of { base : float; height : float; }
|}]
[Circle 1.; Square 2.; Triangle { base = 3.; height = 4. }];;
[%%expect {|
- : shape list = [Circle 1.; Square 2.; Triangle {base = 3.; height = 4.}]
|}]
let area = function Circle r -> r *. r | Square s -> s *. s | Triangle { base; height } -> base *. height /. 2.;;
[%%expect {|
val area : shape -> float = <fun>
|}]
area (Circle 2.);;
[%%expect {|
- : float = 4.
|}]
List.map area [Circle 1.; Square 2.];;
[%%expect {|
- : float list = [1.; 4.]
|}]
let f = function Circle _ -> 1;;
[%%expect {|
Line 1, characters 8-30:
1 | let f = function Circle _ -> 1;;
            ^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
(Square _|Triangle _)
val f : shape -> int = <fun>
|}]
let f = function Circle _ -> 1 | Square _ -> 2;;
[%%expect {|
Line 1, characters 8-46:
1 | let f = function Circle _ -> 1 | Square _ -> 2;;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
Triangle _
val f : shape -> int = <fun>
|}]
let f = function Circle _ -> 1 | Square _ -> 2 | Triangle _ -> 3 | _ -> 4;;
[%%expect {|
Line 1, characters 67-68:
1 | let f = function Circle _ -> 1 | Square _ -> 2 | Triangle _ -> 3 | _ -> 4;;
                                                                       ^
Warning 11 [redundant-case]: this match case is unused.
val f : shape -> int = <fun>
|}]
let f = function 1 -> 1 | 1 -> 2 | _ -> 3;;
[%%expect {|
Line 1, characters 26-27:
1 | let f = function 1 -> 1 | 1 -> 2 | _ -> 3;;
                              ^
Warning 11 [redundant-case]: this match case is unused.
val f : int -> int = <fun>
|}]
let f = function _ -> 1 | 1 -> 2;;
[%%expect {|
Line 1, characters 26-27:
1 | let f = function _ -> 1 | 1 -> 2;;
                              ^
Warning 11 [redundant-case]: this match case is unused.
val f : int -> int = <fun>
|}]
type color = Red | Green | Blue;;
[%%expect {|
type color = Red | Green | Blue
|}]
Red;;
[%%expect {|
- : color = Red
|}]
[Red; Green; Blue];;
[%%expect {|
- : color list = [Red; Green; Blue]
|}]
(Red, Green);;
[%%expect {|
- : color * color = (Red, Green)
|}]
Some Red;;
[%%expect {|
- : color option = Some Red
|}]
let f = function Red -> 1 | Green -> 2;;
[%%expect {|
Line 1, characters 8-38:
1 | let f = function Red -> 1 | Green -> 2;;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
Blue
val f : color -> int = <fun>
|}]
let f = function Red | Green -> 1;;
[%%expect {|
Line 1, characters 8-33:
1 | let f = function Red | Green -> 1;;
            ^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
Blue
val f : color -> int = <fun>
|}]
let f (x, y) = match x, y with Red, Red -> 1 | Green, _ -> 2;;
[%%expect {|
Line 1, characters 15-60:
1 | let f (x, y) = match x, y with Red, Red -> 1 | Green, _ -> 2;;
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
(Red, (Green|Blue))
val f : color * color -> int = <fun>
|}]
let f = function Red, _ -> 1 | _, Green -> 2;;
[%%expect {|
Line 1, characters 8-44:
1 | let f = function Red, _ -> 1 | _, Green -> 2;;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
((Green|Blue), (Red|Blue))
val f : color * color -> int = <fun>
|}]
let f = function [] -> 0 | [x] -> 1;;
[%%expect {|
Line 1, characters 8-35:
1 | let f = function [] -> 0 | [x] -> 1;;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
_::_::_
val f : 'a list -> int = <fun>
|}]
let f = function "a" -> 1;;
[%%expect {|
Line 1, characters 8-25:
1 | let f = function "a" -> 1;;
            ^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
""
val f : string -> int = <fun>
|}]
let f = function 'a' -> 1 | 'b' -> 2;;
[%%expect {|
Line 1, characters 8-36:
1 | let f = function 'a' -> 1 | 'b' -> 2;;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
'c'
val f : char -> int = <fun>
|}]
let f = function 1.5 -> 1;;
[%%expect {|
Line 1, characters 8-25:
1 | let f = function 1.5 -> 1;;
            ^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
0.
val f : float -> int = <fun>
|}]
let f = function Some Red -> 1 | None -> 0;;
[%%expect {|
Line 1, characters 8-42:
1 | let f = function Some Red -> 1 | None -> 0;;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
Some (Green|Blue)
val f : color option -> int = <fun>
|}]
let f = function { x = 1; y = _ } -> 1;;
[%%expect {|
Line 1, characters 8-38:
1 | let f = function { x = 1; y = _ } -> 1;;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
{x=0; _ }
val f : point -> int = <fun>
|}]
let f = function [|1|] -> 1;;
[%%expect {|
Line 1, characters 8-27:
1 | let f = function [|1|] -> 1;;
            ^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
[| 0 |]
val f : int array -> int = <fun>
|}]
let f = function lazy 1 -> 1;;
[%%expect {|
Line 1, characters 8-28:
1 | let f = function lazy 1 -> 1;;
            ^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
lazy 0
val f : int lazy_t -> int = <fun>
|}]
let f x = match x with y when y > 0 -> 1;;
[%%expect {|
Line 1, characters 10-40:
1 | let f x = match x with y when y > 0 -> 1;;
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
All clauses in this pattern-matching are guarded.
val f : int -> int = <fun>
|}]
Circle;;
[%%expect {|
Line 1, characters 0-6:
1 | Circle;;
    ^^^^^^
Error: The constructor Circle expects 1 argument(s),
       but is applied here to 0 argument(s)
|}]
Circle 1;;
[%%expect {|
Line 1, characters 7-8:
1 | Circle 1;;
           ^
Error: This expression has type int but an expression was expected of type
         float
  Hint: Did you mean `1.'?
|}]
Circle (1., 2.);;
[%%expect {|
Line 1, characters 7-15:
1 | Circle (1., 2.);;
           ^^^^^^^^
Error: This expression has type 'a * 'b
       but an expression was expected of type float
|}]
Red 1;;
[%%expect {|
Line 1, characters 0-5:
1 | Red 1;;
    ^^^^^
Error: The constructor Red expects 0 argument(s),
       but is applied here to 1 argument(s)
|}]
Gren;;
[%%expect {|
Line 1, characters 0-4:
1 | Gren;;
    ^^^^
Error: Unbound constructor Gren
Hint: Did you mean Green?
|}]
type expr = Int of int | Add of expr * expr | Mul of expr * expr | Neg of expr;;
[%%expect {|
type expr =
    Int of int
  | Add of expr * expr
  | Mul of expr * expr
  | Neg of expr
|}]
Add (Int 1, Mul (Int 2, Int (-3)));;
[%%expect {|
- : expr = Add (Int 1, Mul (Int 2, Int (-3)))
|}]
Neg (Neg (Int (-1)));;
[%%expect {|
- : expr = Neg (Neg (Int (-1)))
|}]
let rec eval = function Int n -> n | Add (a, b) -> eval a + eval b | Mul (a, b) -> eval a * eval b | Neg a -> - (eval a);;
[%%expect {|
val eval : expr -> int = <fun>
|}]
eval (Add (Int 1, Mul (Int 2, Int 3)));;
[%%expect {|
- : int = 7
|}]
type t = A of int | B;;
[%%expect {|
type t = A of int | B
|}]
type u = A of string;;
[%%expect {|
type u = A of string
|}]
A "x";;
[%%expect {|
- : u = A "x"
|}]
(A 1 : t);;
[%%expect {|
- : t = A 1
|}]
A 1;;
[%%expect {|
Line 1, characters 2-3:
1 | A 1;;
      ^
Error: This expression has type int but an expression was expected of type
         string
|}]
type t = T;;
[%%expect {|
type t = T
|}]
let a = T;;
[%%expect {|
val a : t = T
|}]
type t = T;;
[%%expect {|
type t = T
|}]
a;;
[%%expect {|
- : t/2 = T
|}]
let b = T;;
[%%expect {|
val b : t = T
|}]
a = b;;
[%%expect {|
Line 1, characters 4-5:
1 | a = b;;
        ^
Error: This expression has type t/1 but an expression was expected of type
         t/2
       Hint: The type t has been defined multiple times in this toplevel
         session. Some toplevel values still refer to old versions of this
         type. Did you try to redefine them?
|}]
[a; b];;
[%%expect {|
Line 1, characters 4-5:
1 | [a; b];;
        ^
Error: This expression has type t/1 but an expression was expected of type
         t/2
       Hint: The type t has been defined multiple times in this toplevel
         session. Some toplevel values still refer to old versions of this
         type. Did you try to redefine them?
|}]
type s = S of t;;
[%%expect {|
type s = S of t
|}]
S a;;
[%%expect {|
Line 1, characters 2-3:
1 | S a;;
      ^
Error: This expression has type t/2 but an expression was expected of type
         t/1
       Hint: The type t has been defined multiple times in this toplevel
         session. Some toplevel values still refer to old versions of this
         type. Did you try to redefine them?
|}]
S b;;
[%%expect {|
- : s = S T
|}]
type 'a tree = E | N of 'a * 'a tree list;;
[%%expect {|
type 'a tree = E | N of 'a * 'a tree list
|}]
N (1, [N (2, []); N (3, [E])]);;
[%%expect {|
- : int tree = N (1, [N (2, []); N (3, [E])])
|}]
type ('k, 'v) assoc = ('k * 'v) list;;
[%%expect {|
type ('k, 'v) assoc = ('k * 'v) list
|}]
([1, "a"] : (int, string) assoc);;
[%%expect {|
- : (int, string) assoc = [(1, "a")]
|}]
type 'a box = Box of 'a;;
[%%expect {|
type 'a box = Box of 'a
|}]
Box (Box (Box 1));;
[%%expect {|
- : int box box box = Box (Box (Box 1))
|}]
Box [Box 1; Box 2];;
[%%expect {|
- : int box list box = Box [Box 1; Box 2]
|}]
Box (fun x -> x);;
[%%expect {|
- : ('a -> 'a) box = Box <fun>
|}]
Box (ref 1);;
[%%expect {|
- : int ref box = Box {contents = 1}
|}]
Box 'c';;
[%%expect {|
- : char box = Box 'c'
|}]
Box "s";;
[%%expect {|
- : string box = Box "s"
|}]
Box (1, 2);;
[%%expect {|
- : (int * int) box = Box (1, 2)
|}]
Box { x = "1" };;
[%%expect {|
- : other box = Box {x = "1"}
|}]
Box [|1|];;
[%%expect {|
- : int array box = Box [|1|]
|}]
Box (-1);;
[%%expect {|
- : int box = Box (-1)
|}]
Box (-1.);;
[%%expect {|
- : float box = Box (-1.)
|}]
Box (-1L);;
[%%expect {|
- : int64 box = Box (-1L)
|}]
Box None;;
[%%expect {|
- : 'a option box = Box None
|}]
Box (Some 1);;
[%%expect {|
- : int option box = Box (Some 1)
|}]
Box ();;
[%%expect {|
- : unit box = Box ()
|}]
type t = { very_long_field_name_number_one : int; very_long_field_name_number_two : string; three : float };;
[%%expect {|
type t = {
  very_long_field_name_number_one : int;
  very_long_field_name_number_two : string;
  three : float;
}
|}]
{ very_long_field_name_number_one = 1; very_long_field_name_number_two = "aaaaaaaaaaaaaa"; three = 3. };;
[%%expect {|
- : t =
{very_long_field_name_number_one = 1;
 very_long_field_name_number_two = "aaaaaaaaaaaaaa"; three = 3.}
|}]
[{ very_long_field_name_number_one = 1; very_long_field_name_number_two = "aaaaaaaaaaaaaa"; three = 3. }];;
[%%expect {|
- : t list =
[{very_long_field_name_number_one = 1;
  very_long_field_name_number_two = "aaaaaaaaaaaaaa"; three = 3.}]
|}]
type t = Constructor_with_a_long_name of int | Another_constructor_with_a_long_name of string * int | Third;;
[%%expect {|
type t =
    Constructor_with_a_long_name of int
  | Another_constructor_with_a_long_name of string * int
  | Third
|}]
Another_constructor_with_a_long_name ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 1);;
[%%expect {|
- : t =
Another_constructor_with_a_long_name ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
 1)
|}]
type ('a, 'b, 'c) t = A of 'a | B of 'b | C of 'c;;
[%%expect {|
type ('a, 'b, 'c) t = A of 'a | B of 'b | C of 'c
|}]
A 1;;
[%%expect {|
- : (int, 'a, 'b) t = A 1
|}]
[A 1; B "x"; C 'c'];;
[%%expect {|
- : (int, string, char) t list = [A 1; B "x"; C 'c']
|}]
type t = int and u = string;;
[%%expect {|
type t = int
and u = string
|}]
type t = A of int * int | B of (int * int) | C of { a : int };;
[%%expect {|
type t = A of int * int | B of (int * int) | C of { a : int; }
|}]
type 'a t = { a : 'a; b : 'a list } and 'b u = { c : 'b t };;
[%%expect {|
type 'a t = { a : 'a; b : 'a list; }
and 'b u = { c : 'b t; }
|}]
type t = string * (int * float) * (int -> int) * int list;;
[%%expect {|
type t = string * (int * float) * (int -> int) * int list
|}]
type f = x:int -> ?y:string -> unit -> int;;
[%%expect {|
type f = x:int -> ?y:string -> unit -> int
|}]
type f = (int -> int) * (int * int);;
[%%expect {|
type f = (int -> int) * (int * int)
|}]
type t = ((int -> int) list * int) option;;
[%%expect {|
type t = ((int -> int) list * int) option
|}]
type 'a c = 'a -> 'a;;
[%%expect {|
type 'a c = 'a -> 'a
|}]
type t = int c c;;
[%%expect {|
type t = int c c
|}]
