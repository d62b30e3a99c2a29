let f ~x y = x + y
let z : int = f 1
