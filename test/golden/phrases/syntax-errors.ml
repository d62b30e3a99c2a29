let;;
[%%expect {|
Line 1, characters 3-5:
1 | let;;
       ^^
Error: Syntax error
|}]
let x;;
[%%expect {|
Line 1, characters 5-7:
1 | let x;;
         ^^
Error: Syntax error
|}]
let x =;;
[%%expect {|
Line 1, characters 7-9:
1 | let x =;;
           ^^
Error: Syntax error
|}]
let = 1;;
[%%expect {|
Line 1, characters 4-5:
1 | let = 1;;
        ^
Error: Syntax error
|}]
let x = in 1;;
[%%expect {|
Line 1, characters 8-10:
1 | let x = in 1;;
            ^^
Error: Syntax error
|}]
let x = 1 in;;
[%%expect {|
Line 1, characters 12-14:
1 | let x = 1 in;;
                ^^
Error: Syntax error
|}]
1 +;;
[%%expect {|
Line 1, characters 3-5:
1 | 1 +;;
       ^^
Error: Syntax error
|}]
+ 1;;
[%%expect {|
- : int = 1
|}]
* 1;;
[%%expect {|
Line 1, characters 0-1:
1 | * 1;;
    ^
Error: Syntax error
|}]
(1;;
[%%expect {|
Line 1, characters 2-4:
1 | (1;;
      ^^
Error: Syntax error: ')' expected
Line 1, characters 0-1:
1 | (1;;
    ^
  This '(' might be unmatched
|}]
1);;
[%%expect {|
Line 1, characters 1-2:
1 | 1);;
     ^
Error: Syntax error
|}]
[1;;
[%%expect {|
Line 1, characters 2-4:
1 | [1;;
      ^^
Error: Syntax error: ']' expected
Line 1, characters 0-1:
1 | [1;;
    ^
  This '[' might be unmatched
|}]
[1; 2;;
[%%expect {|
Line 1, characters 5-7:
1 | [1; 2;;
         ^^
Error: Syntax error: ']' expected
Line 1, characters 0-1:
1 | [1; 2;;
    ^
  This '[' might be unmatched
|}]
1];;
[%%expect {|
Line 1, characters 1-2:
1 | 1];;
     ^
Error: Syntax error
|}]
[|1;;
[%%expect {|
Line 1, characters 3-5:
1 | [|1;;
       ^^
Error: Syntax error: '|]' expected
Line 1, characters 0-2:
1 | [|1;;
    ^^
  This '[|' might be unmatched
|}]
{;;
[%%expect {|
Line 1, characters 1-3:
1 | {;;
     ^^
Error: Syntax error
|}]
};;
[%%expect {|
Line 1, characters 0-1:
1 | };;
    ^
Error: Syntax error
|}]
{ a;;
[%%expect {|
Line 1, characters 3-5:
1 | { a;;
       ^^
Error: Syntax error: '}' expected
Line 1, characters 0-1:
1 | { a;;
    ^
  This '{' might be unmatched
|}]
{ a = };;
[%%expect {|
Line 1, characters 6-7:
1 | { a = };;
          ^
Error: Syntax error
|}]
begin;;
[%%expect {|
Line 1, characters 5-7:
1 | begin;;
         ^^
Error: Syntax error
|}]
begin 1;;
[%%expect {|
Line 1, characters 7-9:
1 | begin 1;;
           ^^
Error: Syntax error: 'end' expected
Line 1, characters 0-5:
1 | begin 1;;
    ^^^^^
  This 'begin' might be unmatched
|}]
end;;
[%%expect {|
Line 1, characters 0-3:
1 | end;;
    ^^^
Error: Syntax error
|}]
if;;
[%%expect {|
Line 1, characters 2-4:
1 | if;;
      ^^
Error: Syntax error
|}]
if true;;
[%%expect {|
Line 1, characters 7-9:
1 | if true;;
           ^^
Error: Syntax error
|}]
if true then;;
[%%expect {|
Line 1, characters 12-14:
1 | if true then;;
                ^^
Error: Syntax error
|}]
if true then 1 else;;
[%%expect {|
Line 1, characters 19-21:
1 | if true then 1 else;;
                       ^^
Error: Syntax error
|}]
match;;
[%%expect {|
Line 1, characters 5-7:
1 | match;;
         ^^
Error: Syntax error
|}]
match 1;;
[%%expect {|
Line 1, characters 7-9:
1 | match 1;;
           ^^
Error: Syntax error
|}]
match 1 with;;
[%%expect {|
Line 1, characters 12-14:
1 | match 1 with;;
                ^^
Error: Syntax error
|}]
match 1 with 1;;
[%%expect {|
Line 1, characters 14-16:
1 | match 1 with 1;;
                  ^^
Error: Syntax error
|}]
match 1 with 1 ->;;
[%%expect {|
Line 1, characters 17-19:
1 | match 1 with 1 ->;;
                     ^^
Error: Syntax error
|}]
match 1 with | | 1 -> 2;;
[%%expect {|
Line 1, characters 15-16:
1 | match 1 with | | 1 -> 2;;
                   ^
Error: Syntax error
|}]
function;;
[%%expect {|
Line 1, characters 8-10:
1 | function;;
            ^^
Error: Syntax error
|}]
fun;;
[%%expect {|
Line 1, characters 3-5:
1 | fun;;
       ^^
Error: Syntax error
|}]
fun x;;
[%%expect {|
Line 1, characters 5-7:
1 | fun x;;
         ^^
Error: Syntax error
|}]
fun x ->;;
[%%expect {|
Line 1, characters 8-10:
1 | fun x ->;;
            ^^
Error: Syntax error
|}]
fun -> 1;;
[%%expect {|
Line 1, characters 4-6:
1 | fun -> 1;;
        ^^
Error: Syntax error
|}]
try 1;;
[%%expect {|
Line 1, characters 5-7:
1 | try 1;;
         ^^
Error: Syntax error
|}]
try 1 with;;
[%%expect {|
Line 1, characters 10-12:
1 | try 1 with;;
              ^^
Error: Syntax error
|}]
while true;;
[%%expect {|
Line 1, characters 10-12:
1 | while true;;
              ^^
Error: Syntax error
|}]
while true do;;
[%%expect {|
Line 1, characters 13-15:
1 | while true do;;
                 ^^
Error: Syntax error
|}]
for i = 1 to 3;;
[%%expect {|
Line 1, characters 14-16:
1 | for i = 1 to 3;;
                  ^^
Error: Syntax error
|}]
for i = 1 do done;;
[%%expect {|
Line 1, characters 10-12:
1 | for i = 1 do done;;
              ^^
Error: Syntax error
|}]
type;;
[%%expect {|
Line 1, characters 4-6:
1 | type;;
        ^^
Error: Syntax error
|}]
type t =;;
[%%expect {|
Line 1, characters 8-10:
1 | type t =;;
            ^^
Error: Syntax error
|}]
type t = A |;;
[%%expect {|
Line 1, characters 12-14:
1 | type t = A |;;
                ^^
Error: Syntax error
|}]
type t = { a };;
[%%expect {|
Line 1, characters 13-14:
1 | type t = { a };;
                 ^
Error: Syntax error
|}]
type t = { a : };;
[%%expect {|
Line 1, characters 15-16:
1 | type t = { a : };;
                   ^
Error: Syntax error
|}]
type 'a;;
[%%expect {|
Line 1, characters 7-9:
1 | type 'a;;
           ^^
Error: Syntax error
|}]
type = int;;
[%%expect {|
Line 1, characters 5-6:
1 | type = int;;
         ^
Error: Syntax error
|}]
module;;
[%%expect {|
Line 1, characters 6-8:
1 | module;;
          ^^
Error: Syntax error
|}]
module M;;
[%%expect {|
Line 1, characters 8-10:
1 | module M;;
            ^^
Error: Syntax error
|}]
module M =;;
[%%expect {|
Line 1, characters 10-12:
1 | module M =;;
              ^^
Error: Syntax error
|}]
module m = struct end;;
[%%expect {|
Line 1, characters 7-8:
1 | module m = struct end;;
           ^
Error: Syntax error
|}]
open;;
[%%expect {|
Line 1, characters 4-6:
1 | open;;
        ^^
Error: Syntax error
|}]
open x;;
[%%expect {|
Line 1, characters 5-6:
1 | open x;;
         ^
Error: Syntax error
|}]
include;;
[%%expect {|
Line 1, characters 7-9:
1 | include;;
           ^^
Error: Syntax error
|}]
exception;;
[%%expect {|
Line 1, characters 9-11:
1 | exception;;
             ^^
Error: Syntax error
|}]
exception a;;
[%%expect {|
Line 1, characters 10-11:
1 | exception a;;
              ^
Error: Syntax error
|}]
val x : int;;
[%%expect {|
Line 1, characters 0-11:
1 | val x : int;;
    ^^^^^^^^^^^
Error: Value declarations are only allowed in signatures
|}]
external f : int;;
[%%expect {|
Line 1, characters 16-18:
1 | external f : int;;
                    ^^
Error: Syntax error
|}]
let rec;;
[%%expect {|
Line 1, characters 7-9:
1 | let rec;;
           ^^
Error: Syntax error
|}]
let rec f;;
[%%expect {|
Line 1, characters 9-11:
1 | let rec f;;
             ^^
Error: Syntax error
|}]
let 1 = 2 = 3;;
[%%expect {|
Line 1, characters 8-13:
1 | let 1 = 2 = 3;;
            ^^^^^
Error: This expression has type bool but an expression was expected of type
         int
|}]
let f(x = 1;;
[%%expect {|
Line 1, characters 8-9:
1 | let f(x = 1;;
            ^
Error: Syntax error: ')' expected
Line 1, characters 5-6:
1 | let f(x = 1;;
         ^
  This '(' might be unmatched
|}]
let x = 1 let;;
[%%expect {|
Line 1, characters 13-15:
1 | let x = 1 let;;
                 ^^
Error: Syntax error
|}]
1 2 3 in;;
[%%expect {|
Line 1, characters 6-8:
1 | 1 2 3 in;;
          ^^
Error: Syntax error
|}]
in;;
[%%expect {|
Line 1, characters 0-2:
1 | in;;
    ^^
Error: Syntax error
|}]
then;;
[%%expect {|
Line 1, characters 0-4:
1 | then;;
    ^^^^
Error: Syntax error
|}]
done;;
[%%expect {|
Line 1, characters 0-4:
1 | done;;
    ^^^^
Error: Syntax error
|}]
of;;
[%%expect {|
Line 1, characters 0-2:
1 | of;;
    ^^
Error: Syntax error
|}]
and x = 1;;
[%%expect {|
Line 1, characters 0-3:
1 | and x = 1;;
    ^^^
Error: Syntax error
|}]
| 1;;
[%%expect {|
Line 1, characters 0-1:
1 | | 1;;
    ^
Error: Syntax error
|}]
-> 1;;
[%%expect {|
Line 1, characters 0-2:
1 | -> 1;;
    ^^
Error: Syntax error
|}]
:: 1;;
[%%expect {|
Line 1, characters 0-2:
1 | :: 1;;
    ^^
Error: Syntax error
|}]
:= 1;;
[%%expect {|
Line 1, characters 0-2:
1 | := 1;;
    ^^
Error: Syntax error
|}]
;;;
; 1;;
[%%expect {|
Line 1, characters 0-1:
1 | ; 1;;
    ^
Error: Syntax error
|}]
1 ;;;
[%%expect {|
- : int = 1
|}]
,;;
[%%expect {|
Line 1, characters 0-1:
1 | ,;;
    ^
Error: Syntax error
|}]
, 1;;
[%%expect {|
Line 1, characters 0-1:
1 | , 1;;
    ^
Error: Syntax error
|}]
1,;;
[%%expect {|
Line 1, characters 2-4:
1 | 1,;;
      ^^
Error: Syntax error
|}]
.;;
[%%expect {|
Line 1, characters 0-1:
1 | .;;
    ^
Error: Syntax error
|}]
x.;;
[%%expect {|
Line 1, characters 2-4:
1 | x.;;
      ^^
Error: Syntax error
|}]
X.;;
[%%expect {|
Line 1, characters 2-4:
1 | X.;;
      ^^
Error: Syntax error
|}]
x.y.;;
[%%expect {|
Line 1, characters 4-6:
1 | x.y.;;
        ^^
Error: Syntax error
|}]
#;;
[%%expect {|
Line 1, characters 1-3:
1 | #;;
     ^^
Error: Syntax error
|}]
# 1;;
[%%expect {|
Line 1, characters 2-3:
1 | # 1;;
      ^
Error: Syntax error
|}]
#foo bar;;
[%%expect {|
Unknown directive `foo'.
|}]
?x;;
[%%expect {|
Line 1, characters 0-1:
1 | ?x;;
    ^
Error: Syntax error
|}]
~x;;
[%%expect {|
Line 1, characters 0-1:
1 | ~x;;
    ^
Error: Syntax error
|}]
`;;
[%%expect {|
Line 1, characters 1-3:
1 | `;;
     ^^
Error: Syntax error
|}]
`1;;
[%%expect {|
Line 1, characters 1-2:
1 | `1;;
     ^
Error: Syntax error
|}]
'a;;
[%%expect {|
Line 1, characters 0-1:
1 | 'a;;
    ^
Error: Syntax error
|}]
'abc';;
[%%expect {|
Line 1, characters 0-1:
1 | 'abc';;
    ^
Error: Syntax error
|}]
0x;;
[%%expect {|
Line 1, characters 0-2:
1 | 0x;;
    ^^
Error: Unknown modifier 'x' for literal 0x
|}]
0b2;;
[%%expect {|
Line 1, characters 0-3:
1 | 0b2;;
    ^^^
Error: Invalid literal 0b2
|}]
0o9;;
[%%expect {|
Line 1, characters 0-3:
1 | 0o9;;
    ^^^
Error: Invalid literal 0o9
|}]
1e;;
[%%expect {|
Line 1, characters 0-2:
1 | 1e;;
    ^^
Error: Invalid literal 1e
|}]
1.e;;
[%%expect {|
Line 1, characters 0-3:
1 | 1.e;;
    ^^^
Error: Invalid literal 1.e
|}]
09;;
[%%expect {|
- : int = 9
|}]
1_;;
[%%expect {|
- : int = 1
|}]
1__0;;
[%%expect {|
- : int = 10
|}]
1a;;
[%%expect {|
Line 1, characters 0-2:
1 | 1a;;
    ^^
Error: Invalid literal 1a
|}]
99999999999999999999;;
[%%expect {|
Line 1, characters 0-20:
1 | 99999999999999999999;;
    ^^^^^^^^^^^^^^^^^^^^
Error: Integer literal exceeds the range of representable integers of type int
|}]
0xFFFFFFFFFFFFFFFFFF;;
[%%expect {|
Line 1, characters 0-20:
1 | 0xFFFFFFFFFFFFFFFFFF;;
    ^^^^^^^^^^^^^^^^^^^^
Error: Integer literal exceeds the range of representable integers of type int
|}]
4611686018427387904;;
[%%expect {|
- : int = -4611686018427387904
|}]
-4611686018427387904;;
[%%expect {|
- : int = -4611686018427387904
|}]
-4611686018427387905;;
[%%expect {|
Line 1, characters 0-20:
1 | -4611686018427387905;;
    ^^^^^^^^^^^^^^^^^^^^
Error: Integer literal exceeds the range of representable integers of type int
|}]
2147483648l;;
[%%expect {|
- : int32 = -2147483648l
|}]
9223372036854775808L;;
[%%expect {|
- : int64 = -9223372036854775808L
|}]
1z;;
[%%expect {|
Line 1, characters 0-2:
1 | 1z;;
    ^^
Error: Unknown modifier 'z' for literal 1z
|}]
1.5z;;
[%%expect {|
Line 1, characters 0-4:
1 | 1.5z;;
    ^^^^
Error: Unknown modifier 'z' for literal 1.5z
|}]
@;;
[%%expect {|
Line 1, characters 0-1:
1 | @;;
    ^
Error: Syntax error
|}]
@@;;
[%%expect {|
Line 1, characters 0-2:
1 | @@;;
    ^^
Error: Syntax error
|}]
%;;
[%%expect {|
Line 1, characters 0-1:
1 | %;;
    ^
Error: Syntax error
|}]
$;;
[%%expect {|
Line 1, characters 0-1:
1 | $;;
    ^
Error: Syntax error
|}]
!;;
[%%expect {|
Line 1, characters 1-3:
1 | !;;
     ^^
Error: Syntax error
|}]
?;;
[%%expect {|
Line 1, characters 0-1:
1 | ?;;
    ^
Error: Syntax error
|}]
&;;
[%%expect {|
Line 1, characters 0-1:
1 | &;;
    ^
Error: Syntax error
|}]
let x = &;;
[%%expect {|
Line 1, characters 8-9:
1 | let x = &;;
            ^
Error: Syntax error
|}]
a b c d;;
[%%expect {|
Line 1, characters 0-1:
1 | a b c d;;
    ^
Error: Unbound value a
|}]
let f x = x in;;
[%%expect {|
Line 1, characters 14-16:
1 | let f x = x in;;
                  ^^
Error: Syntax error
|}]
let f = function;;
[%%expect {|
Line 1, characters 16-18:
1 | let f = function;;
                    ^^
Error: Syntax error
|}]
let f = function |;;
[%%expect {|
Line 1, characters 18-20:
1 | let f = function |;;
                      ^^
Error: Syntax error
|}]
let (x = 1;;
[%%expect {|
Line 1, characters 7-8:
1 | let (x = 1;;
           ^
Error: Syntax error: ')' expected
Line 1, characters 4-5:
1 | let (x = 1;;
        ^
  This '(' might be unmatched
|}]
let [x = 1;;
[%%expect {|
Line 1, characters 7-8:
1 | let [x = 1;;
           ^
Error: Syntax error: ']' expected
Line 1, characters 4-5:
1 | let [x = 1;;
        ^
  This '[' might be unmatched
|}]
assert;;
[%%expect {|
Line 1, characters 6-8:
1 | assert;;
          ^^
Error: Syntax error
|}]
lazy;;
[%%expect {|
Line 1, characters 4-6:
1 | lazy;;
        ^^
Error: Syntax error
|}]
new;;
[%%expect {|
Line 1, characters 3-5:
1 | new;;
       ^^
Error: Syntax error
|}]
object;;
[%%expect {|
Line 1, characters 6-8:
1 | object;;
          ^^
Error: Syntax error: 'end' expected
Line 1, characters 0-6:
1 | object;;
    ^^^^^^
  This 'object' might be unmatched
|}]
object end end;;
[%%expect {|
Line 1, characters 11-14:
1 | object end end;;
               ^^^
Error: Syntax error
|}]
method;;
[%%expect {|
Line 1, characters 0-6:
1 | method;;
    ^^^^^^
Error: Syntax error
|}]
class;;
[%%expect {|
Line 1, characters 5-7:
1 | class;;
         ^^
Error: Syntax error
|}]
class c;;
[%%expect {|
Line 1, characters 7-9:
1 | class c;;
           ^^
Error: Syntax error
|}]
class c =;;
[%%expect {|
Line 1, characters 9-11:
1 | class c =;;
             ^^
Error: Syntax error
|}]
class type;;
[%%expect {|
Line 1, characters 10-12:
1 | class type;;
              ^^
Error: Syntax error
|}]
constraint;;
[%%expect {|
Line 1, characters 0-10:
1 | constraint;;
    ^^^^^^^^^^
Error: Syntax error
|}]
virtual;;
[%%expect {|
Line 1, characters 0-7:
1 | virtual;;
    ^^^^^^^
Error: Syntax error
|}]
private;;
[%%expect {|
Line 1, characters 0-7:
1 | private;;
    ^^^^^^^
Error: Syntax error
|}]
mutable;;
[%%expect {|
Line 1, characters 0-7:
1 | mutable;;
    ^^^^^^^
Error: Syntax error
|}]
nonrec;;
[%%expect {|
Line 1, characters 0-6:
1 | nonrec;;
    ^^^^^^
Error: Syntax error
|}]
let open in 1;;
[%%expect {|
Line 1, characters 9-11:
1 | let open in 1;;
             ^^
Error: Syntax error
|}]
let module in 1;;
[%%expect {|
Line 1, characters 11-13:
1 | let module in 1;;
               ^^
Error: Syntax error
|}]
let module M in 1;;
[%%expect {|
Line 1, characters 13-15:
1 | let module M in 1;;
                 ^^
Error: Syntax error
|}]
let exception in 1;;
[%%expect {|
Line 1, characters 14-16:
1 | let exception in 1;;
                  ^^
Error: Syntax error
|}]
1 <- 2;;
[%%expect {|
Line 1, characters 2-4:
1 | 1 <- 2;;
      ^^
Error: Syntax error
|}]
x.y <-;;
[%%expect {|
Line 1, characters 6-8:
1 | x.y <-;;
          ^^
Error: Syntax error
|}]
x.(;;
[%%expect {|
Line 1, characters 3-5:
1 | x.(;;
       ^^
Error: Syntax error
|}]
x.(1;;
[%%expect {|
Line 1, characters 4-6:
1 | x.(1;;
        ^^
Error: Syntax error: ')' expected
Line 1, characters 2-3:
1 | x.(1;;
      ^
  This '(' might be unmatched
|}]
x.[1;;
[%%expect {|
Line 1, characters 4-6:
1 | x.[1;;
        ^^
Error: Syntax error: ']' expected
Line 1, characters 2-3:
1 | x.[1;;
      ^
  This '[' might be unmatched
|}]
x.{1;;
[%%expect {|
Line 1, characters 4-6:
1 | x.{1;;
        ^^
Error: Syntax error: '}' expected
Line 1, characters 2-3:
1 | x.{1;;
      ^
  This '{' might be unmatched
|}]
(x : int;;
[%%expect {|
Line 1, characters 8-10:
1 | (x : int;;
            ^^
Error: Syntax error
|}]
(x :;;
[%%expect {|
Line 1, characters 4-6:
1 | (x :;;
        ^^
Error: Syntax error
|}]
(x :>;;
[%%expect {|
Line 1, characters 5-7:
1 | (x :>;;
         ^^
Error: Syntax error
|}]
(module;;
[%%expect {|
Line 1, characters 7-9:
1 | (module;;
           ^^
Error: Syntax error: module-expr expected.
|}]
(module M;;
[%%expect {|
Line 1, characters 9-11:
1 | (module M;;
             ^^
Error: Syntax error
|}]
(val;;
[%%expect {|
Line 1, characters 1-4:
1 | (val;;
     ^^^
Error: Syntax error: operator expected.
|}]
let%foo x = 1;;
[%%expect {|
Line 1, characters 4-7:
1 | let%foo x = 1;;
        ^^^
Error: Uninterpreted extension 'foo'.
|}]
[%foo];;
[%%expect {|
Line 1, characters 2-5:
1 | [%foo];;
      ^^^
Error: Uninterpreted extension 'foo'.
|}]
[%foo 1];;
[%%expect {|
Line 1, characters 2-5:
1 | [%foo 1];;
      ^^^
Error: Uninterpreted extension 'foo'.
|}]
[%%foo];;
[%%expect {|
Line 1, characters 3-6:
1 | [%%foo];;
       ^^^
Error: Uninterpreted extension 'foo'.
|}]
1 [@foo];;
[%%expect {|
- : int = 1
|}]
[@foo];;
[%%expect {|
Line 1, characters 0-2:
1 | [@foo];;
    ^^
Error: Syntax error
|}]
let x = 1 [@@foo];;
[%%expect {|
val x : int = 1
|}]
[@@@foo];;
let x[@foo] = 1;;
[%%expect {|
val x : int = 1
|}]
if%foo true then 1;;
[%%expect {|
Line 1, characters 3-6:
1 | if%foo true then 1;;
       ^^^
Error: Uninterpreted extension 'foo'.
|}]
let x = 1 and;;
[%%expect {|
Line 1, characters 13-15:
1 | let x = 1 and;;
                 ^^
Error: Syntax error
|}]
let x = 1 and y;;
[%%expect {|
Line 1, characters 15-17:
1 | let x = 1 and y;;
                   ^^
Error: Syntax error
|}]
let x := 1;;
[%%expect {|
Line 1, characters 6-8:
1 | let x := 1;;
          ^^
Error: Syntax error
|}]
let x : = 1;;
[%%expect {|
Line 1, characters 8-9:
1 | let x : = 1;;
            ^
Error: Syntax error
|}]
let x : int;;
[%%expect {|
Line 1, characters 11-13:
1 | let x : int;;
               ^^
Error: Syntax error
|}]
let ~x = 1;;
[%%expect {|
Line 1, characters 4-5:
1 | let ~x = 1;;
        ^
Error: Syntax error
|}]
let ?x = 1;;
[%%expect {|
Line 1, characters 4-5:
1 | let ?x = 1;;
        ^
Error: Syntax error
|}]
fun ~ -> 1;;
[%%expect {|
Line 1, characters 6-8:
1 | fun ~ -> 1;;
          ^^
Error: Syntax error
|}]
fun ~(x -> 1;;
[%%expect {|
Line 1, characters 8-10:
1 | fun ~(x -> 1;;
            ^^
Error: Syntax error
|}]
fun ?(x = ) -> 1;;
[%%expect {|
Line 1, characters 10-11:
1 | fun ?(x = ) -> 1;;
              ^
Error: Syntax error
|}]
match x with y when -> 1;;
[%%expect {|
Line 1, characters 20-22:
1 | match x with y when -> 1;;
                        ^^
Error: Syntax error
|}]
(* comment *) 1;;
[%%expect {|
- : int = 1
|}]
1 (* comment *) + 1;;
[%%expect {|
- : int = 2
|}]
1 (* "string in comment" *);;
[%%expect {|
- : int = 1
|}]
1 (* nested (* comment *) *);;
[%%expect {|
- : int = 1
|}]
*);;
[%%expect {|
Line 1, characters 0-2:
1 | *);;
    ^^
Warning 2 [comment-not-end]: this is not the end of a comment.
Line 1, characters 0-1:
1 | *);;
    ^
Error: Syntax error
|}]
1 *);;
[%%expect {|
Line 1, characters 2-4:
1 | 1 *);;
      ^^
Warning 2 [comment-not-end]: this is not the end of a comment.
Line 1, characters 3-4:
1 | 1 *);;
       ^
Error: Syntax error
|}]
#show;;
[%%expect {|
Wrong type of argument for directive `show'.
|}]
#use;;
[%%expect {|
Wrong type of argument for directive `use'.
|}]
#quit 1;;
[%%expect {|
Wrong type of argument for directive `quit'.
|}]
#print_depth "a";;
[%%expect {|
Wrong type of argument for directive `print_depth'.
|}]
#print_length a;;
[%%expect {|
Wrong type of argument for directive `print_length'.
|}]
#nosuch;;
[%%expect {|
Unknown directive `nosuch'.
|}]
#nosuch 1;;
[%%expect {|
Unknown directive `nosuch'.
|}]
#nosuch "a" 1;;
[%%expect {|
Line 1, characters 12-13:
1 | #nosuch "a" 1;;
                ^
Error: Syntax error
|}]
