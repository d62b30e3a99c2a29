let f x =
  let y = x + 1
  y * 2
let z = 3 in
