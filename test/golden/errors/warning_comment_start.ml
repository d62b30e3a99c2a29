let f = ( *)
let x = 3
