(* What a system takes to start and stop; subtracted from the others' times. *)
let () = print_endline "0"
