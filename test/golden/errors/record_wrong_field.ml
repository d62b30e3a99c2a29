type p = { x : int; y : int }
let a = { x = 1; z = 2 }
