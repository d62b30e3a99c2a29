let def echo x = print_int x; ;;
[%%expect {|
val echo : <<int>> = chan
|}]
let def print! x = print_int x; reply;;
[%%expect {|
val print : int => unit = chan
|}]
print 1; print 2;;
[%%expect {|
12- : unit = ()
|}]
let def twice f = spawn { f () | f () }; ;;
[%%expect {|
val twice : << <<unit>> >> = chan
|}]
let def fruit f | cake c = print_string (f ^ " " ^ c); print_newline (); ;;
[%%expect {|
val fruit : <<string>> = chan
val cake : <<string>> = chan
|}]
let def apple! () | pie! () = reply "apple" to apple | reply "apple pie" to pie
or raspberry! () | pie! () = reply "raspberry" to raspberry | reply "raspberry pie" to pie;;
[%%expect {|
val apple : unit => string = chan
val pie : unit => string = chan
val raspberry : unit => string = chan
|}]
let def join1! () | join2! () = reply to join1 | reply to join2;;
[%%expect {|
val join1 : unit => unit = chan
val join2 : unit => unit = chan
|}]
let new_cell () = let def get! () | put v = reply v to get in get, put;;
[%%expect {|
val new_cell : unit -> (unit => 'a) * <<'a>> = <fun>
|}]
let def new_cell! x =
  let def get! () | state x = state x | reply x to get
  or put! y | state _ = state y | reply to put in
  { state x | reply get, put };;
[%%expect {|
val new_cell : 'a => (unit => 'a) * ('a => unit) = chan
|}]
let get, put = new_cell "hello ";;
[%%expect {|
val get : unit -> string = <fun>
val put : string -> unit = <fun>
|}]
print_string (get ()); put "world"; print_string (get ()); print_newline ();;
[%%expect {|
hello world
- : unit = ()
|}]
let new_mutex () =
  let def free () | lock! () = reply to lock
  and unlock! () = free () | reply to unlock in
  spawn { free () }; lock, unlock;;
[%%expect {|
val new_mutex : unit -> (unit => unit) * (unit => unit) = <fun>
|}]
let lock, unlock = new_mutex ();;
[%%expect {|
val lock : unit -> unit = <fun>
val unlock : unit -> unit = <fun>
|}]
lock (); unlock (); lock (); print_string "mine";;
[%%expect {|
mine- : unit = ()
|}]
let def create_counter! () =
  let def count n | inc! () = count (n + 1) | reply to inc
  or count n | value! () = count n | reply n to value in
  { count 0 | reply inc, value };;
[%%expect {|
val create_counter : unit => (unit => unit) * (unit => int) = chan
|}]
let inc, value = create_counter () in inc (); inc (); value ();;
[%%expect {|
- : int = 2
|}]
let def fib! n = if n < 2 then reply n else reply fib (n - 1) + fib (n - 2);;
[%%expect {|
val fib : int => int = chan
|}]
fib 10;;
[%%expect {|
- : int = 55
|}]
let rec_sum = let def sum! l = match l with [] -> reply 0 | x :: l -> reply x + sum l in sum;;
[%%expect {|
val rec_sum : int list -> int = <fun>
|}]
rec_sum [1; 2; 3];;
[%%expect {|
- : int = 6
|}]
let def port! (Some x) = reply x;;
[%%expect {|
Line 1, characters 8-12:
1 | let def port! (Some x) = reply x;;
            ^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
None
val port : 'a option => 'a = chan
|}]
port None;;
[%%expect {|
Exception: Match_failure ("//toplevel//", 1, 14).
|}]
