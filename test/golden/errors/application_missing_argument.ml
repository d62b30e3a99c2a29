let f x y = x + y
let () = f 1
