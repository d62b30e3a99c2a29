let () =
  at_exit (fun () -> prerr_endline "leaving");
  print_string "some output";
  exit 7

(* stdout {expected|
some output|expected} *)
(* stderr {expected|
leaving
|expected} *)
(* status 7 *)
