(* options -w -a+20 *)
let f () = raise Not_found 1
let g x = exit 1 x
let h () = failwith "a" 1 2
let i = fun () -> (Obj.magic 1) 2
let j x = (assert false) x
let l f = ignore (invalid_arg "" ~x:1 f)
let m x = Lazy.force x 1
