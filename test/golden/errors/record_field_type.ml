type p = { x : int; y : string }
let a = { x = 1; y = 2 }
