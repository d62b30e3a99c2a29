(* What is alive at the end is not finalised; at_exit functions may still collect. *)

let alive = ref 1
let () = Gc.finalise (fun r -> Printf.printf "finalised %d\n" !r) alive
let[@inline never] adder n () = string_of_int (n + !alive)
let closure = adder (Array.length Sys.argv)
let () = Gc.finalise (fun r -> Printf.printf "closure %s\n" (r ())) closure

let[@inline never] dead () = Gc.finalise (fun r -> Printf.printf "dead %d\n" !r) (ref 2)

let () =
  at_exit (fun () ->
      print_endline "at exit";
      dead ();
      Gc.full_major ();
      Printf.printf "alive %d %s\n" !alive (closure ()))

let () = Gc.full_major ()

(* stdout {expected|
at exit
dead 2
alive 1 2
|expected} *)
