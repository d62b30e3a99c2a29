(* options -w -a+29 *)
let a = "one
two"
let b = "a
b
c"
let c = {|x
y|}
let d = "x\
  y"
