(* options -w -a+14 *)
let a = "\q"
let b = "a\zb\ c"
let c = "x\
   y"
let d = '\\'
