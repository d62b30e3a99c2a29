def put(x) & get() = reply x to get;;
[%%expect {|
val put : <<'_weak1>> = chan
val get : unit => '_weak1 = chan
|}]
let f = get;;
[%%expect {|
val f : unit -> '_weak1 = <fun>
|}]
spawn put(1);;
[%%expect {|
- : unit = ()
|}]
get;;
[%%expect {|
- : unit => int = chan
|}]
put;;
[%%expect {|
- : <<int>> = chan
|}]
f ();;
[%%expect {|
- : int = 1
|}]
get;;
[%%expect {|
- : unit => int = chan
|}]
def a() = 0 and b(x) = reply x to b;;
[%%expect {|
val a : <<unit>> = chan
val b : 'a => 'a = chan
|}]
b;;
[%%expect {|
- : 'a => 'a = chan
|}]
[b; b];;
[%%expect {|
- : ('a => 'a) list = [chan; chan]
|}]
let g : int => int = b;;
[%%expect {|
val g : int => int = chan
|}]
[succ; b];;
[%%expect {|
- : (int -> int) list = [<fun>; <fun>]
|}]
def g(x) = print_int x;;
[%%expect {|
Line 1, characters 11-22:
1 | def g(x) = print_int x;;
               ^^^^^^^^^^^
Error: This is the application of a function, not a process
Hint: put a semicolon and what comes then behind it: `e; P', or `e; 0' when nothing does (e has type unit)
|}]
spawn put("a");;
[%%expect {|
Line 1, characters 9-14:
1 | spawn put("a");;
             ^^^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
put(2);;
[%%expect {|
Line 1, characters 0-3:
1 | put(2);;
    ^^^
Error: This expression has type <<int>>
       This is not a function; it cannot be applied.
Hint: a message to an asynchronous channel is a process: write `spawn { … }' in an expression, `&' between processes
|}]
def h(Some x) = reply x to h;;
[%%expect {|
Line 1, characters 4-5:
1 | def h(Some x) = reply x to h;;
        ^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
val h : 'a option => 'a = chan
|}]
h None;;
[%%expect {|
Exception: Match_failure ("//toplevel//", 1, 5).
|}]
let spawn f = f ();;
[%%expect {|
val spawn : (unit -> 'a) -> 'a = <fun>
|}]
spawn (fun () -> 1);;
[%%expect {|
- : int = 1
|}]
type 'a cell = { get : unit => 'a; put : <<'a>> };;
[%%expect {|
type 'a cell = { get : unit => 'a; put : <<'a>>; }
|}]
{ get; put };;
[%%expect {|
- : int cell = {get = chan; put = chan}
|}]
def f(x) = if x then reply 1 to f;;
[%%expect {|
Line 1, characters 11-33:
1 | def f(x) = if x then reply 1 to f;;
               ^^^^^^^^^^^^^^^^^^^^^^
Error: The reply to f is missing when this condition is false
Hint: add `else' with a reply to f
|}]
def f(x) = a(x) & print_int 1; 0;;
[%%expect {|
Line 1, characters 29-30:
1 | def f(x) = a(x) & print_int 1; 0;;
                                 ^
Error: Syntax error: an expression stands before ";", not a process
Hint: `&' binds tighter than `;': put braces around what follows it, as in `P & { e; Q }'
|}]
