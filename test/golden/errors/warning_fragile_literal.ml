let f = function Failure "x" -> 1 | _ -> 2
