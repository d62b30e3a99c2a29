exception Refused of int;;
[%%expect {|
exception Refused of int
|}]
let def f! x = if x < 0 then raise (Refused x); reply x;;
[%%expect {|
val f : int => int = chan
|}]
f 1;;
[%%expect {|
- : int = 1
|}]
f (-1);;
[%%expect {|
Exception: Refused (-1).
|}]
try f (-2) with Refused x -> x;;
[%%expect {|
- : int = -2
|}]
let def a! () | b! () = { raise (Refused 1); reply to a } | reply to b;;
[%%expect {|
Line 1, characters 26-43:
1 | let def a! () | b! () = { raise (Refused 1); reply to a } | reply to b;;
                              ^^^^^^^^^^^^^^^^^
Warning 21 [nonreturning-statement]: this statement never returns (or has an unsound type.)
val a : unit => unit = chan
val b : unit => unit = chan
|}]
let def both! (f, g) =
  let def done1 x | done2 y | wait! () = reply (x, y) to wait in
  spawn { done1 (f ()) | done2 (g ()) };
  reply wait ();;
[%%expect {|
val both : (unit -> 'a) * (unit -> 'b) => 'a * 'b = chan
|}]
both ((fun () -> 1), fun () -> try f (-3) with Refused x -> x);;
[%%expect {|
- : int * int = (1, -3)
|}]
let def lonely x = if x > 0 then failwith "nobody hears this"; ;;
[%%expect {|
val lonely : <<int>> = chan
|}]
