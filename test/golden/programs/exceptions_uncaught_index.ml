let a = Array.make 3 0
let () = for i = 0 to 5 do a.(i) <- i; print_int i done

(* stdout {expected|
012|expected} *)
(* stderr {expected|
Fatal error: exception Invalid_argument("index out of bounds")
|expected} *)
(* status 2 *)
