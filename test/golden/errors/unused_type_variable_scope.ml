let f : 'a -> 'a = fun x -> x + 1
let y = f "s"
