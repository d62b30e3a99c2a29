let f ~x = x;;
[%%expect {|
val f : x:'a -> 'a = <fun>
|}]
f ~x:1;;
[%%expect {|
- : int = 1
|}]
f 1;;
[%%expect {|
- : x:(int -> 'a) -> 'a = <fun>
|}]
f ~y:1;;
[%%expect {|
- : x:(y:int -> 'a) -> 'a = <fun>
|}]
let f ~x ~y = x - y;;
[%%expect {|
val f : x:int -> y:int -> int = <fun>
|}]
f ~x:1 ~y:2;;
[%%expect {|
- : int = -1
|}]
f ~y:1 ~x:2;;
[%%expect {|
- : int = 1
|}]
f ~y:1;;
[%%expect {|
- : x:int -> int = <fun>
|}]
f ~x:1;;
[%%expect {|
- : y:int -> int = <fun>
|}]
f 1 2;;
[%%expect {|
Line 1, characters 0-1:
1 | f 1 2;;
    ^
Warning 6 [labels-omitted]: labels x, y were omitted in the application of this function.
- : int = -1
|}]
let x = 1;;
[%%expect {|
val x : int = 1
|}]
f ~x;;
[%%expect {|
- : y:int -> int = <fun>
|}]
let y = 3 in f ~x ~y;;
[%%expect {|
- : int = -2
|}]
let f ?x () = x;;
[%%expect {|
val f : ?x:'a -> unit -> 'a option = <fun>
|}]
f ();;
[%%expect {|
- : 'a option = None
|}]
f ~x:1 ();;
[%%expect {|
- : int option = Some 1
|}]
f ?x:None ();;
[%%expect {|
- : 'a option = None
|}]
f ?x:(Some 1) ();;
[%%expect {|
- : int option = Some 1
|}]
f;;
[%%expect {|
- : ?x:'a -> unit -> 'a option = <fun>
|}]
let f ?(x = 1) ?(y = 2) () = x + y;;
[%%expect {|
val f : ?x:int -> ?y:int -> unit -> int = <fun>
|}]
f ();;
[%%expect {|
- : int = 3
|}]
f ~x:10 ();;
[%%expect {|
- : int = 12
|}]
f ~y:10 ();;
[%%expect {|
- : int = 11
|}]
f ~x:10;;
[%%expect {|
- : ?y:int -> unit -> int = <fun>
|}]
f ~x:10 ~y:20 ();;
[%%expect {|
- : int = 30
|}]
f ~z:1 ();;
[%%expect {|
Line 1, characters 5-6:
1 | f ~z:1 ();;
         ^
Error: The function applied to this argument has type ?x:int -> ?y:int -> int
This argument cannot be applied with label ~z
|}]
let f ?x y = (x, y);;
[%%expect {|
val f : ?x:'a -> 'b -> 'a option * 'b = <fun>
|}]
f 1;;
[%%expect {|
- : 'a option * int = (None, 1)
|}]
f ~x:2 1;;
[%%expect {|
- : int option * int = (Some 2, 1)
|}]
let f ?x = x;;
[%%expect {|
Line 1, characters 7-8:
1 | let f ?x = x;;
           ^
Warning 16 [unerasable-optional-argument]: this optional argument cannot be erased.
val f : ?x:'a -> 'a option = <fun>
|}]
let f x ?y = (x, y);;
[%%expect {|
Line 1, characters 9-10:
1 | let f x ?y = (x, y);;
             ^
Warning 16 [unerasable-optional-argument]: this optional argument cannot be erased.
val f : 'a -> ?y:'b -> 'a * 'b option = <fun>
|}]
let f ~a ?b c = (a, b, c);;
[%%expect {|
val f : a:'a -> ?b:'b -> 'c -> 'a * 'b option * 'c = <fun>
|}]
f ~a:1 2;;
[%%expect {|
- : int * 'a option * int = (1, None, 2)
|}]
f 2 ~a:1;;
[%%expect {|
- : int * 'a option * int = (1, None, 2)
|}]
f 2;;
[%%expect {|
- : a:'a -> 'a * 'b option * int = <fun>
|}]
f ~b:1;;
[%%expect {|
- : a:'a -> 'b -> 'a * int option * 'b = <fun>
|}]
List.map ~f:succ [1];;
[%%expect {|
Line 1, characters 12-16:
1 | List.map ~f:succ [1];;
                ^^^^
Error: The function applied to this argument has type 'a list -> 'b list
This argument cannot be applied with label ~f
|}]
let apply f = f ~x:1 ~y:2;;
[%%expect {|
val apply : (x:int -> y:int -> 'a) -> 'a = <fun>
|}]
apply (fun ~x ~y -> x + y);;
[%%expect {|
- : int = 3
|}]
apply (fun ~y ~x -> x + y);;
[%%expect {|
Line 1, characters 6-26:
1 | apply (fun ~y ~x -> x + y);;
          ^^^^^^^^^^^^^^^^^^^^
Error: This function should have type x:int -> y:int -> 'a
       but its first argument is labelled ~y
|}]
let apply (f : x:int -> y:int -> int) = f ~y:1 ~x:2;;
[%%expect {|
val apply : (x:int -> y:int -> int) -> int = <fun>
|}]
apply (fun ~x ~y -> x - y);;
[%%expect {|
- : int = 1
|}]
let f (g : ?x:int -> unit -> int) = g ();;
[%%expect {|
val f : (?x:int -> unit -> int) -> int = <fun>
|}]
f (fun ?x () -> 1);;
[%%expect {|
- : int = 1
|}]
f (fun ?(x = 2) () -> x);;
[%%expect {|
- : int = 2
|}]
f (fun () -> 1);;
[%%expect {|
Line 1, characters 2-15:
1 | f (fun () -> 1);;
      ^^^^^^^^^^^^^
Error: This function should have type ?x:int -> unit -> int
       but its first argument is not labelled
|}]
let f ~(x : int) = x;;
[%%expect {|
val f : x:int -> int = <fun>
|}]
let f ~x:(a, b) = a + b;;
[%%expect {|
val f : x:int * int -> int = <fun>
|}]
f ~x:(1, 2);;
[%%expect {|
- : int = 3
|}]
let f ?x:(y = 1) () = y;;
[%%expect {|
val f : ?x:int -> unit -> int = <fun>
|}]
f ~x:5 ();;
[%%expect {|
- : int = 5
|}]
let f ~x:_ = 1;;
[%%expect {|
val f : x:'a -> int = <fun>
|}]
let f ?opt ~lab pos = ignore opt; ignore lab; pos;;
[%%expect {|
val f : ?opt:'a -> lab:'b -> 'c -> 'c = <fun>
|}]
let g = f ~lab:1;;
[%%expect {|
val g : ?opt:'a -> 'b -> 'b = <fun>
|}]
g 2;;
[%%expect {|
- : int = 2
|}]
let h = f ~opt:1;;
[%%expect {|
val h : lab:'_weak1 -> '_weak2 -> '_weak2 = <fun>
|}]
fun ~x -> x;;
[%%expect {|
- : x:'a -> 'a = <fun>
|}]
fun ?x -> x;;
[%%expect {|
Line 1, characters 5-6:
1 | fun ?x -> x;;
         ^
Warning 16 [unerasable-optional-argument]: this optional argument cannot be erased.
- : ?x:'a -> 'a option = <fun>
|}]
fun ?(x = 1) -> x;;
[%%expect {|
Line 1, characters 6-11:
1 | fun ?(x = 1) -> x;;
          ^^^^^
Warning 16 [unerasable-optional-argument]: this optional argument cannot be erased.
- : ?x:int -> int = <fun>
|}]
(fun ~x ~y -> x + y) ~x:1;;
[%%expect {|
- : y:int -> int = <fun>
|}]
let f = fun ~a -> fun ~b -> a + b;;
[%%expect {|
val f : a:int -> b:int -> int = <fun>
|}]
f ~b:1;;
[%%expect {|
- : a:int -> int = <fun>
|}]
f ~b:1 ~a:2;;
[%%expect {|
- : int = 3
|}]
type t = { f : x:int -> int };;
[%%expect {|
type t = { f : x:int -> int; }
|}]
{ f = fun ~x -> x };;
[%%expect {|
- : t = {f = <fun>}
|}]
let r = { f = fun ~x -> x } in r.f ~x:3;;
[%%expect {|
- : int = 3
|}]
let f ~a b ~c = a + b + c;;
[%%expect {|
val f : a:int -> int -> c:int -> int = <fun>
|}]
f 1;;
[%%expect {|
- : a:int -> c:int -> int = <fun>
|}]
f ~a:1 ~c:3;;
[%%expect {|
- : int -> int = <fun>
|}]
f ~c:3 ~a:1 2;;
[%%expect {|
- : int = 6
|}]
let f ~x () = x in f () ~x:1;;
[%%expect {|
- : int = 1
|}]
let f ?(cmp = compare) a b = cmp a b;;
[%%expect {|
val f : ?cmp:('a -> 'a -> int) -> 'a -> 'a -> int = <fun>
|}]
f 1 2;;
[%%expect {|
- : int = -1
|}]
f ~cmp:(fun a b -> b - a) 1 2;;
[%%expect {|
- : int = 1
|}]
let opt ?a ?b ?c () = (a, b, c);;
[%%expect {|
val opt :
  ?a:'a -> ?b:'b -> ?c:'c -> unit -> 'a option * 'b option * 'c option =
  <fun>
|}]
opt ~b:1 ();;
[%%expect {|
- : 'a option * int option * 'b option = (None, Some 1, None)
|}]
opt;;
[%%expect {|
- : ?a:'a -> ?b:'b -> ?c:'c -> unit -> 'a option * 'b option * 'c option =
<fun>
|}]
opt ?a:(Some 1) ~c:"x" ();;
[%%expect {|
- : int option * 'a option * string option = (Some 1, None, Some "x")
|}]
let f x = x ~a:1;;
[%%expect {|
val f : (a:int -> 'a) -> 'a = <fun>
|}]
let f g = g ~a:1 2 ?b:None;;
[%%expect {|
val f : (a:int -> int -> ?b:'a -> 'b) -> 'b = <fun>
|}]
let rec f ~x n = if n = 0 then x else f ~x (n - 1);;
[%%expect {|
val f : x:'a -> int -> 'a = <fun>
|}]
f ~x:1 3;;
[%%expect {|
- : int = 1
|}]
f 3 ~x:"s";;
[%%expect {|
- : string = "s"
|}]
let f (type a) (x : a) = x;;
[%%expect {|
val f : 'a -> 'a = <fun>
|}]
let f : 'a. 'a -> 'a = fun x -> x;;
[%%expect {|
val f : 'a -> 'a = <fun>
|}]
let f : type a. a -> a = fun x -> x;;
[%%expect {|
val f : 'a -> 'a = <fun>
|}]
let f (x : 'a) (y : 'a) = x;;
[%%expect {|
val f : 'a -> 'a -> 'a = <fun>
|}]
let f (x : _) = x;;
[%%expect {|
val f : 'a -> 'a = <fun>
|}]
let f : int -> _ = fun x -> x;;
[%%expect {|
val f : int -> int = <fun>
|}]
f "a";;
[%%expect {|
Line 1, characters 2-5:
1 | f "a";;
      ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
