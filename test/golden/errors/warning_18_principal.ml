(* options -w -a+18+19 *)
type a = { x : int }
type b = { x : bool }
let f (r : a) = r.x
let g r = ignore (r : a); r.x
let h = [ (fun (r : a) -> r.x); (fun r -> r.x) ]
let i ~x y = x + y
let j f = ignore (f : x:int -> int -> int); f 1 ~x:2
