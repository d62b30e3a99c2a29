(* options -w -a+24 *)
let x = 1
