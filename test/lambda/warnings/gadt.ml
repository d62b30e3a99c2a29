type _ g = I : int g | F : float g | S : string g | L : 'a g -> 'a list g
let g14 : int g -> int = function I -> 1
let g15 : type a. a g -> a g -> int = fun x y -> match x, y with I, I -> 1 | F, F -> 2 | S, S -> 3
let g16 : type a. a g -> a -> int = fun x y -> match x, y with I, 3 -> 1 | F, _ -> 2 | S, "" -> 3
type z = Z and 's s = S
type ('a, _) vec = Nil : ('a, z) vec | Cons : 'a * ('a, 'n) vec -> ('a, 'n s) vec
let g19 : type n. ('a, n s) vec -> 'a = function Cons (x, _) -> x
let rec g20 : type n. ('a, n) vec -> ('b, n) vec -> int = fun a b -> match a, b with Nil, Nil -> 1 | Cons (_, a), Cons (_, b) -> 3
let g21 : (int g * int) -> int = function (I, 1) -> 1
let g31 : type a. a g -> int = function I -> 1 | F -> 3
