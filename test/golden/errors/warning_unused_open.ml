open List
let x = 1
