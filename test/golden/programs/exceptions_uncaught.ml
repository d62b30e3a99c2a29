(* What a program says when an exception leaves it; at_exit still runs, output is flushed. *)
exception Custom of int * string

let () =
  at_exit (fun () -> print_endline "at exit");
  print_string "before ";
  raise (Custom (42, "the answer"))

(* stdout {expected|
before at exit
|expected} *)
(* stderr {expected|
Fatal error: exception Exceptions_uncaught.Custom(42, "the answer")
|expected} *)
(* status 2 *)
