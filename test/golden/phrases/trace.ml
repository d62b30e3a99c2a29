let rec fact n = if n = 0 then 1 else n * fact (n-1);;
[%%expect {|
val fact : int -> int = <fun>
|}]
#trace fact;;
[%%expect {|
fact is now traced.
|}]
fact 3;;
[%%expect {|
fact <-- 3
fact <-- 2
fact <-- 1
fact <-- 0
fact --> 1
fact --> 1
fact --> 2
fact --> 6
- : int = 6
|}]
#untrace fact;;
[%%expect {|
fact is no longer traced.
|}]
fact 3;;
[%%expect {|
- : int = 6
|}]
let f x y = x + y;;
[%%expect {|
val f : int -> int -> int = <fun>
|}]
#trace f;;
[%%expect {|
f is now traced.
|}]
#trace f;;
[%%expect {|
f is already traced (under the name f).
|}]
f 1 2;;
[%%expect {|
f <-- 1
f --> <fun>
f* <-- 2
f* --> 3
- : int = 3
|}]
let g x = f x 1;;
[%%expect {|
val g : int -> int = <fun>
|}]
g 3;;
[%%expect {|
f <-- 3
f --> <fun>
f* <-- 1
f* --> 4
- : int = 4
|}]
#untrace_all;;
[%%expect {|
f is no longer traced.
|}]
let h s = failwith s;;
[%%expect {|
val h : string -> 'a = <fun>
|}]
#trace h;;
[%%expect {|
h is now traced.
|}]
h "a";;
[%%expect {|
h <-- "a"
h raises Failure "a"
Exception: Failure "a".
|}]
try h "b" with Failure s -> s;;
[%%expect {|
h <-- "b"
h raises Failure "b"
- : string = "b"
|}]
let id x = x;;
[%%expect {|
val id : 'a -> 'a = <fun>
|}]
#trace id;;
[%%expect {|
id is now traced.
|}]
id 3;;
[%%expect {|
id <-- <poly>
id --> <poly>
- : int = 3
|}]
id "a";;
[%%expect {|
id <-- <poly>
id --> <poly>
- : string = "a"
|}]
let x = 3;;
[%%expect {|
val x : int = 3
|}]
#trace x;;
[%%expect {|
x is not a function.
|}]
#untrace x;;
[%%expect {|
x was not traced.
|}]
#trace nosuch;;
[%%expect {|
Unbound value nosuch.
|}]
let l ~a ?b () = a;;
[%%expect {|
val l : a:'a -> ?b:'b -> unit -> 'a = <fun>
|}]
#trace l;;
[%%expect {|
l is now traced.
|}]
l ~a:1 ();;
[%%expect {|
l <-- a:<poly>
l --> <fun>
l* <-- ?b:None
l* --> <fun>
l** <-- ()
l** --> <poly>
- : int = 1
|}]
l ~a:1 ~b:2 ();;
[%%expect {|
l <-- a:<poly>
l --> <fun>
l* <-- ?b:Some <poly>
l* --> <fun>
l** <-- ()
l** --> <poly>
- : int = 1
|}]
#trace succ;;
[%%expect {|
succ is an external function and cannot be traced.
|}]
#untrace_all;;
[%%expect {|
l is no longer traced.
id is no longer traced.
h is no longer traced.
|}]
id 3;;
[%%expect {|
- : int = 3
|}]
let rec even n = n = 0 || odd (n - 1) and odd n = n <> 0 && even (n - 1);;
[%%expect {|
val even : int -> bool = <fun>
val odd : int -> bool = <fun>
|}]
#trace even;;
[%%expect {|
even is now traced.
|}]
#trace odd;;
[%%expect {|
odd is now traced.
|}]
even 3;;
[%%expect {|
even <-- 3
odd <-- 2
even <-- 1
odd <-- 0
odd --> false
even --> false
odd --> false
even --> false
- : bool = false
|}]
#untrace even;;
[%%expect {|
even is no longer traced.
|}]
#untrace odd;;
[%%expect {|
odd is no longer traced.
|}]
odd 2;;
[%%expect {|
- : bool = false
|}]
even 2;;
[%%expect {|
- : bool = true
|}]
let adder = let k = ref 10 in fun x -> x + !k;;
[%%expect {|
val adder : int -> int = <fun>
|}]
#trace adder;;
[%%expect {|
adder is now traced.
|}]
adder 1;;
[%%expect {|
adder <-- 1
adder --> 11
- : int = 11
|}]
#untrace_all;;
[%%expect {|
adder is no longer traced.
|}]
adder 1;;
[%%expect {|
- : int = 11
|}]
module M = struct let twice f x = f (f x) end;;
[%%expect {|
module M : sig val twice : ('a -> 'a) -> 'a -> 'a end
|}]
#trace M.twice;;
[%%expect {|
M.twice is now traced.
|}]
M.twice succ 3;;
[%%expect {|
M.twice <-- <fun>
M.twice --> <fun>
M.twice* <-- <poly>
M.twice* --> <poly>
- : int = 5
|}]
type t = { a : int; b : string option };;
[%%expect {|
type t = { a : int; b : string option; }
|}]
let make a b = { a; b };;
[%%expect {|
val make : int -> string option -> t = <fun>
|}]
#trace make;;
[%%expect {|
make is now traced.
|}]
make (-1) (Some "x");;
[%%expect {|
make <-- -1
make --> <fun>
make* <-- Some "x"
make* --> {a = -1; b = Some "x"}
- : t = {a = -1; b = Some "x"}
|}]
let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2);;
[%%expect {|
val fib : int -> int = <fun>
|}]
fib 20;;
[%%expect {|
- : int = 6765
|}]
#trace fib;;
[%%expect {|
fib is now traced.
|}]
fib 4;;
[%%expect {|
fib <-- 4
fib <-- 2
fib <-- 0
fib --> 0
fib <-- 1
fib --> 1
fib --> 1
fib <-- 3
fib <-- 1
fib --> 1
fib <-- 2
fib <-- 0
fib --> 0
fib <-- 1
fib --> 1
fib --> 1
fib --> 2
fib --> 3
- : int = 3
|}]
#untrace fib;;
[%%expect {|
fib is no longer traced.
|}]
fib 20;;
[%%expect {|
- : int = 6765
|}]
List.fold_left (fun acc x -> acc + id x) 0 [1; 2];;
[%%expect {|
- : int = 3
|}]
let p = fun (a, b) -> a + b;;
[%%expect {|
val p : int * int -> int = <fun>
|}]
#trace p;;
[%%expect {|
p is now traced.
|}]
p (1, 2);;
[%%expect {|
p <-- (1, 2)
p --> 3
- : int = 3
|}]
let u () = print_endline "in u";;
[%%expect {|
val u : unit -> unit = <fun>
|}]
#trace u;;
[%%expect {|
u is now traced.
|}]
u ();;
[%%expect {|
u <-- ()
in u
u --> ()
- : unit = ()
|}]
#untrace_all;;
[%%expect {|
u is no longer traced.
p is no longer traced.
make is no longer traced.
M.twice is no longer traced.
|}]
