let f () = print_string "a"; 3
let s : string = f ()
