let x = 1 + 2;;
[%%expect {|
val x : int = 3
|}]
let f y = y
  + 1;;
[%%expect {|
val f : int -> int = <fun>
|}]
1 + "a";;
[%%expect {|
Line 1, characters 4-7:
1 | 1 + "a";;
        ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
let y = 1 let z = 2;;
[%%expect {|
val y : int = 1
val z : int = 2
|}]
raise Not_found;;
[%%expect {|
Exception: Not_found.
|}]
let = 3;;
[%%expect {|
Line 1, characters 4-5:
1 | let = 3;;
        ^
Error: Syntax error
|}]
match Some 1 with None -> 2;;
[%%expect {|
Line 1, characters 0-27:
1 | match Some 1 with None -> 2;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
Some _
Exception: Match_failure ("//toplevel//", 1, 0).
|}]
