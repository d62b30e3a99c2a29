(* options -w -a+48 *)
let f ?x ?y () = x, y
let a = List.map f [()]
let b = List.map (f ?x:None) [()]
let g (k : unit -> int option * int option) = k ()
let c = g f
let h ?(x = 1) y = x + y
let d = List.map h [1]
