(* options -w -a+16 *)
let f ?x = x
let g ?x y = x, y
let h ?(x = 1) ~l = x + l
let i ?x ?y () = x, y
let j = fun ?x -> x
let k x ?y = x, y
class c ?x = object method m : int option = x end
class d ?x () = object method m : int option = x end
let l ?x ~y = function 1 -> x, y | _ -> None, y
let m ?x = fun ?y () -> x, y
let n ?x = let z = 1 in fun () -> x, z
