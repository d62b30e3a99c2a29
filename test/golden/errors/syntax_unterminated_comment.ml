let x = 1
(* a comment
let y = 2
