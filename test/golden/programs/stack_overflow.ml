(* Unbounded recursion ends as an exception that can be caught, again and again. *)
let rec forever n = 1 + forever (n + 1)

let () =
  for i = 1 to 2 do
    match forever 0 with
    | _ -> print_endline "impossible"
    | exception Stack_overflow -> Printf.printf "overflow %d\n%!" i
  done;
  print_endline "alive"

(* stdout {expected|
overflow 1
overflow 2
alive
|expected} *)
