module Green = CamlinternalThread

type t = Green.t

exception Exit

let self () = Green.current ()
let id (thread : t) = thread.id
let exit () = raise Exit
let delay = Green.delay
let join = Green.join
let yield () = Green.yield ()

let report what e backtrace =
  flush stdout;
  prerr_string ("Thread " ^ string_of_int (id (self ())) ^ " " ^ what ^ " " ^ Printexc.to_string e ^ "\n");
  Printexc.print_raw_backtrace stderr backtrace;
  flush stderr

let default_uncaught_exception_handler e =
  report "killed on uncaught exception" e (Printexc.get_raw_backtrace ())

let uncaught_exception_handler = ref default_uncaught_exception_handler
let set_uncaught_exception_handler f = uncaught_exception_handler := f

let uncaught e =
  let backtrace = Printexc.get_raw_backtrace () in
  try !uncaught_exception_handler e with
  | Exit -> ()
  | failure ->
      let second = Printexc.get_raw_backtrace () in
      report "killed on uncaught exception" e backtrace;
      report "uncaught exception handler raised" failure second

let create f x =
  Green.create (Green.current ()).domain (fun () -> try ignore (f x) with Exit -> () | e -> uncaught e)
