type p = { x : int; y : int }
let a = { x = 1 }
