exception Stop
let () = raise Stop

(* stderr {expected|
Fatal error: exception Exceptions_uncaught_constant.Stop
|expected} *)
(* status 2 *)
