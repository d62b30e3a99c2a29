let f () = 1; 2
let g () = List.map succ [ 1 ]; ()
