(* Domains, their storage, and what is done when they end; of threads what OCaml 4.13 does otherwise. *)

let check name ok = if not ok then print_endline ("failed: " ^ name)
let () = Domain.before_first_spawn (fun () -> print_endline "before the first")
let key = Domain.DLS.new_key (fun () -> 0)
let counted = Domain.DLS.new_key ~split_from_parent:succ (fun () -> 10)

let () =
  Domain.DLS.set key 5;
  check "parent's" (Domain.DLS.get key = 5);
  let d = Domain.spawn (fun () -> let before = Domain.DLS.get key in Domain.DLS.set key 7; (before, Domain.DLS.get key, Domain.DLS.get counted)) in
  check "child's" (Domain.join d = (0, 7, 11));
  check "parent's still" (Domain.DLS.get key = 5 && Domain.DLS.get counted = 10);
  check "again" (Domain.join d = (0, 7, 11));
  check "too late" (match Domain.before_first_spawn ignore with () -> false | exception Invalid_argument _ -> true)

let () =
  check "main" (Domain.is_main_domain () && (Domain.self () :> int) = 0);
  let d = Domain.spawn (fun () -> Domain.is_main_domain (), Domain.self ()) in
  check "other" (Domain.join d = (false, Domain.get_id d));
  check "count" (Domain.recommended_domain_count () >= 1)

let () =
  let d = Domain.spawn (fun () -> Domain.at_exit (fun () -> print_endline "first registered"); Domain.at_exit (fun () -> print_endline "last registered"); raise Not_found) in
  check "exception" (match Domain.join d with () -> false | exception Not_found -> true)

let () =
  let cell = Atomic.make 0 in
  let work () = for _ = 1 to 1000 do Atomic.incr cell; if Atomic.get cell mod 100 = 0 then Domain.cpu_relax () done in
  List.iter Domain.join (List.init 4 (fun _ -> Domain.spawn work));
  check "atomic" (Atomic.get cell = 4000);
  let flag = Atomic.make false in
  let d = Domain.spawn (fun () -> while not (Atomic.get flag) do Domain.cpu_relax () done; 1) in
  Atomic.set flag true;
  check "spins" (Domain.join d = 1)

let () =
  let closed = ref false in
  let work () = Fun.protect ~finally:(fun () -> closed := true) (fun () -> raise Thread.Exit) in
  Thread.join (Thread.create work ());
  check "exit is an exception" !closed;
  check "its name" (Printexc.to_string Thread.Exit = "Thread.Exit");
  let told = ref "" in
  Thread.set_uncaught_exception_handler (fun e -> told := Printexc.to_string e);
  Thread.join (Thread.create (fun () -> failwith "x") ());
  check "handler" (!told = "Failure(\"x\")");
  let m = Mutex.create () in
  check "protect" (match Mutex.protect m (fun () -> raise Not_found) with () -> false | exception Not_found -> Mutex.try_lock m);
  check "lock twice" (match Mutex.lock m with () -> false | exception Sys_error _ -> true);
  Mutex.unlock m;
  check "not locked" (match Mutex.unlock m with () -> false | exception Sys_error _ -> true)

let () = print_endline "end"
