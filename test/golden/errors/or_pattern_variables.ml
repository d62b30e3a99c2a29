let f = function (a, 0) | (0, b) -> a | _ -> 1
