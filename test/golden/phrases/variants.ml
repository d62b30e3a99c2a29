`A;;
[%%expect {|
- : [> `A ] = `A
|}]
`A 1;;
[%%expect {|
- : [> `A of int ] = `A 1
|}]
`A (-1);;
[%%expect {|
- : [> `A of int ] = `A (-1)
|}]
`A (1, 2);;
[%%expect {|
- : [> `A of int * int ] = `A (1, 2)
|}]
`A `B;;
[%%expect {|
- : [> `A of [> `B ] ] = `A `B
|}]
`A (`B 1);;
[%%expect {|
- : [> `A of [> `B of int ] ] = `A (`B 1)
|}]
[`A; `B];;
[%%expect {|
- : [> `A | `B ] list = [`A; `B]
|}]
[`A 1; `B "x"];;
[%%expect {|
- : [> `A of int | `B of string ] list = [`A 1; `B "x"]
|}]
(`A, `B);;
[%%expect {|
- : [> `A ] * [> `B ] = (`A, `B)
|}]
Some `A;;
[%%expect {|
- : [> `A ] option = Some `A
|}]
`Long_name_of_a_tag "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";;
[%%expect {|
- : [> `Long_name_of_a_tag of string ] =
`Long_name_of_a_tag
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
|}]
let f = function `A -> 1;;
[%%expect {|
val f : [< `A ] -> int = <fun>
|}]
let f = function `A -> 1 | `B -> 2;;
[%%expect {|
val f : [< `A | `B ] -> int = <fun>
|}]
let f = function `A -> 1 | _ -> 2;;
[%%expect {|
val f : [> `A ] -> int = <fun>
|}]
let f = function `A x -> x | `B -> 0;;
[%%expect {|
val f : [< `A of int | `B ] -> int = <fun>
|}]
f `B;;
[%%expect {|
- : int = 0
|}]
f (`A 1);;
[%%expect {|
- : int = 1
|}]
f `C;;
[%%expect {|
Line 1, characters 2-4:
1 | f `C;;
      ^^
