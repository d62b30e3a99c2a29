exception E of int
let () = raise (E "a")
