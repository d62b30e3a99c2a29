let f () = begin print_string "a"
let y = 3
