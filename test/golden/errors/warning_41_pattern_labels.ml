(* options -w -a+41+42 *)
type r={x:int;y:int} type s={x:int;y:int;z:int}
let f {x;y} = x+y
