(* options -w -a+6 *)
let f ~x ~y = x + y
let a = f 1 2
let g ~x y = x + y
let b = g 1 2
let h ?(o = 1) ~l () = o + l
let c = h 1 ()
let d = List.map (fun x -> x) [1]
let e = ListLabels.map (fun x -> x) [1]
let k (f : x:int -> y:int -> int) = f 1 2
