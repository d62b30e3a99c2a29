[@@@warning "-8"]

let f = function 1 -> "one" | 2 -> "two"
let () = print_endline (f 2); print_endline (f 3)

(* stdout {expected|
two
|expected} *)
(* stderr {expected|
Fatal error: exception Match_failure("exceptions_uncaught_match.ml", 3, 8)
|expected} *)
(* status 2 *)
