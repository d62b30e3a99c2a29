let x = 1
(* a "string *)
let y = 2
