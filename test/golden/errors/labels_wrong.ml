let f ~x ~y = x + y
let z = f ~x:1 ~z:2
