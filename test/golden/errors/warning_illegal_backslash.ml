let s = "a\qb"
let t = "\z"