Error: This expression has type [> `C ]
       but an expression was expected of type [< `A of int | `B ]
       The second variant type does not allow tag(s) `C
|}]
let f x = match x with `A | `B -> x;;
[%%expect {|
val f : ([< `A | `B ] as 'a) -> 'a = <fun>
|}]
let f = function `A | `B as x -> x | `C -> `A;;
[%%expect {|
val f : [< `A | `B | `C ] -> [> `A | `B ] = <fun>
|}]
type t = [ `A | `B of int ];;
[%%expect {|
type t = [ `A | `B of int ]
|}]
let x : t = `A;;
[%%expect {|
val x : t = `A
|}]
let y : t = `B 3;;
[%%expect {|
val y : t = `B 3
|}]
[x; y];;
[%%expect {|
- : t list = [`A; `B 3]
|}]
(x :> [ `A | `B of int | `C ]);;
[%%expect {|
- : [ `A | `B of int | `C ] = `A
|}]
let f (x : t) = x;;
[%%expect {|
val f : t -> t = <fun>
|}]
f `A;;
[%%expect {|
- : t = `A
|}]
f `C;;
[%%expect {|
Line 1, characters 2-4:
1 | f `C;;
      ^^
Error: This expression has type [> `C ]
       but an expression was expected of type t
       The second variant type does not allow tag(s) `C
|}]
let f (#t as x) = x;;
[%%expect {|
val f : [< t ] -> [> `A | `B of int ] = <fun>
|}]
let f = function #t -> 1 | `C -> 2;;
[%%expect {|
val f : [< `A | `B of int | `C ] -> int = <fun>
|}]
type u = [ t | `C of string ];;
[%%expect {|
type u = [ `A | `B of int | `C of string ]
|}]
(`C "x" : u);;
[%%expect {|
- : u = `C "x"
|}]
let g (x : [> t ]) = x;;
[%%expect {|
val g : ([> t ] as 'a) -> 'a = <fun>
|}]
let g (x : [< t ]) = x;;
[%%expect {|
val g : ([< t ] as 'a) -> 'a = <fun>
|}]
let g (x : [< `A | `B > `A ]) = x;;
[%%expect {|
val g : ([< `A | `B > `A ] as 'a) -> 'a = <fun>
|}]
let h = function `A -> `B | x -> x;;
[%%expect {|
val h : ([> `A | `B ] as 'a) -> 'a = <fun>
|}]
let l = [`A; `B; `C];;
[%%expect {|
val l : [> `A | `B | `C ] list = [`A; `B; `C]
|}]
List.map (function `A -> 1 | `B -> 2 | `C -> 3) l;;
[%%expect {|
- : int list = [1; 2; 3]
|}]
let f ?(x = `Default) () = x;;
[%%expect {|
val f : ?x:([> `Default ] as 'a) -> unit -> 'a = <fun>
|}]
f ();;
[%%expect {|
- : [> `Default ] = `Default
|}]
f ~x:`Other ();;
[%%expect {|
- : [> `Default | `Other ] = `Other
|}]
ref `A;;
[%%expect {|
- : _[> `A ] ref = {contents = `A}
|}]
let r = ref (`A : [ `A | `B ]);;
[%%expect {|
val r : [ `A | `B ] ref = {contents = `A}
|}]
r := `B;;
[%%expect {|
- : unit = ()
|}]
!r;;
[%%expect {|
- : [ `A | `B ] = `B
|}]
r := `C;;
[%%expect {|
Line 1, characters 5-7:
1 | r := `C;;
         ^^
Error: This expression has type [> `C ]
       but an expression was expected of type [ `A | `B ]
       The second variant type does not allow tag(s) `C
|}]
let id (x : [> `A ] as 'a) : 'a = x;;
[%%expect {|
val id : ([> `A ] as 'a) -> 'a = <fun>
|}]
type 'a v = [> `A of 'a ] as 'b;;
[%%expect {|
Line 1, characters 0-31:
1 | type 'a v = [> `A of 'a ] as 'b;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: A type variable is unbound in this type declaration.
       In type [> `A of 'a ] as 'b the variable 'b is unbound
|}]
type ('a, 'b) v = [ `Left of 'a | `Right of 'b ];;
[%%expect {|
type ('a, 'b) v = [ `Left of 'a | `Right of 'b ]
|}]
(`Left 1 : (int, string) v);;
[%%expect {|
- : (int, string) v = `Left 1
|}]
let rec map f = function `Nil -> `Nil | `Cons (x, xs) -> `Cons (f x, map f xs);;
[%%expect {|
val map :
  ('a -> 'b) ->
  ([< `Cons of 'a * 'c | `Nil ] as 'c) ->
  ([> `Cons of 'b * 'd | `Nil ] as 'd) = <fun>
|}]
map succ (`Cons (1, `Nil));;
[%%expect {|
- : [> `Cons of int * 'a | `Nil ] as 'a = `Cons (2, `Nil)
|}]
let rec len = function `Nil -> 0 | `Cons (_, t) -> 1 + len t;;
[%%expect {|
val len : ([< `Cons of 'b * 'a | `Nil ] as 'a) -> int = <fun>
|}]
len (`Cons (1, `Cons (2, `Nil)));;
[%%expect {|
- : int = 2
|}]
type rec_v = [ `Leaf | `Node of rec_v * int * rec_v ];;
[%%expect {|
type rec_v = [ `Leaf | `Node of rec_v * int * rec_v ]
|}]
(`Node (`Leaf, 1, `Leaf) : rec_v);;
[%%expect {|
- : rec_v = `Node (`Leaf, 1, `Leaf)
|}]
let f x = (x : [ `A ] :> [ `A | `B ]);;
[%%expect {|
val f : [ `A ] -> [ `A | `B ] = <fun>
|}]
let f = function `A -> "a" | `B (x : int) -> "b";;
[%%expect {|
val f : [< `A | `B of int ] -> string = <fun>
|}]
let f (`A | `B) = 1;;
[%%expect {|
val f : [< `A | `B ] -> int = <fun>
|}]
let f (`A x | `B x) = x;;
[%%expect {|
val f : [< `A of 'a | `B of 'a ] -> 'a = <fun>
|}]
let `A x = `A 1;;
[%%expect {|
val x : int = 1
|}]
let (`A x | `B x) = `A 1;;
[%%expect {|
val x : int = 1
|}]
match `A with `B -> 1;;
[%%expect {|
Line 1, characters 0-21:
1 | match `A with `B -> 1;;
    ^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
`A
Exception: Match_failure ("//toplevel//", 1, 0).
|}]
function `A -> 1 | `A -> 2;;
[%%expect {|
Line 1, characters 19-21:
1 | function `A -> 1 | `A -> 2;;
                       ^^
Warning 11 [redundant-case]: this match case is unused.
- : [< `A ] -> int = <fun>
|}]
let f : [< `A | `B ] -> int = function `A -> 1 | `B -> 2;;
[%%expect {|
val f : [< `A | `B ] -> int = <fun>
|}]
let f : [ `A | `B ] -> int = function `A -> 1;;
[%%expect {|
Line 1, characters 29-45:
1 | let f : [ `A | `B ] -> int = function `A -> 1;;
                                 ^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
`B
val f : [ `A | `B ] -> int = <fun>
|}]
let f = function (`A, `B) -> 1 | (`B, _) -> 2;;
[%%expect {|
val f : [< `A | `B ] * [< `B ] -> int = <fun>
|}]
[`A 1; `A "x"];;
[%%expect {|
Line 1, characters 10-13:
1 | [`A 1; `A "x"];;
              ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
if true then `A else `B;;
[%%expect {|
- : [> `A | `B ] = `A
|}]
(`A : [ `B ]);;
[%%expect {|
Line 1, characters 1-3:
1 | (`A : [ `B ]);;
     ^^
Error: This expression has type [> `A ]
       but an expression was expected of type [ `B ]
       The second variant type does not allow tag(s) `A
|}]
(`A 1 : [ `A of string ]);;
[%%expect {|
Line 1, characters 4-5:
1 | (`A 1 : [ `A of string ]);;
        ^
Error: This expression has type int but an expression was expected of type
         string
|}]
let compare_tags a b = compare (a : [ `X | `Y ]) b;;
[%%expect {|
val compare_tags : [ `X | `Y ] -> [ `X | `Y ] -> int = <fun>
|}]
compare_tags `X `Y;;
[%%expect {|
- : int = -1
|}]
`a;;
[%%expect {|
- : [> `a ] = `a
|}]
`A 'c';;
[%%expect {|
- : [> `A of char ] = `A 'c'
|}]
`A "s";;
[%%expect {|
- : [> `A of string ] = `A "s"
|}]
`A 1.5;;
[%%expect {|
- : [> `A of float ] = `A 1.5
|}]
`A [1];;
[%%expect {|
- : [> `A of int list ] = `A [1]
|}]
`A { contents = 1 };;
[%%expect {|
- : [> `A of int ref ] = `A {contents = 1}
|}]
`A (fun x -> x);;
[%%expect {|
- : [> `A of 'a -> 'a ] = `A <fun>
|}]
type a = [ `A ] and b = [ `B ];;
[%%expect {|
type a = [ `A ]
and b = [ `B ]
|}]
type c = [ a | b ];;
[%%expect {|
type c = [ `A | `B ]
|}]
let f (x : a) = (x :> c);;
[%%expect {|
val f : a -> c = <fun>
|}]
fun x -> match x with `A -> 1 | `B -> 2 | `C -> 3 | `D -> 4 | `E -> 5 | `F -> 6 | `G -> 7 | `H -> 8 | `I -> 9;;
[%%expect {|
- : [< `A | `B | `C | `D | `E | `F | `G | `H | `I ] -> int = <fun>
|}]
fun x -> match x with `Aaaaaaaaaaaaaaaaa -> 1 | `Bbbbbbbbbbbbbbbbbbbbb -> 2 | `Cccccccccccccccccccccc -> 3 | `Dddddddddddd -> 4;;
[%%expect {|
- : [< `Aaaaaaaaaaaaaaaaa
     | `Bbbbbbbbbbbbbbbbbbbbb
     | `Cccccccccccccccccccccc
     | `Dddddddddddd ] ->
    int
= <fun>
|}]
fun (x : [< `A of int & string ]) -> x;;
[%%expect {|
- : ([< `A of int & string ] as 'a) -> 'a = <fun>
|}]
