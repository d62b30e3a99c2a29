type t = A of int
let f = function A -> 1
