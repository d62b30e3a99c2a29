(* Linked after a program's last unit: what [at_exit] registered runs when the program ends. *)

let () =
  CamlinternalEnd.run ();
  do_at_exit ()
