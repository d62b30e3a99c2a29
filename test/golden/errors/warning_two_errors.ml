let f = function Some x -> x
let y = f "a"
