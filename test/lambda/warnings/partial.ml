type t = A | B | C of int | D of t * t
let f1 = function (true, true) -> 1
let f2 = function (A, A) -> 1 | (B, _) -> 2
let f3 = function A -> 1
let f4 = function D (A, B) -> 1
let f5 = function 0 -> 1 | 1 -> 2
let f6 = function 'a' -> 1 | 'b' .. 'd' -> 3
let f7 = function "" -> 1 | "*" -> 2
let f8 = function 0. -> 1
let f9 = function [] -> 1 | [x] -> 2 | 1 :: 2 :: _ -> 4
let f10 = function [||] -> 1 | [|1|] -> 2
let f11 = function `A -> 1 | `B 2 -> 3
let f12 (x : [> `A | `B ]) = match x with `A -> 1
type r = {a : int; b : bool; c : t}
let f13 = function {a = 1; _} -> 1
let f14 = function {b = true; c = A} -> 1
let f15 = function Some (Some x) -> 1 | None -> 2
let f16 x = match x with n when n > 1 -> 1
let f17 x = match x with A when true -> 1 | B -> 2
type ext = .. type ext += X | Y of int
let f18 = function X -> 1
let f19 = function Not_found -> 1 | Failure "a" -> 1
let f20 = function A -> 1 | A -> 2 | _ -> 3 | B -> 4
let f21 = function (A | A) -> 1 | (B | C 1 | B) -> 2 | _ -> 3
let f22 = function (1, _) | (_, 2) -> 1 | (1, 2) -> 2 | _ -> 3
let f23 (lazy 1) = 2
let f24 = function 5L -> 1
let f25 = function 0l -> 1
let f26 (Some x) = x
let f27 = let [x; y] = [1; 2] in x + y
let f28 = fun x (A, 1) -> x
let f29 = try 1 with Not_found -> 2 | Not_found -> 3
let f30 = function (A, _, true) -> 1 | (_, B, false) -> 2
let f31 = function C 1 -> 1 | C _ when true -> 2 | D _ | A -> 3
let f32 = function D (D (_, A), _) -> 1 | D (_, C 3) -> 2
let f33 = function (x :: [], y :: []) -> 1 | ([], _) -> 2
let f34 = function ({contents = Some 1}, _) -> 1
let f35 = function 0 | -1 -> 1
let f = function 'b' -> 1 | 'a' .. 'c' -> 2 | 'a' | 'b' .. 'e' -> 4 | _ -> 3
let h = function "a" | "b" -> 1 | ("b" | "c") -> 2 | _ -> 3
let g = function (1 | 2), 3 -> 1 | (2 | 1), 3 -> 4 | _ -> 2
