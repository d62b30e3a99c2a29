(* options -w -a+44 *)
module M = struct let x = 1 let y = 2 type t = int module N = struct end end
let x = 2
let z = let open M in x
let w = let open M in y
let v = M.(x)
let u = let open! M in x
open M
let t = x
let s x = M.(x)
type t = string
let r = let open M in (1 : t)
module N = struct let a = 1 end
let q = let open M in let module K = N in ()
let p = let open Stdlib in compare 1 2
let compare = 3
let o = let open Stdlib in (compare 1 2, compare 2 3)
