(* An exception that a thread does not catch ends that thread alone; it is told on standard error. *)

let () = at_exit (fun () -> print_endline "end")
let in_thread f = Thread.join (Thread.create f ())

exception Mine of int * string

let () =
  in_thread (fun () -> failwith "boom");
  in_thread (fun () -> ignore (raise (Mine (3, "three"))));
  in_thread (fun () -> if List.length [ 1 ] = 1 then raise Not_found);
  in_thread (fun () -> try failwith "caught" with Failure s -> print_endline s);
  print_endline "next"

let () =
  let m = Mutex.create () in
  Mutex.lock m;
  in_thread (fun () -> Printf.printf "%b\n" (Mutex.try_lock m));
  Mutex.unlock m;
  in_thread (fun () -> Printf.printf "%b\n" (Mutex.try_lock m))

let () =
  ignore (Thread.create (fun () -> Thread.delay 30.) ());
  raise (Mine (4, "main"))

(* libraries unix threads *)

(* stdout {expected|
caught
next
false
true
end
|expected} *)
(* stderr {expected|
Thread 1 killed on uncaught exception Failure("boom")
Thread 2 killed on uncaught exception Threads_exceptions.Mine(3, "three")
Thread 3 killed on uncaught exception Not_found
Fatal error: exception Threads_exceptions.Mine(4, "main")
|expected} *)
(* status 2 *)
