(* options -w -a+11+12 *)
let f = function 1 | 1 -> 1 | _ -> 2
let g = function (1 | 2) | (2 | 3) -> 1 | _ -> 3
let h = function Some (1 | 1) -> 1 | _ -> 2
let i = function (1, 2) -> 1 | (1, (2 | 3)) -> 3 | _ -> 4
let j = function _ | 1 -> 1
let k = function Some _ | None | Some 1 -> 1
let l = function 'a'..'c' | 'b' -> 1 | _ -> 2
let m = function `A | `B | `A -> 1
let n = function ([] | _ :: _ | [_]) -> 1
let o = function 1 -> 0 | 1 | 2 -> 3 | _ -> 4
