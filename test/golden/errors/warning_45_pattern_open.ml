(* options -w -a+44+45+33 *)
module M = struct
  type t = A | B
  type r = { x : int; y : int }
  let v = 1
  module type S = sig val w : int end
end
type u = A | D
type s = { x : bool }
let v = "v"
let f = function M.(A) -> 1 | M.B -> 2
let g = function M.{ x; _ } -> x
let h = M.[ v; v ]
let i = M.{ x = v; y = v }
let j r = M.(r.x, r.y)
class c = let open M in object method m = v method n = A end
class type d = let open M in object method m : t end
let k = M.(function A -> v | B -> v)
module type T = sig open M type w = t val z : w end
let l = let open M in let open M in v
let q = let open struct let v = 3 let a = 4 end in v + a
