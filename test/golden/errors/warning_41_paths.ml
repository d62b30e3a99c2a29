(* options -w -a+41 *)
module M = struct
  type a = A | B
  type b = A | C
  type r = { x : int; y : int }
  type s = { x : int; z : int }
end
let f = M.A
let g r = r.M.x
let h = { M.x = 1; z = 3 }
let i { M.x; _ } = x
open M
let j = A
let k = C
let l r = r.x
type w = A | W
let m = function A -> 1 | W -> 2
exception A
let n = A
let o = function A -> 1 | _ -> 3
