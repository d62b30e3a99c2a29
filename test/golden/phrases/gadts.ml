type _ t = Int : int -> int t | Bool : bool -> bool t;;
[%%expect {|
type _ t = Int : int -> int t | Bool : bool -> bool t
|}]
Int 1;;
[%%expect {|
- : int t = Int 1
|}]
Bool true;;
[%%expect {|
- : bool t = Bool true
|}]
let eval : type a. a t -> a = function Int n -> n | Bool b -> b;;
[%%expect {|
val eval : 'a t -> 'a = <fun>
|}]
eval (Int 3);;
[%%expect {|
- : int = 3
|}]
eval (Bool false);;
[%%expect {|
- : bool = false
|}]
type _ expr = Const : 'a -> 'a expr | Add : int expr * int expr -> int expr | If : bool expr * 'a expr * 'a expr -> 'a expr | Pair : 'a expr * 'b expr -> ('a * 'b) expr | Fst : ('a * 'b) expr -> 'a expr;;
[%%expect {|
type _ expr =
    Const : 'a -> 'a expr
  | Add : int expr * int expr -> int expr
  | If : bool expr * 'a expr * 'a expr -> 'a expr
  | Pair : 'a expr * 'b expr -> ('a * 'b) expr
  | Fst : ('a * 'b) expr -> 'a expr
|}]
Const 1;;
[%%expect {|
- : int expr = Const 1
|}]
Add (Const 1, Const 2);;
[%%expect {|
- : int expr = Add (Const 1, Const 2)
|}]
If (Const true, Const 1, Const 2);;
[%%expect {|
- : int expr = If (Const true, Const 1, Const 2)
|}]
Pair (Const 1, Const "a");;
[%%expect {|
- : (int * string) expr = Pair (Const 1, Const "a")
|}]
Fst (Pair (Const 1, Const "a"));;
[%%expect {|
- : int expr = Fst (Pair (Const 1, Const <poly>))
|}]
let rec eval : type a. a expr -> a = function Const c -> c | Add (a, b) -> eval a + eval b | If (c, a, b) -> if eval c then eval a else eval b | Pair (a, b) -> (eval a, eval b) | Fst p -> fst (eval p);;
[%%expect {|
val eval : 'a expr -> 'a = <fun>
|}]
eval (If (Const true, Add (Const 1, Const 2), Const 0));;
[%%expect {|
- : int = 3
|}]
type any = Any : 'a -> any;;
[%%expect {|
type any = Any : 'a -> any
|}]
Any 1;;
[%%expect {|
- : any = Any <poly>
|}]
[Any 1; Any "a"; Any None];;
[%%expect {|
- : any list = [Any <poly>; Any <poly>; Any <poly>]
|}]
type showable = Showable : 'a * ('a -> string) -> showable;;
[%%expect {|
type showable = Showable : 'a * ('a -> string) -> showable
|}]
Showable (1, string_of_int);;
[%%expect {|
- : showable = Showable (<poly>, <fun>)
|}]
let show (Showable (x, f)) = f x;;
[%%expect {|
val show : showable -> string = <fun>
|}]
show (Showable (1, string_of_int));;
[%%expect {|
- : string = "1"
|}]
List.map show [Showable (1, string_of_int); Showable (true, string_of_bool)];;
[%%expect {|
- : string list = ["1"; "true"]
|}]
let bad (Any x) = x;;
[%%expect {|
Line 1, characters 18-19:
1 | let bad (Any x) = x;;
                      ^
Error: This expression has type $Any_'a
       but an expression was expected of type 'a
       The type constructor $Any_'a would escape its scope
|}]
type zero = Z;;
[%%expect {|
type zero = Z
|}]
type 'a succ = S;;
[%%expect {|
type 'a succ = S
|}]
type (_, _) vec = Nil : ('a, zero) vec | Cons : 'a * ('a, 'n) vec -> ('a, 'n succ) vec;;
[%%expect {|
type (_, _) vec =
    Nil : ('a, zero) vec
  | Cons : 'a * ('a, 'n) vec -> ('a, 'n succ) vec
|}]
Nil;;
[%%expect {|
- : ('a, zero) vec = Nil
|}]
Cons (1, Nil);;
[%%expect {|
- : (int, zero succ) vec = Cons (1, Nil)
|}]
Cons (1, Cons (2, Nil));;
[%%expect {|
- : (int, zero succ succ) vec = Cons (1, Cons (2, Nil))
|}]
let head : type a n. (a, n succ) vec -> a = function Cons (x, _) -> x;;
[%%expect {|
val head : ('a, 'n succ) vec -> 'a = <fun>
|}]
head (Cons (1, Nil));;
[%%expect {|
- : int = 1
|}]
head Nil;;
[%%expect {|
Line 1, characters 5-8:
1 | head Nil;;
         ^^^
Error: This expression has type ('a, zero) vec
       but an expression was expected of type ('a, 'b succ) vec
       Type zero is not compatible with type 'b succ 
|}]
let rec to_list : type a n. (a, n) vec -> a list = function Nil -> [] | Cons (x, xs) -> x :: to_list xs;;
[%%expect {|
val to_list : ('a, 'n) vec -> 'a list = <fun>
|}]
to_list (Cons (1, Cons (2, Nil)));;
[%%expect {|
- : int list = [1; 2]
|}]
type (_, _) eq = Refl : ('a, 'a) eq;;
[%%expect {|
type (_, _) eq = Refl : ('a, 'a) eq
|}]
Refl;;
[%%expect {|
- : ('a, 'a) eq = Refl
|}]
let cast : type a b. (a, b) eq -> a -> b = fun Refl x -> x;;
[%%expect {|
val cast : ('a, 'b) eq -> 'a -> 'b = <fun>
|}]
cast Refl 1;;
[%%expect {|
- : int = 1
|}]
let f : type a. a t -> a = function Int n -> n;;
[%%expect {|
Line 1, characters 27-46:
1 | let f : type a. a t -> a = function Int n -> n;;
                               ^^^^^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
Bool _
val f : 'a t -> 'a = <fun>
|}]
let f : int t -> int = function Int n -> n;;
[%%expect {|
val f : int t -> int = <fun>
|}]
let f = function Int n -> n;;
[%%expect {|
val f : int t -> int = <fun>
|}]
let f : type a. a t -> string = function Int _ -> "i" | Bool _ -> "b";;
[%%expect {|
val f : 'a t -> string = <fun>
|}]
type ex = E : { x : 'a; show : 'a -> string } -> ex;;
[%%expect {|
type ex = E : { x : 'a; show : 'a -> string; } -> ex
|}]
E { x = 1; show = string_of_int };;
[%%expect {|
- : ex = E {x = <poly>; show = <fun>}
|}]
let f (E { x; show }) = show x;;
[%%expect {|
val f : ex -> string = <fun>
|}]
f (E { x = 1; show = string_of_int });;
[%%expect {|
- : string = "1"
|}]
type _ tag = Tint : int tag | Tlist : 'a tag -> 'a list tag;;
[%%expect {|
type _ tag = Tint : int tag | Tlist : 'a tag -> 'a list tag
|}]
Tlist Tint;;
[%%expect {|
- : int list tag = Tlist Tint
|}]
Tlist (Tlist Tint);;
[%%expect {|
- : int list list tag = Tlist (Tlist Tint)
|}]
type dyn = Dyn : 'a tag * 'a -> dyn;;
[%%expect {|
type dyn = Dyn : 'a tag * 'a -> dyn
|}]
Dyn (Tint, 3);;
[%%expect {|
- : dyn = Dyn (Tint, <poly>)
|}]
Dyn (Tlist Tint, [1]);;
[%%expect {|
- : dyn = Dyn (Tlist Tint, <poly>)
|}]
