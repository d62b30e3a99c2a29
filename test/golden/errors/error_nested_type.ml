let f = fun (g : int -> (string * bool) option) -> g 1
let y = f (fun x -> if x > 0 then Some ("a", 1) else None)
