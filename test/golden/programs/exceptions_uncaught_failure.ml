let f x = if x > 2 then failwith "too big" else x
let () = List.iter (fun x -> Printf.printf "%d\n" (f x)) [ 1; 2; 3; 4 ]

(* stdout {expected|
1
2
|expected} *)
(* stderr {expected|
Fatal error: exception Failure("too big")
|expected} *)
(* status 2 *)
