(* options -w -a+70 *)
let x = 1
