let f = List.map (fun x y -> x + y) [ 1 ]
let s : int list = f
