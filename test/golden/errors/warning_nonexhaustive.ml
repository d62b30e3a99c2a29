let f = function Some x -> x
let g = function [] -> 0 | [ x ] -> x
let h x y = match x, y with true, _ -> 1 | _, false -> 2
