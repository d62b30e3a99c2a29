let a = 1

let b =
  let c = a + 1 in
  let d = c ^ "x" in
  d
