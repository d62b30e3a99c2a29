exception A
exception B of int * string
let f g = try g () with A | Not_found -> 0 | B (n, _) -> n
let h g = match g () with 0 -> "zero" | _ -> "some" | exception Failure s -> s
let k x = if x then raise A else raise (B (1, "b"))
let again g = try g () with e -> raise e
let check x = assert (x > 0)
