type p = { x : int }
let f p = p.x <- 3
