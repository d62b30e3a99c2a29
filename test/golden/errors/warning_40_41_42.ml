(* options -w -a+40+41+42 *)
module M = struct type t = A | B type r = { x : int; y : int } end
type u = A | C
type s = { x : int; z : int }
let f (x : M.t) = match x with A -> 1 | B -> 2
let g (x : u) = match x with A -> 1 | C -> 2
let h (r : M.r) = r.x + r.y
let i (r : s) = r.x + r.z
let j = A
let k r = r.x
let l : M.r = { x = 1; y = 1 }
let m : M.r = { M.x = 1; y = 1 }
let n (x : M.t) = match x with M.A -> 1 | M.B -> 2
