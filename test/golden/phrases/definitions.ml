let x = 1;;
[%%expect {|
val x : int = 1
|}]
let x = 2;;
[%%expect {|
val x : int = 2
|}]
x;;
[%%expect {|
- : int = 2
|}]
let y = x and x = 3;;
[%%expect {|
val y : int = 2
val x : int = 3
|}]
let a, b = 1, 2;;
[%%expect {|
val a : int = 1
val b : int = 2
|}]
let (a, b), c = (1, "x"), 'c';;
[%%expect {|
val a : int = 1
val b : string = "x"
val c : char = 'c'
|}]
let [a; b] = [1; 2];;
[%%expect {|
Line 1, characters 4-10:
1 | let [a; b] = [1; 2];;
        ^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
_::_::_::_
val a : int = 1
val b : int = 2
|}]
let [a; b] = [1];;
[%%expect {|
Line 1, characters 4-10:
1 | let [a; b] = [1];;
        ^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
_::_::_::_
Exception: Match_failure ("//toplevel//", 1, 4).
|}]
let Some x = Some 3;;
[%%expect {|
Line 1, characters 4-10:
1 | let Some x = Some 3;;
        ^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
val x : int = 3
|}]
let Some x = None;;
[%%expect {|
Line 1, characters 4-10:
1 | let Some x = None;;
        ^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
Exception: Match_failure ("//toplevel//", 1, 4).
|}]
let _ = 3;;
[%%expect {|
- : int = 3
|}]
let _ = ();;
[%%expect {|
- : unit = ()
|}]
let () = ();;
let () = print_endline "side";;
[%%expect {|
side
|}]
let _x = 4;;
[%%expect {|
val _x : int = 4
|}]
let (x : int) = 5;;
[%%expect {|
val x : int = 5
|}]
let x : float = 1.;;
[%%expect {|
val x : float = 1.
|}]
let f x = x;;
[%%expect {|
val f : 'a -> 'a = <fun>
|}]
let f x y = x;;
[%%expect {|
val f : 'a -> 'b -> 'a = <fun>
|}]
let f = fun x -> x;;
[%%expect {|
val f : 'a -> 'a = <fun>
|}]
let f (x, y) = x;;
[%%expect {|
val f : 'a * 'b -> 'a = <fun>
|}]
let f (x : int) = x;;
[%%expect {|
val f : int -> int = <fun>
|}]
let f x : int = x;;
[%%expect {|
val f : int -> int = <fun>
|}]
let f ~a = a;;
[%%expect {|
val f : a:'a -> 'a = <fun>
|}]
let f ?a () = a;;
[%%expect {|
val f : ?a:'a -> unit -> 'a option = <fun>
|}]
let f ?(a = 1) () = a;;
[%%expect {|
val f : ?a:int -> unit -> int = <fun>
|}]
let f ~a ~b = a + b;;
[%%expect {|
val f : a:int -> b:int -> int = <fun>
|}]
let f ~a:x = x + 1;;
[%%expect {|
val f : a:int -> int = <fun>
|}]
let f ?a ~b c = (a, b, c);;
[%%expect {|
val f : ?a:'a -> b:'b -> 'c -> 'a option * 'b * 'c = <fun>
|}]
let rec fact n = if n = 0 then 1 else n * fact (n - 1);;
[%%expect {|
val fact : int -> int = <fun>
|}]
fact 10;;
[%%expect {|
- : int = 3628800
|}]
fact 20;;
[%%expect {|
- : int = 2432902008176640000
|}]
let rec even n = n = 0 || odd (n - 1) and odd n = n <> 0 && even (n - 1);;
[%%expect {|
val even : int -> bool = <fun>
val odd : int -> bool = <fun>
|}]
even 10;;
[%%expect {|
- : bool = true
|}]
let rec x = 1 :: x;;
[%%expect {|
val x : int list = [1; <cycle>]
|}]
let rec x = 1 :: y and y = 2 :: x;;
[%%expect {|
val x : int list = [1; 2; <cycle>]
val y : int list = [2; 1; <cycle>]
|}]
let rec f = function 0 -> 0 | n -> f (n - 1);;
[%%expect {|
val f : int -> int = <fun>
|}]
let rec f x = f x;;
[%%expect {|
val f : 'a -> 'b = <fun>
|}]
let f = function 0 -> "zero" | _ -> "other";;
[%%expect {|
val f : int -> string = <fun>
|}]
let f = function [] -> 0 | x :: _ -> x;;
[%%expect {|
val f : int list -> int = <fun>
|}]
let f = function Some x -> x | None -> 0;;
[%%expect {|
val f : int option -> int = <fun>
|}]
let compose f g x = f (g x);;
[%%expect {|
val compose : ('a -> 'b) -> ('c -> 'a) -> 'c -> 'b = <fun>
|}]
let twice f = compose f f;;
[%%expect {|
val twice : ('a -> 'a) -> 'a -> 'a = <fun>
|}]
let id = fun x -> x;;
[%%expect {|
val id : 'a -> 'a = <fun>
|}]
id 3;;
[%%expect {|
- : int = 3
|}]
id "a";;
[%%expect {|
- : string = "a"
|}]
let id2 = id id;;
[%%expect {|
val id2 : '_weak1 -> '_weak1 = <fun>
|}]
id2 3;;
[%%expect {|
- : int = 3
|}]
id2;;
[%%expect {|
- : int -> int = <fun>
|}]
id2 "a";;
[%%expect {|
Line 1, characters 4-7:
1 | id2 "a";;
        ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let r = ref [];;
[%%expect {|
val r : '_weak2 list ref = {contents = []}
|}]
r := [1];;
[%%expect {|
- : unit = ()
|}]
r;;
[%%expect {|
- : int list ref = {contents = [1]}
|}]
let r = ref None;;
[%%expect {|
val r : '_weak3 option ref = {contents = None}
|}]
!r;;
[%%expect {|
- : '_weak3 option = None
|}]
let r2 = (ref [], ref []);;
[%%expect {|
val r2 : '_weak4 list ref * '_weak5 list ref =
  ({contents = []}, {contents = []})
|}]
let l = List.map (fun x -> x) [];;
[%%expect {|
val l : 'a list = []
|}]
let app = List.map;;
[%%expect {|
val app : ('a -> 'b) -> 'a list -> 'b list = <fun>
|}]
let m = Hashtbl.create 10;;
[%%expect {|
val m : ('_weak6, '_weak7) Hashtbl.t = <abstr>
|}]
Hashtbl.add m "a" 1;;
[%%expect {|
- : unit = ()
|}]
m;;
[%%expect {|
- : (string, int) Hashtbl.t = <abstr>
|}]
Hashtbl.find m "a";;
[%%expect {|
- : int = 1
|}]
Hashtbl.find m "b";;
[%%expect {|
Exception: Not_found.
|}]
let f = let c = ref 0 in fun () -> incr c; !c;;
[%%expect {|
val f : unit -> int = <fun>
|}]
f ();;
[%%expect {|
- : int = 1
|}]
f ();;
[%%expect {|
- : int = 2
|}]
f (), f ();;
[%%expect {|
- : int * int = (4, 3)
|}]
let x = 1 in x + 1;;
[%%expect {|
- : int = 2
|}]
let x = let y = 1 in y in x;;
[%%expect {|
- : int = 1
|}]
let x = if true then 1 else 2;;
[%%expect {|
val x : int = 1
|}]
if true then ();;
[%%expect {|
- : unit = ()
|}]
if true then 1;;
[%%expect {|
Line 1, characters 13-14:
1 | if true then 1;;
                 ^
Error: This expression has type int but an expression was expected of type
         unit
       because it is in the result of a conditional with no else branch
|}]
let f x = match x with 0 -> 'a' | 1 -> 'b' | _ -> 'c';;
[%%expect {|
val f : int -> char = <fun>
|}]
f 0;;
[%%expect {|
- : char = 'a'
|}]
f 5;;
[%%expect {|
- : char = 'c'
|}]
let rec length = function [] -> 0 | _ :: t -> 1 + length t;;
[%%expect {|
val length : 'a list -> int = <fun>
|}]
length [1; 2; 3];;
[%%expect {|
- : int = 3
|}]
let rec map f = function [] -> [] | x :: xs -> f x :: map f xs;;
[%%expect {|
val map : ('a -> 'b) -> 'a list -> 'b list = <fun>
|}]
map succ [1; 2; 3];;
[%%expect {|
- : int list = [2; 3; 4]
|}]
let ( +! ) a b = a * b;;
[%%expect {|
val ( +! ) : int -> int -> int = <fun>
|}]
3 +! 4;;
[%%expect {|
- : int = 12
|}]
let ( ! ) x = x;;
[%%expect {|
val ( ! ) : 'a -> 'a = <fun>
|}]
let (!) = Stdlib.(!);;
[%%expect {|
val ( ! ) : 'a ref -> 'a = <fun>
|}]
let ( let* ) o f = Option.bind o f;;
[%%expect {|
val ( let* ) : 'a option -> ('a -> 'b option) -> 'b option = <fun>
|}]
let* x = Some 1 in Some (x + 1);;
[%%expect {|
- : int option = Some 2
|}]
let (mod) a b = a - b;;
[%%expect {|
val ( mod ) : int -> int -> int = <fun>
|}]
10 mod 3;;
[%%expect {|
- : int = 7
|}]
let ( .%() ) a i = a.(i);;
[%%expect {|
val ( .%() ) : 'a array -> int -> 'a = <fun>
|}]
[|1; 2|].%(1);;
[%%expect {|
- : int = 2
|}]
let x' = 1;;
[%%expect {|
val x' : int = 1
|}]
let _x1 = 2;;
[%%expect {|
val _x1 : int = 2
|}]
let rec loop n = if n > 0 then loop (n - 1) else "done";;
[%%expect {|
val loop : int -> string = <fun>
|}]
loop 100000;;
[%%expect {|
- : string = "done"
|}]
for i = 1 to 3 do print_int i done;;
[%%expect {|
123- : unit = ()
|}]
for i = 3 downto 1 do print_int i; print_newline () done;;
[%%expect {|
3
2
1
- : unit = ()
|}]
let i = ref 0;;
[%%expect {|
val i : int ref = {contents = 0}
|}]
while !i < 3 do incr i done;;
[%%expect {|
- : unit = ()
|}]
!i;;
[%%expect {|
- : int = 3
|}]
begin 1 end;;
[%%expect {|
- : int = 1
|}]
begin end;;
[%%expect {|
- : unit = ()
|}]
(1; 2);;
[%%expect {|
Line 1, characters 1-2:
1 | (1; 2);;
     ^
Warning 10 [non-unit-statement]: this expression should have type unit.
- : int = 2
|}]
1; 2;;
[%%expect {|
Line 1, characters 0-1:
1 | 1; 2;;
    ^
Warning 10 [non-unit-statement]: this expression should have type unit.
- : int = 2
|}]
(); 2;;
[%%expect {|
- : int = 2
|}]
ignore 1; 2;;
[%%expect {|
- : int = 2
|}]
let f x = x; x;;
[%%expect {|
val f : 'a -> 'a = <fun>
|}]
let a = [|1; 2; 3|];;
[%%expect {|
val a : int array = [|1; 2; 3|]
|}]
a.(0) <- 10;;
[%%expect {|
- : unit = ()
|}]
a;;
[%%expect {|
- : int array = [|10; 2; 3|]
|}]
a.(5);;
[%%expect {|
Exception: Invalid_argument "index out of bounds".
|}]
a.(-1);;
[%%expect {|
Exception: Invalid_argument "index out of bounds".
|}]
Array.make (-1) 0;;
[%%expect {|
Exception: Invalid_argument "Array.make".
|}]
1 / 0;;
[%%expect {|
Exception: Division_by_zero.
|}]
1 mod 0;;
[%%expect {|
- : int = 1
|}]
List.hd [];;
[%%expect {|
Exception: Failure "hd".
|}]
List.tl [];;
[%%expect {|
Exception: Failure "tl".
|}]
List.nth [1] 5;;
[%%expect {|
Exception: Failure "nth".
|}]
List.find (fun x -> x > 3) [1];;
[%%expect {|
Exception: Not_found.
|}]
List.assoc 1 [];;
[%%expect {|
Exception: Not_found.
|}]
Option.get None;;
[%%expect {|
Exception: Invalid_argument "option is None".
|}]
failwith "boom";;
[%%expect {|
Exception: Failure "boom".
|}]
invalid_arg "bad";;
[%%expect {|
Exception: Invalid_argument "bad".
|}]
raise Exit;;
[%%expect {|
Exception: Stdlib.Exit.
|}]
raise (Failure "a\nb");;
[%%expect {|
Exception: Failure "a\nb".
|}]
assert false;;
[%%expect {|
Exception: Assert_failure ("//toplevel//", 1, 0).
|}]
assert (1 = 2);;
[%%expect {|
Exception: Assert_failure ("//toplevel//", 1, 0).
|}]
assert true;;
[%%expect {|
- : unit = ()
|}]
try 1 with _ -> 2;;
[%%expect {|
- : int = 1
|}]
try raise Not_found with Not_found -> 3;;
[%%expect {|
- : int = 3
|}]
try failwith "x" with Failure s -> s;;
[%%expect {|
- : string = "x"
|}]
try raise Exit with Not_found -> ();;
[%%expect {|
Exception: Stdlib.Exit.
|}]
match 3 with 1 -> 2;;
[%%expect {|
Line 1, characters 0-19:
1 | match 3 with 1 -> 2;;
    ^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
0
Exception: Match_failure ("//toplevel//", 1, 0).
|}]
match Some 1 with Some _ -> 1;;
[%%expect {|
Line 1, characters 0-29:
1 | match Some 1 with Some _ -> 1;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
- : int = 1
|}]
match [] with x :: _ -> x;;
[%%expect {|
Line 1, characters 0-25:
1 | match [] with x :: _ -> x;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
[]
Exception: Match_failure ("//toplevel//", 1, 0).
|}]
function 1 -> 2;;
[%%expect {|
Line 1, characters 0-15:
1 | function 1 -> 2;;
    ^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
0
- : int -> int = <fun>
|}]
let f 1 = 2;;
[%%expect {|
Line 1, characters 6-11:
1 | let f 1 = 2;;
          ^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
0
val f : int -> int = <fun>
|}]
f 2;;
[%%expect {|
Exception: Match_failure ("//toplevel//", 1, 6).
|}]
exit;;
[%%expect {|
- : int -> 'a = <fun>
|}]
exception A;;
[%%expect {|
exception A
|}]
exception B of int;;
[%%expect {|
exception B of int
|}]
exception C of int * string;;
[%%expect {|
exception C of int * string
|}]
exception D of { x : int; y : string };;
[%%expect {|
exception D of { x : int; y : string; }
|}]
exception E of (int * string);;
[%%expect {|
exception E of (int * string)
|}]
exception F = Not_found;;
[%%expect {|
exception F
|}]
A;;
[%%expect {|
- : exn = A
|}]
B 1;;
[%%expect {|
- : exn = B 1
|}]
B (-1);;
[%%expect {|
- : exn = B (-1)
|}]
C (1, "a");;
[%%expect {|
- : exn = C (1, "a")
|}]
D { x = 1; y = "b" };;
[%%expect {|
- : exn = D {x = 1; y = "b"}
|}]
E (1, "a");;
[%%expect {|
- : exn = E (1, "a")
|}]
F;;
[%%expect {|
- : exn = Not_found
|}]
raise A;;
[%%expect {|
Exception: A.
|}]
raise (B 3);;
[%%expect {|
Exception: B 3.
|}]
raise (C (1, "x"));;
[%%expect {|
Exception: C (1, "x").
|}]
raise (D { x = 1; y = "q" });;
[%%expect {|
Exception: D {x = 1; y = "q"}.
|}]
raise (E (1, "b"));;
[%%expect {|
Exception: E (1, "b").
|}]
raise F;;
[%%expect {|
Exception: Not_found.
|}]
exception A of string;;
[%%expect {|
exception A of string
|}]
A "x";;
[%%expect {|
- : exn = A "x"
|}]
raise (A "y");;
[%%expect {|
Exception: A "y".
|}]
let f () = raise A;;
[%%expect {|
Line 1, characters 17-18:
1 | let f () = raise A;;
                     ^
Error: The constructor A expects 1 argument(s),
       but is applied here to 0 argument(s)
|}]
let exception Local of int in raise (Local 3);;
[%%expect {|
Exception: Local 3.
|}]
let exception Local in Local;;
[%%expect {|
- : exn = Local
|}]
module M = struct exception X of int end;;
[%%expect {|
module M : sig exception X of int end
|}]
M.X 3;;
[%%expect {|
- : exn = M.X 3
|}]
raise (M.X 4);;
[%%expect {|
Exception: M.X 4.
|}]
raise (Stdlib.Queue.Empty);;
[%%expect {|
Exception: Stdlib.Queue.Empty.
|}]
Queue.pop (Queue.create ());;
[%%expect {|
Exception: Stdlib.Queue.Empty.
|}]
Stack.pop (Stack.create ());;
[%%expect {|
Exception: Stdlib.Stack.Empty.
|}]
Fun.protect ~finally:(fun () -> raise Exit) (fun () -> 1);;
[%%expect {|
Exception: Fun.Finally_raised: Stdlib.Exit
|}]
external foo : int -> int = "%identity";;
[%%expect {|
external foo : int -> int = "%identity"
|}]
foo;;
[%%expect {|
- : int -> int = <fun>
|}]
external length : string -> int = "%string_length";;
[%%expect {|
external length : string -> int = "%string_length"
|}]
length "abc";;
[%%expect {|
- : int = 3
|}]
external nosuch : int -> int = "no_such_primitive";;
[%%expect {|
external nosuch : int -> int = "no_such_primitive"
|}]
nosuch 1;;
[%%expect {|
Line 1:
Error: The external function `no_such_primitive' is not available
|}]
let f x = nosuch x;;
[%%expect {|
Line 1:
Error: The external function `no_such_primitive' is not available
|}]
f;;
[%%expect {|
- : int -> int = <fun>
|}]
let open List in length [1];;
[%%expect {|
- : int = 1
|}]
List.(length [1; 2]);;
[%%expect {|
- : int = 2
|}]
open List;;
length [1];;
[%%expect {|
- : int = 1
|}]
map;;
[%%expect {|
- : ('a -> 'b) -> 'a list -> 'b list = <fun>
|}]
open Nosuch;;
[%%expect {|
Line 1, characters 5-11:
1 | open Nosuch;;
         ^^^^^^
Error: Unbound module Nosuch
|}]
open! String;;
length "abc";;
[%%expect {|
- : int = 3
|}]
include struct let inc1 = 1 end;;
[%%expect {|
val inc1 : int = 1
|}]
;;
(* only a comment *) ;;
let x = 1 (* comment *);;
[%%expect {|
val x : int = 1
|}]
let rec f x = g x;;
[%%expect {|
Line 1, characters 14-15:
1 | let rec f x = g x;;
                  ^
Error: Unbound value g
|}]
let rec x = x;;
[%%expect {|
Line 1, characters 12-13:
1 | let rec x = x;;
                ^
Error: This kind of expression is not allowed as right-hand side of `let rec'
|}]
let rec x = x + 1;;
[%%expect {|
Line 1, characters 12-17:
1 | let rec x = x + 1;;
                ^^^^^
Error: This kind of expression is not allowed as right-hand side of `let rec'
|}]
let rec f = fun x -> f;;
[%%expect {|
Line 1, characters 21-22:
1 | let rec f = fun x -> f;;
                         ^
Error: This expression has type 'a -> 'b
       but an expression was expected of type 'b
       The type variable 'a occurs inside 'a -> 'b
|}]
let f x = x x;;
[%%expect {|
Line 1, characters 12-13:
1 | let f x = x x;;
                ^
Error: This expression has type 'a -> 'b
       but an expression was expected of type 'a
       The type variable 'a occurs inside 'a -> 'b
|}]
let f x = (x : int) ^ "a";;
[%%expect {|
Line 1, characters 10-19:
1 | let f x = (x : int) ^ "a";;
              ^^^^^^^^^
Error: This expression has type int but an expression was expected of type
         string
|}]
undefined_name;;
[%%expect {|
Line 1, characters 0-14:
1 | undefined_name;;
    ^^^^^^^^^^^^^^
Error: Unbound value undefined_name
|}]
Undefined;;
[%%expect {|
Line 1, characters 0-9:
1 | Undefined;;
    ^^^^^^^^^
Error: Unbound constructor Undefined
|}]
Nosuch.x;;
[%%expect {|
Line 1, characters 0-8:
1 | Nosuch.x;;
    ^^^^^^^^
Error: Unbound module Nosuch
|}]
List.nosuch;;
[%%expect {|
Line 1, characters 0-11:
1 | List.nosuch;;
    ^^^^^^^^^^^
Error: Unbound value List.nosuch
|}]
lenght;;
[%%expect {|
Line 1, characters 0-6:
1 | lenght;;
    ^^^^^^
Error: Unbound value lenght
Hint: Did you mean length?
|}]
lst;;
[%%expect {|
Line 1, characters 0-3:
1 | lst;;
    ^^^
Error: Unbound value lst
Hint: Did you mean fst, lsl or lsr?
|}]
prnit_endline;;
[%%expect {|
Line 1, characters 0-13:
1 | prnit_endline;;
    ^^^^^^^^^^^^^
Error: Unbound value prnit_endline
Hint: Did you mean print_endline?
|}]
