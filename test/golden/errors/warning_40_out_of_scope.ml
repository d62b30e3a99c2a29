(* options -w -a+40 *)
module M = struct
  type t = A | B of int
  type r = { x : int; mutable y : int }
  type g = { x : int; z : int }
end
let f (v : M.t) = match v with A -> 1 | B n -> n
let g (r : M.r) = r.x + r.y
let h : M.t = A
let i : M.r = { x = 1; y = 2 }
let j ({ x; y } : M.r) = x + y
let k (r : M.r) = { r with x = 1 }
let l (r : M.r) = r.y <- 1
let m (r : M.r) = match r with { x; _ } -> x
let n : M.t list = [ A; B 1 ]
let o (r : M.g) = r.M.x + r.z
let p = function { M.x; y } -> x + y
let q (r : M.r) = { r with M.x = 1 }
let s (e : M.t * int) = match e with A, 1 -> 1 | (A | B _), _ -> 3
