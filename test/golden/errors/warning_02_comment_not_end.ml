(* options -w -a+2 *)
let f = ( * )
let h x = x *) 5
