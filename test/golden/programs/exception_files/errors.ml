exception Broken of int * string

let check n = if n > 2 then raise (Broken (n, "too much")) else n
