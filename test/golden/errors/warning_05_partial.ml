(* options -w -a+5 *)
let f x y = x + y
let () = ignore (f 1)
let l () = f 1; ()
let g () = let _ = f 2 in ()
let h () = List.map succ; 1
let i () = ignore (fun x -> x)
let j () = ignore (List.iter print_int)
