exception First of int
exception Second = First

module M = struct exception Inner of string end

exception Inner = M.Inner

let () =
  (try raise (First 1) with Second n -> Printf.printf "second %d\n" n);
  (try raise (Second 2) with First n -> Printf.printf "first %d\n" n);
  (try raise (M.Inner "a") with Inner s -> print_endline s);
  List.iter
    (fun e -> print_endline (Printexc.to_string e))
    [ First 1; Second 2; M.Inner "x"; Failure "f"; Invalid_argument "i"; Not_found; Exit; Stack_overflow; End_of_file; Sys_error "s" ]

(* stdout {expected|
second 1
first 2
a
Exceptions_rebind.First(1)
Exceptions_rebind.First(2)
Exceptions_rebind.M.Inner("x")
Failure("f")
Invalid_argument("i")
Not_found
Stdlib.Exit
Stack overflow
End_of_file
Sys_error("s")
|expected} *)
