(* What a program that has come to its end still waits for, before what [at_exit] has registered runs. *)

let wait = ref (fun () -> ())
let set f = wait := f
let run () = !wait ()
