let f (x : 'a) (y : 'a list) (z : 'b) = (x, y, z)
let r = f 1 [ "a" ] 'c'
