open CamlinternalThread

type t = waiting

let create () = nobody ()

(* The thread is in the queue before it gives the lock back, so no signal is missed. *)
let wait c m =
  let place = enter c in
  match Mutex.unlock m with
  | () ->
      while is_waiting place do
        block ()
      done;
      Mutex.lock m
  | exception e ->
      leave place;
      raise e

let signal c = wake_one c
let broadcast c = wake_all c
