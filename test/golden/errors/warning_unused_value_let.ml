let f x = let y = x + 1 in x
let g x = let rec h n = h n in x
