let f = function 0 | 1 -> 'a' | (2 | 1) -> 'b' | _ -> 'c'
