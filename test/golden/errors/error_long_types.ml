let f (x : (int * string) list) = x
let y = f [ (1, 2) ]
