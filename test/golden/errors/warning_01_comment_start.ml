(* options -w -a+1 *)
let f = ( + )
let g = 1 (*) + *) + 2
let h = ( * )
