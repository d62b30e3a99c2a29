(* options -w -a+41 *)
type a = A | B
type b = A | C
let f = function A -> 1 | C -> 2
let g = A
type r = { x : int; y : int }
type s = { x : int; z : int }
let h r = r.x
let i { x } = x
let j = { x = 1; z = 2 }
let k r = { r with x = 1 }
let l r = r.x + r.z
let m : a = A
let n = function { x; z } -> x + z
type c = A of int
let o = A 1
let p = function A n -> n
