let f = function 0 -> 1 | "a" -> 2
