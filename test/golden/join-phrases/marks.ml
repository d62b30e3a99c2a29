let def new_cell! x =
  let def state s | put! v = state v | reply to put
  or state s | get! () = state s | reply s to get in
  state x | reply get, put;;
[%%expect {|
val new_cell : 'a => (unit => 'a) * ('a => unit) = chan
|}]
let get, put = new_cell "hello world";;
[%%expect {|
val get : unit -> string = <fun>
val put : string -> unit = <fun>
|}]
print_string (get ());;
[%%expect {|
hello world- : unit = ()
|}]
let cell = new_cell 1;;
[%%expect {|
val cell : (unit => int) * (int => unit) = (chan, chan)
|}]
let f! x = x;;
[%%expect {|
Line 1, characters 5-6:
1 | let f! x = x;;
         ^
Error: Syntax error
|}]
let def f x = reply x;;
[%%expect {|
Line 1, characters 14-21:
1 | let def f x = reply x;;
                  ^^^^^^^
Error: This process replies to f, which is not marked as synchronous
Hint: write `f!' in the join pattern
|}]
let def f! x = 0;;
[%%expect {|
Line 1, characters 8-12:
1 | let def f! x = 0;;
            ^^^^
Error: The channel f is marked as synchronous, but nothing replies to it
Hint: reply to f in this process, or leave out the "!"
|}]
let def twice f = { f () | f () };;
[%%expect {|
val twice : << <<unit>> >> = chan
|}]
