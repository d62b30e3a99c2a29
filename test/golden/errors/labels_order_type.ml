let apply (f : x:int -> int) = f ~x:1
let y = apply (fun ~z -> z)
