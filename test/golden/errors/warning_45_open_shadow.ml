(* options -w -a+45 *)
module M = struct type t = A | B type r = { x : int } exception E end
type u = A | C
type s = { x : int; z : int }
exception E
let a = let open M in A
let b = let open M in { x = 1 }
let c = M.(A)
let d r = M.(r.x)
let e = let open! M in A
let f = function M.(A) -> 1 | _ -> 2
let g = let open M in raise E
open M
let h = A
