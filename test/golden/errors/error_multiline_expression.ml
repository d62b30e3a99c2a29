let f x =
  x + 1

let y =
  f
    (List.map
       succ
       [ 1 ])
