(* options -w +a-26-27-32..39-69-70-44-45 *)
let f a ~b:(Some x) = x + a
let g a ?b:(Some x) () = x + a
let h = fun (type a) (Some x : a option) (Some _) -> x
let i = fun a ?b:((Some x : int option) = None) () -> x + a
let j a ?(b = 1) (Some x) = x + a + b
let ( let* ) a f = f a
let k x = let* (Some y) = x in y
