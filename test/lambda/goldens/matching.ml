type e = Num of int | Add of e * e | Mul of e * e | Neg of e
let rec simp = function
  | Add (Num 0, e) | Add (e, Num 0) -> simp e
  | Mul (Num 1, e) -> simp e
  | Add (a, b) when a == b -> Mul (Num 2, a)
  | e -> e
let rec merge a b = match a, b with
  | [], l | l, [] -> l
  | x :: xs, y :: ys -> if x < (y : int) then x :: merge xs b else y :: merge a ys
let word = function "let" -> 1 | "in" -> 2 | "" -> 0 | _ -> -1
let digit = function '0' .. '9' as c -> Some c | 'a' | 'f' -> Some 'x' | _ -> None
let pv = function `A -> 1 | `B n -> n | `C -> 3
let real = function 0. -> 1 | 1.5 -> 2 | _ -> 3
let bools a b = match a, b with true, true -> 1 | false, _ -> 2 | _, false -> 3
let arr = function [||] -> 0 | [| x; _ |] -> x | _ -> 2
type r = { a : int; mutable b : int; c : float }
let rec_ { a; b; _ } = a + b
let lz = function (lazy 1, _) -> 1 | (_, lazy n) -> n
let partial (Some x) = x
