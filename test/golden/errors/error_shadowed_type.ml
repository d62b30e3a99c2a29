type t = A
let a = A
type t = B
let f (x : t) = x
let y = f a
