let () = print_int (Queue.pop (Queue.create ()))

(* stderr {expected|
Fatal error: exception Stdlib.Queue.Empty
|expected} *)
(* status 2 *)
