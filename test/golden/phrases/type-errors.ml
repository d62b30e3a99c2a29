1 + "a";;
[%%expect {|
Line 1, characters 4-7:
1 | 1 + "a";;
        ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
1 + 1.;;
[%%expect {|
Line 1, characters 4-6:
1 | 1 + 1.;;
        ^^
Error: This expression has type float but an expression was expected of type
         int
|}]
"a" + 1;;
[%%expect {|
Line 1, characters 0-3:
1 | "a" + 1;;
    ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
1 +. 1.;;
[%%expect {|
Line 1, characters 0-1:
1 | 1 +. 1.;;
    ^
Error: This expression has type int but an expression was expected of type
         float
  Hint: Did you mean `1.'?
|}]
[1; "a"];;
[%%expect {|
Line 1, characters 4-7:
1 | [1; "a"];;
        ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
[|1; 'c'|];;
[%%expect {|
Line 1, characters 5-8:
1 | [|1; 'c'|];;
         ^^^
Error: This expression has type char but an expression was expected of type
         int
|}]
(1, 2) + 3;;
[%%expect {|
Line 1, characters 0-6:
1 | (1, 2) + 3;;
    ^^^^^^
Error: This expression has type 'a * 'b
       but an expression was expected of type int
|}]
if 1 then 2 else 3;;
[%%expect {|
Line 1, characters 3-4:
1 | if 1 then 2 else 3;;
       ^
Error: This expression has type int but an expression was expected of type
         bool
       because it is in the condition of an if-statement
|}]
if true then 1 else "a";;
[%%expect {|
Line 1, characters 20-23:
1 | if true then 1 else "a";;
                        ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
if true then "a";;
[%%expect {|
Line 1, characters 13-16:
1 | if true then "a";;
                 ^^^
Error: This expression has type string but an expression was expected of type
         unit
       because it is in the result of a conditional with no else branch
|}]
while 1 do () done;;
[%%expect {|
Line 1, characters 6-7:
1 | while 1 do () done;;
          ^
Error: This expression has type int but an expression was expected of type
         bool
       because it is in the condition of a while-loop
|}]
for i = "a" to 3 do () done;;
[%%expect {|
Line 1, characters 8-11:
1 | for i = "a" to 3 do () done;;
            ^^^
Error: This expression has type string but an expression was expected of type
         int
       because it is in a for-loop start index
|}]
match 1 with "a" -> 1;;
[%%expect {|
Line 1, characters 13-16:
1 | match 1 with "a" -> 1;;
                 ^^^
Error: This pattern matches values of type string
       but a pattern was expected which matches values of type int
|}]
match 1 with 1 -> "a" | 2 -> 3;;
[%%expect {|
Line 1, characters 29-30:
1 | match 1 with 1 -> "a" | 2 -> 3;;
                                 ^
Error: This expression has type int but an expression was expected of type
         string
|}]
let f x = x + 1 in f "a";;
[%%expect {|
Line 1, characters 21-24:
1 | let f x = x + 1 in f "a";;
                         ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
succ "a";;
[%%expect {|
Line 1, characters 5-8:
1 | succ "a";;
         ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
succ 1 2;;
[%%expect {|
Line 1, characters 0-4:
1 | succ 1 2;;
    ^^^^
Error: This function has type int -> int
       It is applied to too many arguments; maybe you forgot a `;'.
|}]
(fun x -> x) 1 2;;
[%%expect {|
Line 1, characters 13-14:
1 | (fun x -> x) 1 2;;
                 ^
Error: This expression has type int but an expression was expected of type
         'a -> 'b
|}]
1 2;;
[%%expect {|
Line 1, characters 0-1:
1 | 1 2;;
    ^
Error: This expression has type int
       This is not a function; it cannot be applied.
|}]
"a" 1;;
[%%expect {|
Line 1, characters 0-3:
1 | "a" 1;;
    ^^^
Error: This expression has type string
       This is not a function; it cannot be applied.
|}]
print_string 1;;
[%%expect {|
Line 1, characters 13-14:
1 | print_string 1;;
                 ^
Error: This expression has type int but an expression was expected of type
         string
|}]
List.map succ ["a"];;
[%%expect {|
Line 1, characters 15-18:
1 | List.map succ ["a"];;
                   ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
List.map 1 [1];;
[%%expect {|
Line 1, characters 9-10:
1 | List.map 1 [1];;
             ^
Error: This expression has type int but an expression was expected of type
         'a -> 'b
|}]
List.fold_left (+) 0 ["a"];;
[%%expect {|
Line 1, characters 22-25:
1 | List.fold_left (+) 0 ["a"];;
                          ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let f x y = x + y in f 1 "a";;
[%%expect {|
Line 1, characters 25-28:
1 | let f x y = x + y in f 1 "a";;
                             ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let f (x : string) = x in f 1;;
[%%expect {|
Line 1, characters 28-29:
1 | let f (x : string) = x in f 1;;
                                ^
Error: This expression has type int but an expression was expected of type
         string
|}]
(1 : string);;
[%%expect {|
Line 1, characters 1-2:
1 | (1 : string);;
     ^
Error: This expression has type int but an expression was expected of type
         string
|}]
(fun x -> x : int);;
[%%expect {|
Line 1, characters 1-11:
1 | (fun x -> x : int);;
     ^^^^^^^^^^
Error: This expression should not be a function, the expected type is int
|}]
(fun (x : int) -> (x : string));;
[%%expect {|
Line 1, characters 19-20:
1 | (fun (x : int) -> (x : string));;
                       ^
Error: This expression has type int but an expression was expected of type
         string
|}]
let rec f x = f;;
[%%expect {|
Line 1, characters 14-15:
1 | let rec f x = f;;
                  ^
Error: This expression has type 'a -> 'b
       but an expression was expected of type 'b
       The type variable 'a occurs inside 'a -> 'b
|}]
let rec f x = f 1 + f "a";;
[%%expect {|
Line 1, characters 22-25:
1 | let rec f x = f 1 + f "a";;
                          ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
fun x -> x x;;
[%%expect {|
Line 1, characters 11-12:
1 | fun x -> x x;;
               ^
Error: This expression has type 'a -> 'b
       but an expression was expected of type 'a
       The type variable 'a occurs inside 'a -> 'b
|}]
fun x -> (x 1, x "a");;
[%%expect {|
Line 1, characters 17-20:
1 | fun x -> (x 1, x "a");;
                     ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
[] :: 1;;
[%%expect {|
Line 1, characters 6-7:
1 | [] :: 1;;
          ^
Error: This expression has type int but an expression was expected of type
         'a list list
|}]
1 :: [] :: [];;
[%%expect {|
Line 1, characters 5-7:
1 | 1 :: [] :: [];;
         ^^
Error: This expression has type 'a list
       but an expression was expected of type int
|}]
[1] @ ["a"];;
[%%expect {|
Line 1, characters 7-10:
1 | [1] @ ["a"];;
           ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
1 :: 2;;
[%%expect {|
Line 1, characters 5-6:
1 | 1 :: 2;;
         ^
Error: This expression has type int but an expression was expected of type
         int list
|}]
!1;;
[%%expect {|
Line 1, characters 1-2:
1 | !1;;
     ^
Error: This expression has type int but an expression was expected of type
         'a ref
|}]
1 := 2;;
[%%expect {|
Line 1, characters 0-1:
1 | 1 := 2;;
    ^
Error: This expression has type int but an expression was expected of type
         'a ref
|}]
ref 1 := "a";;
[%%expect {|
Line 1, characters 9-12:
1 | ref 1 := "a";;
             ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let r = ref 1 in r := "a";;
[%%expect {|
Line 1, characters 22-25:
1 | let r = ref 1 in r := "a";;
                          ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
(ref 1).contents <- "a";;
[%%expect {|
Line 1, characters 20-23:
1 | (ref 1).contents <- "a";;
                        ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
x;;
[%%expect {|
Line 1, characters 0-1:
1 | x;;
    ^
Error: Unbound value x
|}]
X;;
[%%expect {|
Line 1, characters 0-1:
1 | X;;
    ^
Error: Unbound constructor X
|}]
x.y;;
[%%expect {|
Line 1, characters 0-1:
1 | x.y;;
    ^
Error: Unbound value x
|}]
X.y;;
[%%expect {|
Line 1, characters 0-3:
1 | X.y;;
    ^^^
Error: Unbound module X
|}]
X.Y.z;;
[%%expect {|
Line 1, characters 0-5:
1 | X.Y.z;;
    ^^^^^
Error: Unbound module X
|}]
Some 1 2;;
[%%expect {|
Line 1, characters 7-8:
1 | Some 1 2;;
           ^
Error: Syntax error
|}]
Some;;
[%%expect {|
Line 1, characters 0-4:
1 | Some;;
    ^^^^
Error: The constructor Some expects 1 argument(s),
       but is applied here to 0 argument(s)
|}]
None 1;;
[%%expect {|
Line 1, characters 0-6:
1 | None 1;;
    ^^^^^^
Error: The constructor None expects 0 argument(s),
       but is applied here to 1 argument(s)
|}]
Ok;;
[%%expect {|
Line 1, characters 0-2:
1 | Ok;;
    ^^
Error: The constructor Ok expects 1 argument(s),
       but is applied here to 0 argument(s)
|}]
let None = 1;;
[%%expect {|
Line 1, characters 11-12:
1 | let None = 1;;
               ^
Error: This expression has type int but an expression was expected of type
         'a option
|}]
let (a, b) = 1;;
[%%expect {|
Line 1, characters 13-14:
1 | let (a, b) = 1;;
                 ^
Error: This expression has type int but an expression was expected of type
         'a * 'b
|}]
let (a, b) = (1, 2, 3);;
[%%expect {|
Line 1, characters 13-22:
1 | let (a, b) = (1, 2, 3);;
                 ^^^^^^^^^
Error: This expression has type 'a * 'b * 'c
       but an expression was expected of type 'd * 'e
|}]
let [a] = 1;;
[%%expect {|
Line 1, characters 10-11:
1 | let [a] = 1;;
              ^
Error: This expression has type int but an expression was expected of type
         'a list
|}]
let a :: b = 1;;
[%%expect {|
Line 1, characters 13-14:
1 | let a :: b = 1;;
                 ^
Error: This expression has type int but an expression was expected of type
         'a list
|}]
function 1 -> 1 | "a" -> 2;;
[%%expect {|
Line 1, characters 18-21:
1 | function 1 -> 1 | "a" -> 2;;
                      ^^^
Error: This pattern matches values of type string
       but a pattern was expected which matches values of type int
|}]
function Some x -> x | [] -> 1;;
[%%expect {|
Line 1, characters 23-25:
1 | function Some x -> x | [] -> 1;;
                           ^^
Error: This variant pattern is expected to have type 'a option
       There is no constructor [] within type option
|}]
function (x, y) -> x | [x] -> x;;
[%%expect {|
Line 1, characters 23-26:
1 | function (x, y) -> x | [x] -> x;;
                           ^^^
Error: This pattern matches values of type 'a list
       but a pattern was expected which matches values of type 'b * 'c
|}]
function x -> x | y -> y + 1;;
[%%expect {|
Line 1, characters 18-19:
1 | function x -> x | y -> y + 1;;
                      ^
Warning 11 [redundant-case]: this match case is unused.
- : int -> int = <fun>
|}]
try 1 with Not_found -> "a";;
[%%expect {|
Line 1, characters 24-27:
1 | try 1 with Not_found -> "a";;
                            ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
try 1 with 2 -> 3;;
[%%expect {|
Line 1, characters 11-12:
1 | try 1 with 2 -> 3;;
               ^
Error: This pattern matches values of type int
       but a pattern was expected which matches values of type exn
|}]
raise 1;;
[%%expect {|
Line 1, characters 6-7:
1 | raise 1;;
          ^
Error: This expression has type int but an expression was expected of type
         exn
|}]
raise "a";;
[%%expect {|
Line 1, characters 6-9:
1 | raise "a";;
          ^^^
Error: This expression has type string but an expression was expected of type
         exn
|}]
assert 1;;
[%%expect {|
Line 1, characters 7-8:
1 | assert 1;;
           ^
Error: This expression has type int but an expression was expected of type
         bool
       because it is in the condition of an assertion
|}]
lazy 1 + 1;;
[%%expect {|
Line 1, characters 0-6:
1 | lazy 1 + 1;;
    ^^^^^^
Error: This expression has type 'a lazy_t
       but an expression was expected of type int
|}]
Lazy.force 1;;
[%%expect {|
Line 1, characters 11-12:
1 | Lazy.force 1;;
               ^
Error: This expression has type int but an expression was expected of type
         'a Lazy.t = 'a lazy_t
|}]
not 1;;
[%%expect {|
Line 1, characters 4-5:
1 | not 1;;
        ^
Error: This expression has type int but an expression was expected of type
         bool
|}]
1 && true;;
[%%expect {|
Line 1, characters 0-1:
1 | 1 && true;;
    ^
Error: This expression has type int but an expression was expected of type
         bool
|}]
true || "a";;
[%%expect {|
Line 1, characters 8-11:
1 | true || "a";;
            ^^^
Error: This expression has type string but an expression was expected of type
         bool
|}]
1 = "a";;
[%%expect {|
Line 1, characters 4-7:
1 | 1 = "a";;
        ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
1 < "a";;
[%%expect {|
Line 1, characters 4-7:
1 | 1 < "a";;
        ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
compare 1 "a";;
[%%expect {|
Line 1, characters 10-13:
1 | compare 1 "a";;
              ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
(1, 'a') = ('a', 1);;
[%%expect {|
Line 1, characters 12-15:
1 | (1, 'a') = ('a', 1);;
                ^^^
Error: This expression has type char but an expression was expected of type
         int
|}]
let x = 1 and x = 2;;
[%%expect {|
Line 1, characters 14-15:
1 | let x = 1 and x = 2;;
                  ^
Error: Variable x is bound several times in this matching
|}]
let f x x = x;;
[%%expect {|
val f : 'a -> 'b -> 'b = <fun>
|}]
fun (x, x) -> x;;
[%%expect {|
Line 1, characters 8-9:
1 | fun (x, x) -> x;;
            ^
Error: Variable x is bound several times in this matching
|}]
function (x | y) -> 1;;
[%%expect {|
Line 1, characters 9-16:
1 | function (x | y) -> 1;;
             ^^^^^^^
Error: Variable x must occur on both sides of this | pattern
|}]
function (x, 1 | 1, y) -> 1;;
[%%expect {|
Line 1, characters 9-22:
1 | function (x, 1 | 1, y) -> 1;;
             ^^^^^^^^^^^^^
Error: Variable x must occur on both sides of this | pattern
|}]
let rec f = 1 and f = 2;;
[%%expect {|
Line 1, characters 18-19:
1 | let rec f = 1 and f = 2;;
                      ^
Error: Variable f is bound several times in this matching
|}]
type t = A of nosuch;;
[%%expect {|
Line 1, characters 14-20:
1 | type t = A of nosuch;;
                  ^^^^^^
Error: Unbound type constructor nosuch
|}]
type t = nosuch list;;
[%%expect {|
Line 1, characters 9-15:
1 | type t = nosuch list;;
             ^^^^^^
Error: Unbound type constructor nosuch
|}]
type t = int list int;;
[%%expect {|
Line 1, characters 9-21:
1 | type t = int list int;;
             ^^^^^^^^^^^^
Error: The type constructor int expects 0 argument(s),
       but is here applied to 1 argument(s)
|}]
type t = list;;
[%%expect {|
Line 1, characters 9-13:
1 | type t = list;;
             ^^^^
Error: The type constructor list expects 1 argument(s),
       but is here applied to 0 argument(s)
|}]
type t = (int, int) list;;
[%%expect {|
Line 1, characters 9-24:
1 | type t = (int, int) list;;
             ^^^^^^^^^^^^^^^
Error: The type constructor list expects 1 argument(s),
       but is here applied to 2 argument(s)
|}]
type 'a t = 'a and u = t;;
[%%expect {|
Line 1, characters 23-24:
1 | type 'a t = 'a and u = t;;
                           ^
Error: The type constructor t expects 1 argument(s),
       but is here applied to 0 argument(s)
|}]
(1 : nosuch);;
[%%expect {|
Line 1, characters 5-11:
1 | (1 : nosuch);;
         ^^^^^^
Error: Unbound type constructor nosuch
|}]
(1 : 'a list);;
[%%expect {|
Line 1, characters 1-2:
1 | (1 : 'a list);;
     ^
Error: This expression has type int but an expression was expected of type
         'a list
|}]
(1 : int list);;
[%%expect {|
Line 1, characters 1-2:
1 | (1 : int list);;
     ^
Error: This expression has type int but an expression was expected of type
         int list
|}]
let f : int -> int = fun x -> "a";;
[%%expect {|
Line 1, characters 30-33:
1 | let f : int -> int = fun x -> "a";;
                                  ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let f : int -> int = 1;;
[%%expect {|
Line 1, characters 21-22:
1 | let f : int -> int = 1;;
                         ^
Error: This expression has type int but an expression was expected of type
         int -> int
|}]
let f (x : int) : string = x;;
[%%expect {|
Line 1, characters 27-28:
1 | let f (x : int) : string = x;;
                               ^
Error: This expression has type int but an expression was expected of type
         string
|}]
let x : int = "a";;
[%%expect {|
Line 1, characters 14-17:
1 | let x : int = "a";;
                  ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
{ nosuch = 1 };;
[%%expect {|
Line 1, characters 2-8:
1 | { nosuch = 1 };;
      ^^^^^^
Error: Unbound record field nosuch
|}]
1.nosuch;;
[%%expect {|
Line 1, characters 0-8:
1 | 1.nosuch;;
    ^^^^^^^^
Error: Invalid literal 1.nosuch
|}]
"a".nosuch;;
[%%expect {|
Line 1, characters 4-10:
1 | "a".nosuch;;
        ^^^^^^
Error: Unbound record field nosuch
|}]
{ contents = "a" } + 1;;
[%%expect {|
Line 1, characters 0-18:
1 | { contents = "a" } + 1;;
    ^^^^^^^^^^^^^^^^^^
Error: This expression has type string ref
       but an expression was expected of type int
|}]
{ contents = 1; other = 2 };;
[%%expect {|
Line 1, characters 16-21:
1 | { contents = 1; other = 2 };;
                    ^^^^^
Error: Unbound record field other
|}]
(ref 1).foo;;
[%%expect {|
Line 1, characters 8-11:
1 | (ref 1).foo;;
            ^^^
Error: This expression has type int ref There is no field foo within type ref
|}]
let f r = r.foo;;
[%%expect {|
Line 1, characters 12-15:
1 | let f r = r.foo;;
                ^^^
Error: Unbound record field foo
|}]
method x;;
[%%expect {|
Line 1, characters 0-6:
1 | method x;;
    ^^^^^^
Error: Syntax error
|}]
1 + (print_string "a");;
[%%expect {|
Line 1, characters 4-22:
1 | 1 + (print_string "a");;
        ^^^^^^^^^^^^^^^^^^
Error: This expression has type unit but an expression was expected of type
         int
|}]
print_string "a" + 1;;
[%%expect {|
Line 1, characters 0-16:
1 | print_string "a" + 1;;
    ^^^^^^^^^^^^^^^^
Error: This expression has type unit but an expression was expected of type
         int
|}]
(); 1 + true;;
[%%expect {|
Line 1, characters 8-12:
1 | (); 1 + true;;
            ^^^^
Error: This expression has type bool but an expression was expected of type
         int
|}]
1; "a" + 1;;
[%%expect {|
Line 1, characters 0-1:
1 | 1; "a" + 1;;
    ^
Warning 10 [non-unit-statement]: this expression should have type unit.
Line 1, characters 3-6:
1 | 1; "a" + 1;;
       ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let f () = 1 in f 1;;
[%%expect {|
Line 1, characters 18-19:
1 | let f () = 1 in f 1;;
                      ^
Error: This expression has type int but an expression was expected of type
         unit
|}]
let f () = 1 in f + 1;;
[%%expect {|
Line 1, characters 16-17:
1 | let f () = 1 in f + 1;;
                    ^
Error: This expression has type unit -> int
       but an expression was expected of type int
       Hint: Did you forget to provide `()' as argument?
|}]
let g f = f 1 in g succ "a";;
[%%expect {|
Line 1, characters 19-23:
1 | let g f = f 1 in g succ "a";;
                       ^^^^
Error: This expression has type int -> int
       but an expression was expected of type int -> 'a -> 'b
       Type int is not compatible with type 'a -> 'b 
|}]
let g f = f 1 in g (fun x -> x ^ "a");;
[%%expect {|
Line 1, characters 29-30:
1 | let g f = f 1 in g (fun x -> x ^ "a");;
                                 ^
Error: This expression has type int but an expression was expected of type
         string
|}]
let id x = x in id 1 + id "a";;
[%%expect {|
Line 1, characters 23-29:
1 | let id x = x in id 1 + id "a";;
                           ^^^^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
List.sort [1];;
[%%expect {|
Line 1, characters 10-13:
1 | List.sort [1];;
              ^^^
Error: This expression has type 'a list
       but an expression was expected of type 'b -> 'b -> int
|}]
List.length 1;;
[%%expect {|
Line 1, characters 12-13:
1 | List.length 1;;
                ^
Error: This expression has type int but an expression was expected of type
         'a list
|}]
String.length 1;;
[%%expect {|
Line 1, characters 14-15:
1 | String.length 1;;
                  ^
Error: This expression has type int but an expression was expected of type
         string
|}]
Array.length [1];;
[%%expect {|
Line 1, characters 13-16:
1 | Array.length [1];;
                 ^^^
Error: This expression has type 'a list
       but an expression was expected of type 'b array
|}]
[|1|].(0.);;
[%%expect {|
Line 1, characters 7-9:
1 | [|1|].(0.);;
           ^^
Error: This expression has type float but an expression was expected of type
         int
|}]
"a".["b"];;
[%%expect {|
Line 1, characters 5-8:
1 | "a".["b"];;
         ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
1.(0);;
[%%expect {|
Line 1, characters 0-2:
1 | 1.(0);;
    ^^
Error: This expression has type float
       This is not a function; it cannot be applied.
|}]
"abc".(0);;
[%%expect {|
Line 1, characters 0-5:
1 | "abc".(0);;
    ^^^^^
Error: This expression has type string but an expression was expected of type
         'a array
|}]
[1].(0);;
[%%expect {|
Line 1, characters 0-3:
1 | [1].(0);;
    ^^^
Error: This expression has type 'a list
       but an expression was expected of type 'b array
|}]
int_of_string 1;;
[%%expect {|
Line 1, characters 14-15:
1 | int_of_string 1;;
                  ^
Error: This expression has type int but an expression was expected of type
         string
|}]
float_of_int 1.;;
[%%expect {|
Line 1, characters 13-15:
1 | float_of_int 1.;;
                 ^^
Error: This expression has type float but an expression was expected of type
         int
|}]
string_of_int "a";;
[%%expect {|
Line 1, characters 14-17:
1 | string_of_int "a";;
                  ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
Printf.printf "%d" "a";;
[%%expect {|
Line 1, characters 19-22:
1 | Printf.printf "%d" "a";;
                       ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
Printf.printf "%s" 1;;
[%%expect {|
Line 1, characters 19-20:
1 | Printf.printf "%s" 1;;
                       ^
Error: This expression has type int but an expression was expected of type
         string
|}]
Printf.printf "%d %d" 1;;
[%%expect {|
- : int -> unit = <fun>
|}]
Printf.printf "%z" 1;;
[%%expect {|
Line 1, characters 14-18:
1 | Printf.printf "%z" 1;;
                  ^^^^
Error: invalid format "%z": at character number 1, invalid conversion "%z"
|}]
Printf.sprintf "%d" 1 + 1;;
[%%expect {|
Line 1, characters 0-21:
1 | Printf.sprintf "%d" 1 + 1;;
    ^^^^^^^^^^^^^^^^^^^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let f = function `A -> 1 in f `B;;
[%%expect {|
Line 1, characters 30-32:
1 | let f = function `A -> 1 in f `B;;
                                  ^^
Error: This expression has type [> `B ]
       but an expression was expected of type [< `A ]
       The second variant type does not allow tag(s) `B
|}]
let (x : int) = 1.5 in x;;
[%%expect {|
Line 1, characters 16-19:
1 | let (x : int) = 1.5 in x;;
                    ^^^
Error: This expression has type float but an expression was expected of type
         int
|}]
fun (x : int) (y : string) -> x = y;;
[%%expect {|
Line 1, characters 34-35:
1 | fun (x : int) (y : string) -> x = y;;
                                      ^
Error: This expression has type string but an expression was expected of type
         int
|}]
let rec f (x : int) : int = if x = 0 then "a" else f (x - 1);;
[%%expect {|
Line 1, characters 42-45:
1 | let rec f (x : int) : int = if x = 0 then "a" else f (x - 1);;
                                              ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let f x = match x with Some y -> y | None -> "a" in f (Some 1);;
[%%expect {|
Line 1, characters 60-61:
1 | let f x = match x with Some y -> y | None -> "a" in f (Some 1);;
                                                                ^
Error: This expression has type int but an expression was expected of type
         string
|}]
module M = struct let x = 1 + "a" end;;
[%%expect {|
Line 1, characters 30-33:
1 | module M = struct let x = 1 + "a" end;;
                                  ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let x = 1 in let y = "a" in x + y;;
[%%expect {|
Line 1, characters 32-33:
1 | let x = 1 in let y = "a" in x + y;;
                                    ^
Error: This expression has type string but an expression was expected of type
         int
|}]
let long_name_number_one = 1 in let long_name_number_two = "a" in long_name_number_one + long_name_number_two;;
[%%expect {|
Line 1, characters 89-109:
1 | let long_name_number_one = 1 in let long_name_number_two = "a" in long_name_number_one + long_name_number_two;;
                                                                                             ^^^^^^^^^^^^^^^^^^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let f a b c d = a + b + c + d in f 1 2 3 "d";;
[%%expect {|
Line 1, characters 41-44:
1 | let f a b c d = a + b + c + d in f 1 2 3 "d";;
                                             ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
(fun a b c -> a + b + c) 1 "b" 3;;
[%%expect {|
Line 1, characters 27-30:
1 | (fun a b c -> a + b + c) 1 "b" 3;;
                               ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
List.map (fun (a, b) -> a + b) [1, "a"];;
[%%expect {|
Line 1, characters 35-38:
1 | List.map (fun (a, b) -> a + b) [1, "a"];;
                                       ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
List.fold_left (fun acc x -> acc ^ x) 0 ["a"];;
[%%expect {|
Line 1, characters 38-39:
1 | List.fold_left (fun acc x -> acc ^ x) 0 ["a"];;
                                          ^
Error: This expression has type int but an expression was expected of type
         string
|}]
let x = [1; 2; 3] in List.map String.length x;;
[%%expect {|
Line 1, characters 44-45:
1 | let x = [1; 2; 3] in List.map String.length x;;
                                                ^
Error: This expression has type int list
       but an expression was expected of type string list
       Type int is not compatible with type string 
|}]
((1 : int) : float);;
[%%expect {|
Line 1, characters 1-10:
1 | ((1 : int) : float);;
     ^^^^^^^^^
Error: This expression has type int but an expression was expected of type
         float
  Hint: Did you mean `1.'?
|}]
(1 :> float);;
[%%expect {|
Line 1, characters 0-12:
1 | (1 :> float);;
    ^^^^^^^^^^^^
Error: Type int is not a subtype of float 
|}]
let f x = (x :> int);;
[%%expect {|
val f : int -> int = <fun>
|}]
