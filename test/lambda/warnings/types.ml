type t = A | B | C of int | D of t * t
type ir = R of {x : int; y : bool} | Q
let g1 = function R {x = 1; _} -> 1 | Q -> 2
let g2 = function C (-1) -> 1 | C 0 | C 1 | A | B | D _ -> 3
let g3 = function Some (x :: _, 1) -> 1 | None -> 2
let g4 = function (x :: y) :: z -> 1 | [] -> 3
let g5 = function [Some 1] -> 1
let g6 = function Some [] -> 1 | None -> 2
let g7 = function (`A (1, 2) | `B) -> 1
let g8 = function `A (Some 1) -> 1
let g9 = function "a\n\"b" -> 1
let g10 = function '\n' -> 1
let g11 = function {contents = (1, _)} -> 2
let g12 = function [|Some 1; _|] -> 3 | [||] -> 3
let g13 = function 1.5 -> 3
type empty = |
let g17 (x : (int, empty) result) = match x with Ok n -> n
let g18 (x : (int, empty) result) = match x with Ok 1 -> 3 | Ok 2 -> 3
let g22 = function x when x = 1 -> 2 | 1 -> 3 | x -> 3 | 2 -> 4
let g23 = function (1 | 2 | 1) -> 3 | (2 | 4) -> 3 | _ -> 3
let g24 = function (Some (1 | 2), (3 | 4)) -> 3 | (Some 1, 3) -> 4 | (Some (2 | 5), _) -> 3 | _ -> 3
let g25 x = match x with exception Not_found -> 1 | exception Not_found -> 2 | 1 -> 2
let g26 = function A | B as x -> x
let g27 = fun (Some x) -> x
let g28 = let (Some x, y) = (Some 1, 2) and (Some z) = Some 3 in x + y + z
let (Some g29) = Some 3
let g30 ?(x = 1) (Some y) = x + y
let g33 = function (true, _, _) -> 1 | (_, true, _) -> 2 | (_, _, true) -> 3
let g34 = function [] -> 1 | [_] -> 2 | [_; _] -> 3
let g35 = function `A, `A -> 1 | `B, `B -> 2
