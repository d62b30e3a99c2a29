let () =
  (try ignore (Errors.check 3) with Errors.Broken (n, _) -> Printf.printf "caught %d\n%!" n);
  print_int (Errors.check 1);
  print_int (Errors.check 9)

(* stdout {expected|
caught 3
1|expected} *)
(* stderr {expected|
Fatal error: exception Errors.Broken(9, "too much")
|expected} *)
(* status 2 *)
