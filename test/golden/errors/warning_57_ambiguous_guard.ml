(* options -w -a+57 *)
let f = function (Some x, _ | _, Some x) when x > 1 -> x | _ -> 0
let g = function (x, 1 | 2, x) when x > 0 -> x | _ -> 1
let h = function (Some (x, _) | Some (_, x)) when x -> 1 | _ -> 2
type t = A of int * int | B of int
let i = function (A (x, _) | A (_, x) | B x) when x = 1 -> 1 | _ -> 3
let j = function (A (x, y) | A (y, x)) when x < y -> 1 | _ -> 2
let k = function (A (x, _) | B x) when x = 1 -> 1 | _ -> 2
let l = function (x :: _ | [ _; x ]) when x = 1 -> x | _ -> 2
let m = function ((x, _), _ | _, (_, x)) when x = 1 -> x | _ -> 1
let n = function (x, _ | _, x) -> x + 1
let o = function (Some x, _ | _, Some x) when true -> x | _ -> 0
let p x y = match x, y with ((1, z) | (z, 1)), _ when z > y -> 1 | _ -> 2
let q = function (`A x, `B _ | _, `B x) when x = 1 -> 1 | _ -> 3
let r = function ({ contents = Some x }, _ | _, { contents = Some x }) when x -> 1 | _ -> 2
let s x = try x () with (Failure m | Invalid_argument m) when m = "" -> 1
