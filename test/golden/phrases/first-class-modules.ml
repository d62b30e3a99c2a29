module type S = sig type t val x : t end;;
[%%expect {|
module type S = sig type t val x : t end
|}]
let m = (module struct type t = int let x = 1 end : S);;
[%%expect {|
val m : (module S) = <module>
|}]
let (module Y) = m in Y.x;;
[%%expect {|
Line 1, characters 22-25:
1 | let (module Y) = m in Y.x;;
                          ^^^
Error: This expression has type Y.t but an expression was expected of type 'a
       The type constructor Y.t would escape its scope
|}]
match m with (module Y) -> Y.x;;
[%%expect {|
Line 1, characters 27-30:
1 | match m with (module Y) -> Y.x;;
                               ^^^
Error: This expression has type Y.t but an expression was expected of type 'a
       The type constructor Y.t would escape its scope
|}]
(fun (module Y : S) -> Y.x) m;;
[%%expect {|
Line 1, characters 23-26:
1 | (fun (module Y : S) -> Y.x) m;;
                           ^^^
Error: This expression has type Y.t but an expression was expected of type 'a
       The type constructor Y.t would escape its scope
|}]
let f = fun (module Y : S) -> Y.x;;
[%%expect {|
Line 1, characters 30-33:
1 | let f = fun (module Y : S) -> Y.x;;
                                  ^^^
Error: This expression has type Y.t but an expression was expected of type 'a
       The type constructor Y.t would escape its scope
|}]
let (module Y : S) = m in [ Y.x ];;
[%%expect {|
Line 1, characters 28-31:
1 | let (module Y : S) = m in [ Y.x ];;
                                ^^^
Error: This expression has type Y.t but an expression was expected of type 'a
       The type constructor Y.t would escape its scope
|}]
let module Y = (val m) in Y.x;;
[%%expect {|
Line 1, characters 26-29:
1 | let module Y = (val m) in Y.x;;
                              ^^^
Error: This expression has type Y.t but an expression was expected of type 'a
       The type constructor Y.t would escape its scope
|}]
let g () = let (module Y : S) = m in ignore Y.x; Y.x;;
[%%expect {|
Line 1, characters 49-52:
1 | let g () = let (module Y : S) = m in ignore Y.x; Y.x;;
                                                     ^^^
Error: This expression has type Y.t but an expression was expected of type 'a
       The type constructor Y.t would escape its scope
|}]
let z = (module struct type t = int let x = 1 end : S with type t = int);;
[%%expect {|
val z : (module S with type t = int) = <module>
|}]
(z :> (module S));;
[%%expect {|
- : (module S) = <module>
|}]
(m :> (module S with type t = int));;
[%%expect {|
Line 1, characters 0-35:
1 | (m :> (module S with type t = int));;
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: Type (module S) is not a subtype of (module S with type t = int) 
|}]
let f x = let (module Y : S with type t = int) = x in Y.x + 1;;
[%%expect {|
val f : (module S with type t = int) -> int = <fun>
|}]
f z;;
[%%expect {|
- : int = 2
|}]
let g () = let (module Y) = z and n = 3 in Y.x + n;;
[%%expect {|
val g : unit -> int = <fun>
|}]
g ();;
[%%expect {|
- : int = 4
|}]
let h (type a) (v : (module S with type t = a)) : a = let (module Y) = v in Y.x;;
[%%expect {|
val h : (module S with type t = 'a) -> 'a = <fun>
|}]
h z;;
[%%expect {|
- : int = 1
|}]
let (module Y) = m;;
[%%expect {|
Line 1, characters 4-14:
1 | let (module Y) = m;;
        ^^^^^^^^^^
Error: Modules are not allowed in this pattern.
|}]
