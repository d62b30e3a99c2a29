(* options -w -a+8 *)
type t = A | B of int | C of { x : int; y : t }
let f = function A -> 1
let g = function B 1 -> 2 | A -> 3
let h = function C { x = 1; _ } | A -> 1
let i (Some x) = x
let j x = let [y] = x in y
let k = function "a" -> 1
let l = function 'a' .. 'z' -> 1
let m = function 1l -> 1
let n = function 1.5 -> 1
let o = function `A -> 1 | `B x when x > 1 -> 3
let p = function [||] -> 1
let q = function lazy true -> 1
let r = function (exception_ : exn) when true -> exception_
let s = function Not_found -> 1
let u = function (A, 1) -> 1 | (_, 2) -> 3
let v = fun x -> match x with _ when x > 1 -> 1
let w = function { contents = None } -> 1
let y () = for _ = 1 to 2 do let (Some _) = Some 1 in () done
class c (Some x) = object method m = (x : int) end
let z x = match x with exception Not_found -> 1 | Some _ -> 2
let a1 = function (1 | 2), _ -> 1 | _, 3 -> 4
let a2 = function 1L -> 1 | 2L -> 3
let a3 = function 'a' -> 1 | 'b' -> 2
let a4 = function "" | "\000" -> 1 
let a5 = function [1; 2] -> 1 | [] -> 3
let a6 = function x :: y :: _ when x = y -> 1
