let check n =
  assert (n > 0);
  print_int n

let () = check 3; check 0

(* stdout {expected|
3|expected} *)
(* stderr {expected|
Fatal error: exception Assert_failure("exceptions_uncaught_assert.ml", 2, 2)
|expected} *)
(* status 2 *)
