(* [exit] in a thread ends the program; functions of [at_exit] run in it; other threads are not waited for. *)

let () = at_exit (fun () -> print_endline "end")
let () = ignore (Thread.create (fun () -> Thread.delay 30.; print_endline "late") ())

let () =
  Thread.join (Thread.create (fun () -> print_endline "in a thread"; exit 3) ());
  print_endline "unreachable"

(* libraries unix threads *)

(* stdout {expected|
in a thread
end
|expected} *)
(* status 3 *)
