let f x y = x + y
let () = ignore (f 1)
let g () = f 1; ()
