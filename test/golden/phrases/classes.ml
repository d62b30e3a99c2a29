class point x = object val mutable x = x method get = x method move d = x <- x + d end;;
[%%expect {|
class point :
  int ->
  object val mutable x : int method get : int method move : int -> unit end
|}]
new point 3;;
[%%expect {|
- : point = <obj>
|}]
let p = new point 3;;
[%%expect {|
val p : point = <obj>
|}]
p#move 2;;
[%%expect {|
- : unit = ()
|}]
p#get;;
[%%expect {|
- : int = 5
|}]
p#nosuch;;
[%%expect {|
Line 1, characters 0-1:
1 | p#nosuch;;
    ^
Error: This expression has type point
       It has no method nosuch
|}]
[p; p];;
[%%expect {|
- : point list = [<obj>; <obj>]
|}]
let o = object method x = 1 end;;
[%%expect {|
val o : < x : int > = <obj>
|}]
o#x;;
[%%expect {|
- : int = 1
|}]
object end;;
[%%expect {|
- : <  > = <obj>
|}]
new nosuch;;
[%%expect {|
Line 1, characters 4-10:
1 | new nosuch;;
        ^^^^^^
Error: Unbound class nosuch
|}]
class type ct = object method m : int end;;
[%%expect {|
class type ct = object method m : int end
|}]
class virtual v = object method virtual m : int method n = 1 end;;
[%%expect {|
class virtual v : object method virtual m : int method n : int end
|}]
new v;;
[%%expect {|
Line 1, characters 0-5:
1 | new v;;
    ^^^^^
Error: Cannot instantiate the virtual class v
|}]
class w = object inherit v method m = 2 end;;
[%%expect {|
class w : object method m : int method n : int end
|}]
(new w)#m;;
[%%expect {|
- : int = 2
|}]
class ['a] stack = object val mutable l : 'a list = [] method push x = l <- x :: l method pop = match l with [] -> failwith "empty" | x :: r -> l <- r; x end;;
[%%expect {|
class ['a] stack :
  object val mutable l : 'a list method pop : 'a method push : 'a -> unit end
|}]
let s = new stack;;
[%%expect {|
val s : '_weak1 stack = <obj>
|}]
s#push 1;;
[%%expect {|
- : unit = ()
|}]
s;;
[%%expect {|
- : int stack = <obj>
|}]
s#pop;;
[%%expect {|
- : int = 1
|}]
s#pop;;
[%%expect {|
Exception: Failure "empty".
|}]
let f o = o#m;;
[%%expect {|
val f : < m : 'a; .. > -> 'a = <fun>
|}]
f (new w);;
[%%expect {|
- : int = 2
|}]
let g (o : < m : int; .. >) = o#m;;
[%%expect {|
val g : < m : int; .. > -> int = <fun>
|}]
let h (o : < m : int >) = o#m;;
[%%expect {|
val h : < m : int > -> int = <fun>
|}]
h (new w);;
[%%expect {|
Line 1, characters 2-9:
1 | h (new w);;
      ^^^^^^^
Error: This expression has type w but an expression was expected of type
         < m : int >
       The second object type has no method n
|}]
(new w :> v);;
[%%expect {|
- : v = <obj>
|}]
(new w :> ct);;
[%%expect {|
- : ct = <obj>
|}]
class c = object (self) method a = 1 method b = self#a + 1 end;;
[%%expect {|
class c : object method a : int method b : int end
|}]
(new c)#b;;
[%%expect {|
- : int = 2
|}]
class d = object inherit c as super method a = super#a * 10 end;;
[%%expect {|
class d : object method a : int method b : int end
|}]
(new d)#b;;
[%%expect {|
- : int = 11
|}]
class e ~x ?(y = 2) () = object method sum = x + y end;;
[%%expect {|
class e : x:int -> ?y:int -> unit -> object method sum : int end
|}]
(new e ~x:1 ())#sum;;
[%%expect {|
- : int = 3
|}]
let counter = object val mutable n = 0 method incr = n <- n + 1; n end;;
[%%expect {|
val counter : < incr : int > = <obj>
|}]
counter#incr, counter#incr;;
[%%expect {|
- : int * int = (2, 1)
|}]
class type printable = object method print : string end;;
[%%expect {|
class type printable = object method print : string end
|}]
let pr (x : #printable) = x#print;;
[%%expect {|
val pr : #printable -> string = <fun>
|}]
pr (object method print = "hi" method other = 1 end);;
[%%expect {|
- : string = "hi"
|}]
pr (object method other = 1 end);;
[%%expect {|
Line 1, characters 3-32:
1 | pr (object method other = 1 end);;
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: This expression has type < other : int >
       but an expression was expected of type #printable
       The first object type has no method print
|}]
class copy = object val x = 1 method set y = {< x = y >} method x = x end;;
[%%expect {|
class copy :
  object ('a) val x : int method set : int -> 'a method x : int end
|}]
((new copy)#set 5)#x;;
[%%expect {|
- : int = 5
|}]
x <- 1;;
[%%expect {|
Line 1, characters 0-6:
1 | x <- 1;;
    ^^^^^^
Error: Unbound instance variable x
|}]
class bad = object method m = undefined_thing end;;
[%%expect {|
Line 1, characters 30-45:
1 | class bad = object method m = undefined_thing end;;
                                  ^^^^^^^^^^^^^^^
Error: Unbound value undefined_thing
|}]
class a1 = object method m : a2 option = None end and a2 = object method n : a1 option = None end;;
[%%expect {|
class a1 : object method m : a2 option end
and a2 : object method n : a1 option end
|}]
(new a1)#m;;
[%%expect {|
- : a2 option = None
|}]
