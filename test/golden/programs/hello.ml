print_endline "Hello, world!"

(* stdout {expected|
Hello, world!
|expected} *)
