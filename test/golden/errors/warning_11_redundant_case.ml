(* options -w -a+11 *)
let f = function 1 -> 1 | _ -> 2 | 3 -> 4
let g = function x -> x | 3 -> 4
let h x = match x with Some _ -> 1 | None -> 2 | Some 3 -> 4
let i x = try x with _ -> 1 | Not_found -> 2
let j = function exception_ -> exception_ | _ -> 1
let k x = match x with | exception _ -> 1 | exception Not_found -> 2 | _ -> 3
let l = function (1 | 2) -> 1 | 2 -> 3 | _ -> 4
type 'a g = I : int g | B : bool g
let m (type a) (x : a g) = match x with I -> 1 | B -> 2 | _ -> 3
let n (x : int g) = match x with I -> 1 | _ -> 3
let o = function [] -> 1 | _ :: _ -> 2 | [_] -> 3
let p = function 'a'..'z' -> 1 | 'c' -> 2 | _ -> 3
