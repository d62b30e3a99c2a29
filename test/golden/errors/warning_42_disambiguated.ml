(* options -w -a+42 *)
type a = A | B
type b = A | C
let f (x : a) = match x with A -> 1 | B -> 2
let g : a = A
type r = { x : int; y : int }
type s = { x : int; z : int }
let h (r : r) = r.x
let i : r = { x = 1; y = 2 }
let j ({ x; y } : r) = x + y
let k (r : r) = { r with x = 1 }
let l : b = A
let m r = r.y + r.x
let n (s : s) = s.x
