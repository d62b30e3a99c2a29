class c = object method m = 1 end;;
[%%expect {|
class c : object method m : int end
|}]
class d = object inherit c method n = 2 end;;
[%%expect {|
class d : object method m : int method n : int end
|}]
new d;;
[%%expect {|
- : d = <obj>
|}]
(new d)#n;;
[%%expect {|
- : int = 2
|}]
(new c)#n;;
[%%expect {|
Line 1, characters 0-7:
1 | (new c)#n;;
    ^^^^^^^
Error: This expression has type c
       It has no method n
|}]
(new d :> c);;
[%%expect {|
- : c = <obj>
|}]
(new c :> d);;
[%%expect {|
Line 1, characters 0-12:
1 | (new c :> d);;
    ^^^^^^^^^^^^
Error: Type c = < m : int > is not a subtype of d = < m : int; n : int > 
       The first object type has no method n
|}]
class v = object method virtual m : int end;;
[%%expect {|
Line 1, characters 0-43:
1 | class v = object method virtual m : int end;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: This class should be virtual. The following methods are undefined : m
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
class w = object inherit v end;;
[%%expect {|
Line 1, characters 0-30:
1 | class w = object inherit v end;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: This class should be virtual. The following methods are undefined : m
|}]
class w = object inherit v method m = "a" end;;
[%%expect {|
Line 1, characters 38-41:
1 | class w = object inherit v method m = "a" end;;
                                          ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
class w = object inherit v method m = 3 end;;
[%%expect {|
class w : object method m : int method n : int end
|}]
class p x = object val x = x method x = x end;;
[%%expect {|
Line 1, characters 0-45:
1 | class p x = object val x = x method x = x end;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Some type variables are unbound in this type:
         class p : 'a -> object val x : 'a method x : 'a end
       The method x has type 'a where 'a is unbound
|}]
class p x = object val x : int = x method x = x end;;
[%%expect {|
class p : int -> object val x : int method x : int end
|}]
new p;;
[%%expect {|
- : int -> p = <fun>
|}]
new p 1;;
[%%expect {|
- : p = <obj>
|}]
new p "a";;
[%%expect {|
Line 1, characters 6-9:
1 | new p "a";;
          ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
(new p 1)#x;;
[%%expect {|
- : int = 1
|}]
new p 1 2;;
[%%expect {|
Line 1, characters 0-5:
1 | new p 1 2;;
    ^^^^^
Error: This function has type int -> p
       It is applied to too many arguments; maybe you forgot a `;'.
|}]
class ['a] box (x : 'a) = object val mutable x = x method get = x method set y = x <- y end;;
[%%expect {|
class ['a] box :
  'a -> object val mutable x : 'a method get : 'a method set : 'a -> unit end
|}]
let b = new box 1;;
[%%expect {|
val b : int box = <obj>
|}]
b#set "a";;
[%%expect {|
Line 1, characters 6-9:
1 | b#set "a";;
          ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
b#get;;
[%%expect {|
- : int = 1
|}]
new box [];;
[%%expect {|
- : '_weak1 list box = <obj>
|}]
class bad = object method m x = x end;;
[%%expect {|
Line 1, characters 0-37:
1 | class bad = object method m x = x end;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Some type variables are unbound in this type:
         class bad : object method m : 'a -> 'a end
       The method m has type 'a -> 'a where 'a is unbound
|}]
class ok = object method m : 'a. 'a -> 'a = fun x -> x end;;
[%%expect {|
class ok : object method m : 'a -> 'a end
|}]
(new ok)#m 1, (new ok)#m "a";;
[%%expect {|
- : int * string = (1, "a")
|}]
class bad = object method m : 'a. 'a -> 'a = fun x -> x + 1 end;;
[%%expect {|
Line 1, characters 45-59:
1 | class bad = object method m : 'a. 'a -> 'a = fun x -> x + 1 end;;
                                                 ^^^^^^^^^^^^^^
Error: This method has type int -> int which is less general than
         'a. 'a -> 'a
|}]
class s = object (self) method m = self#n method n = self#q end;;
[%%expect {|
Line 1, characters 53-59:
1 | class s = object (self) method m = self#n method n = self#q end;;
                                                         ^^^^^^
Warning 17 [undeclared-virtual-method]: the virtual method q is not declared.
Line 1, characters 0-63:
1 | class s = object (self) method m = self#n method n = self#q end;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: This class should be virtual. The following methods are undefined : q
|}]
class s = object (self : 'a) method m : 'a = self end;;
[%%expect {|
class s : object ('a) method m : 'a end
|}]
(new s)#m#m;;
[%%expect {|
- : s = <obj>
|}]
class t = object inherit c method m = "x" end;;
[%%expect {|
Line 1, characters 38-41:
1 | class t = object inherit c method m = "x" end;;
                                          ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
class t = object inherit c method! m = 5 end;;
[%%expect {|
class t : object method m : int end
|}]
class t = object method! m = 5 end;;
[%%expect {|
Line 1, characters 17-30:
1 | class t = object method! m = 5 end;;
                     ^^^^^^^^^^^^^
Error: The method `m' has no previous definition
|}]
class t = object inherit c inherit c end;;
[%%expect {|
class t : object method m : int end
|}]
class t = object inherit d as super method n = super#n + super#m end;;
[%%expect {|
class t : object method m : int method n : int end
|}]
(new t)#n;;
[%%expect {|
- : int = 3
|}]
class t = object inherit nope end;;
[%%expect {|
Line 1, characters 25-29:
1 | class t = object inherit nope end;;
                             ^^^^
Error: Unbound class nope
|}]
class t = object val mutable x = 1 method m = x <- "a" end;;
[%%expect {|
Line 1, characters 51-54:
1 | class t = object val mutable x = 1 method m = x <- "a" end;;
                                                       ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
class t = object val x = 1 method m = x <- 2 end;;
[%%expect {|
Line 1, characters 38-44:
1 | class t = object val x = 1 method m = x <- 2 end;;
                                          ^^^^^^
Error: The instance variable x is not mutable
|}]
class t = object val x = 1 method m = y end;;
[%%expect {|
Line 1, characters 38-39:
1 | class t = object val x = 1 method m = y end;;
                                          ^
Error: Unbound value y
|}]
class t = object (self) method private p = 1 method q = self#p end;;
[%%expect {|
class t : object method private p : int method q : int end
|}]
(new t)#p;;
[%%expect {|
Line 1, characters 0-7:
1 | (new t)#p;;
    ^^^^^^^
Error: This expression has type t
       It has no method p
|}]
(new t)#q;;
[%%expect {|
- : int = 1
|}]
class t = object initializer print_string "made " end;;
[%%expect {|
class t : object  end
|}]
new t;;
[%%expect {|
made - : t = <obj>
|}]
object method x = 1 end;;
[%%expect {|
- : < x : int > = <obj>
|}]
let o = object (self) val mutable n = 0 method incr = n <- n + 1; self#n method n = n end;;
[%%expect {|
val o : < incr : int; n : int > = <obj>
|}]
o#incr;;
[%%expect {|
- : int = 1
|}]
o#incr;;
[%%expect {|
- : int = 2
|}]
o#decr;;
[%%expect {|
Line 1, characters 0-1:
1 | o#decr;;
    ^
Error: This expression has type < incr : int; n : int >
       It has no method decr
|}]
let f o = o#a + o#b;;
[%%expect {|
val f : < a : int; b : int; .. > -> int = <fun>
|}]
f o;;
[%%expect {|
Line 1, characters 2-3:
1 | f o;;
      ^
Error: This expression has type < incr : int; n : int >
       but an expression was expected of type < a : int; b : int; .. >
       The first object type has no method a
|}]
f (object method a = 1 method b = 2 method c = 3 end);;
[%%expect {|
- : int = 3
|}]
let f (o : < a : int >) = o#a;;
[%%expect {|
val f : < a : int > -> int = <fun>
|}]
f (object method a = 1 method b = 2 end);;
[%%expect {|
Line 1, characters 2-40:
1 | f (object method a = 1 method b = 2 end);;
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: This expression has type < a : int; b : int >
       but an expression was expected of type < a : int >
       The second object type has no method b
|}]
f (object method a = 1 method b = 2 end :> < a : int >);;
[%%expect {|
- : int = 1
|}]
f (object method a = "s" end);;
[%%expect {|
Line 1, characters 2-29:
1 | f (object method a = "s" end);;
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: This expression has type < a : string >
       but an expression was expected of type < a : int >
       Types for method a are incompatible
|}]
let g o = (o : < a : int; .. >)#b;;
[%%expect {|
val g : < a : int; b : 'a; .. > -> 'a = <fun>
|}]
[ object method a = 1 end; object method a = 2 end ];;
[%%expect {|
- : < a : int > list = [<obj>; <obj>]
|}]
class type ct = object method m : int end;;
[%%expect {|
class type ct = object method m : int end
|}]
(new d :> ct);;
[%%expect {|
- : ct = <obj>
|}]
let h (x : #ct) = x#m;;
[%%expect {|
val h : #ct -> int = <fun>
|}]
h (new d);;
[%%expect {|
- : int = 1
|}]
h o;;
[%%expect {|
Line 1, characters 2-3:
1 | h o;;
      ^
Error: This expression has type < incr : int; n : int >
       but an expression was expected of type #ct
       The first object type has no method m
|}]
class i : ct = object method m = 1 method n = 2 end;;
[%%expect {|
Line 1, characters 15-51:
1 | class i : ct = object method m = 1 method n = 2 end;;
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: The class type object method m : int method n : int end
       is not matched by the class type ct
       The public method n cannot be hidden
|}]
class i : ct = object val x = 1 method m = x end;;
[%%expect {|
class i : ct
|}]
class type ct2 = object inherit ct method n : string end;;
[%%expect {|
class type ct2 = object method m : int method n : string end
|}]
class j = object (self : #ct2) method m = String.length self#n method n = "abc" end;;
[%%expect {|
class j : object method m : int method n : string end
|}]
class virtual j = object (self : #ct2) method m = String.length self#n method virtual n : string end;;
[%%expect {|
class virtual j : object method m : int method virtual n : string end
|}]
class virtual ['a] k = object method virtual x : 'a method y : 'a list = [] end;;
[%%expect {|
class virtual ['a] k : object method virtual x : 'a method y : 'a list end
|}]
class l = object inherit [int] k method x = 1 end;;
[%%expect {|
class l : object method x : int method y : int list end
|}]
class l = object inherit k method x = 1 end;;
[%%expect {|
Line 1, characters 25-26:
1 | class l = object inherit k method x = 1 end;;
                             ^
Error: The class constructor k expects 1 type argument(s),
       but is here applied to 0 type argument(s)
|}]
class l = object inherit [int, bool] k method x = 1 end;;
[%%expect {|
Line 1, characters 25-38:
1 | class l = object inherit [int, bool] k method x = 1 end;;
                             ^^^^^^^^^^^^^
Error: The class constructor k expects 1 type argument(s),
       but is here applied to 2 type argument(s)
|}]
class l = object inherit [int] k method x = "a" end;;
[%%expect {|
Line 1, characters 44-47:
1 | class l = object inherit [int] k method x = "a" end;;
                                                ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
class ['a] m = object constraint 'a = #c method f (x : 'a) = x#m end;;
[%%expect {|
class ['a] m : object constraint 'a = #c method f : 'a -> int end
|}]
(new m)#f (new d);;
[%%expect {|
- : int = 1
|}]
(new m)#f 1;;
[%%expect {|
Line 1, characters 10-11:
1 | (new m)#f 1;;
              ^
Error: This expression has type int but an expression was expected of type #c
|}]
class a1 = object method b = new b1 end and b1 = object method a = new a1 end;;
[%%expect {|
class a1 : object method b : b1 end
and b1 : object method a : a1 end
|}]
class a1 = object method b : b1 option = None end and b1 = object method a = new a1 end;;
[%%expect {|
class a1 : object method b : b1 option end
and b1 : object method a : a1 end
|}]
((new b1)#a#b = None);;
[%%expect {|
- : bool = true
|}]
class n = let x = ref 0 in object method tick = incr x; !x end;;
[%%expect {|
class n : object method tick : int end
|}]
(new n)#tick + (new n)#tick;;
[%%expect {|
- : int = 3
|}]
class q ?(x = 1) ~y () = object method sum = x + y end;;
[%%expect {|
class q : ?x:int -> y:int -> unit -> object method sum : int end
|}]
new q ~y:2 ();;
[%%expect {|
- : q = <obj>
|}]
new q;;
[%%expect {|
- : ?x:int -> y:int -> unit -> q = <fun>
|}]
(new q ~x:5 ~y:2 ())#sum;;
[%%expect {|
- : int = 7
|}]
class fu = fun x -> object method x : int = x end;;
[%%expect {|
class fu : int -> object method x : int end
|}]
class co = object val x = 1 method with_x y = {< x = y >} method x = x end;;
[%%expect {|
class co :
  object ('a) val x : int method with_x : int -> 'a method x : int end
|}]
((new co)#with_x 5)#x;;
[%%expect {|
- : int = 5
|}]
class co = object val x = 1 method bad = {< y = 2 >} end;;
[%%expect {|
Line 1, characters 41-52:
1 | class co = object val x = 1 method bad = {< y = 2 >} end;;
                                             ^^^^^^^^^^^
Error: Unbound instance variable y
|}]
class co = object val x = 1 method bad = {< x = "a" >} end;;
[%%expect {|
Line 1, characters 48-51:
1 | class co = object val x = 1 method bad = {< x = "a" >} end;;
                                                    ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
object method m = {< >} end;;
[%%expect {|
- : < m : 'a > as 'a = <obj>
|}]
Oo.copy o;;
[%%expect {|
- : < incr : int; n : int > = <obj>
|}]
(new c) = (new c);;
[%%expect {|
- : bool = false
|}]
let c1 = new c in c1 = c1;;
[%%expect {|
- : bool = true
|}]
(fun (x : c) -> x#m) (new d);;
[%%expect {|
Line 1, characters 21-28:
1 | (fun (x : c) -> x#m) (new d);;
                         ^^^^^^^
Error: This expression has type d but an expression was expected of type c
       The second object type has no method n
|}]
(fun (x : #c) -> x#m) (new d);;
[%%expect {|
- : int = 1
|}]
(fun x -> (x :> c)) (new d);;
[%%expect {|
- : c = <obj>
|}]
(fun x -> (x : d :> c)) (new d);;
[%%expect {|
- : c = <obj>
|}]
type t = < m : int; n : string >;;
[%%expect {|
type t = < m : int; n : string >
|}]
let t : t = object method m = 1 method n = "n" end;;
[%%expect {|
val t : t = <obj>
|}]
(t : < m : int; .. >);;
[%%expect {|
- : < m : int; n : string > = <obj>
|}]
(t :> < m : int >);;
[%%expect {|
- : < m : int > = <obj>
|}]
(t :> < z : int >);;
[%%expect {|
Line 1, characters 0-18:
1 | (t :> < z : int >);;
    ^^^^^^^^^^^^^^^^^^
Error: Type t = < m : int; n : string > is not a subtype of < z : int > 
       The first object type has no method z
|}]
type 'a o = < a : 'a; .. > as 'b;;
[%%expect {|
Line 1, characters 0-32:
1 | type 'a o = < a : 'a; .. > as 'b;;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: A type variable is unbound in this type declaration.
       In type < a : 'a; .. > as 'b the variable 'b is unbound
|}]
let self_ret = object (s) method me = s end;;
[%%expect {|
val self_ret : < me : 'a > as 'a = <obj>
|}]
self_ret#me#me == self_ret;;
[%%expect {|
- : bool = true
|}]
new nope;;
[%%expect {|
Line 1, characters 4-8:
1 | new nope;;
        ^^^^
Error: Unbound class nope
|}]
c#m;;
[%%expect {|
Line 1, characters 0-1:
1 | c#m;;
    ^
Error: Unbound value c
|}]
1#m;;
[%%expect {|
Line 1, characters 0-1:
1 | 1#m;;
    ^
Error: This expression has type int
       It has no method m
|}]
"a"#length;;
[%%expect {|
Line 1, characters 0-3:
1 | "a"#length;;
    ^^^
Error: This expression has type string
       It has no method length
|}]
class r = object method m x y = x + y end;;
[%%expect {|
class r : object method m : int -> int -> int end
|}]
(new r)#m 1;;
[%%expect {|
- : int -> int = <fun>
|}]
(new r)#m 1 2 3;;
[%%expect {|
Line 1, characters 0-9:
1 | (new r)#m 1 2 3;;
    ^^^^^^^^^
Error: This function has type int -> int -> int
       It is applied to too many arguments; maybe you forgot a `;'.
|}]
(new r)#m "a";;
[%%expect {|
Line 1, characters 10-13:
1 | (new r)#m "a";;
              ^^^
Error: This expression has type string but an expression was expected of type
         int
|}]
class virtual vv = object val virtual x : int method get = x end;;
[%%expect {|
class virtual vv : object val virtual x : int method get : int end
|}]
class vx = object inherit vv val x = 5 end;;
[%%expect {|
class vx : object val x : int method get : int end
|}]
class vx = object inherit vv val x = "a" end;;
[%%expect {|
Line 1, characters 29-40:
1 | class vx = object inherit vv val x = "a" end;;
                                 ^^^^^^^^^^^
Error: The instance variable x has type string but is expected to have type
         int
|}]
(new vx)#get;;
[%%expect {|
- : int = 5
|}]
class dup = object method m = 1 method m = 2 end;;
[%%expect {|
Line 1, characters 32-44:
1 | class dup = object method m = 1 method m = 2 end;;
                                    ^^^^^^^^^^^^
Error: The method `m' has multiple definitions in this object
|}]
class dup = object val x = 1 val x = 2 method x = x end;;
[%%expect {|
Line 1, characters 29-38:
1 | class dup = object val x = 1 val x = 2 method x = x end;;
                                 ^^^^^^^^^
Error: The instance variable `x' has multiple definitions in this object
|}]
class type bad = object method m : nope end;;
[%%expect {|
Line 1, characters 35-39:
1 | class type bad = object method m : nope end;;
                                       ^^^^
Error: Unbound type constructor nope
|}]
class c2 (x : nope) = object end;;
[%%expect {|
Line 1, characters 14-18:
1 | class c2 (x : nope) = object end;;
                  ^^^^
Error: Unbound type constructor nope
|}]
class c3 = (object method a = 1 method b = 2 end : object method a : int end);;
[%%expect {|
Line 1, characters 12-48:
1 | class c3 = (object method a = 1 method b = 2 end : object method a : int end);;
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: The class type object method a : int method b : int end
       is not matched by the class type object method a : int end
       The public method b cannot be hidden
|}]
(new c3)#b;;
[%%expect {|
Line 1, characters 5-7:
1 | (new c3)#b;;
         ^^
Error: Unbound class c3
|}]
