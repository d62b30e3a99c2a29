type t = A | B of int | C of { x : int; y : t option }
let f = function A | B 0 -> 1 | C { y = Some A; _ } -> 2
let g = function "a" -> 1 | "b" -> 2
let h = function 'a' .. 'y' -> 1
let i = function 0 | 1 -> true
let j = function [| 1 |] -> 1
let k = function 1.5 -> 1
let l = function `A -> 1 | `B (Some _) -> 2
