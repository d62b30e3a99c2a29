(* Printexc: how exceptions of each shape are written, printers of one's own, uses, at_exit. *)

exception Simple
exception Number of int
exception Text of string
exception Several of int * string * float * char
exception Data of int list
exception Record of { code : int; what : string }
exception Nested of exn
exception Lazy_one of int Lazy.t

module Inner = struct
  exception Hidden of int * int
  module Deep = struct exception Deeper end
end

let all =
  [ Simple; Number (-5); Text "a\n\"b\""; Several (1, "s", 2.5, 'c'); Data [ 1 ]; Record { code = 3; what = "w" }; Nested Not_found; Lazy_one (lazy 1);
    Inner.Hidden (1, -2); Inner.Deep.Deeper; Not_found; Failure "f"; Invalid_argument "i"; Exit; Division_by_zero; End_of_file; Sys_error "s";
    Match_failure ("file.ml", 3, 4); Assert_failure ("file.ml", 5, 6); Stack_overflow; Out_of_memory; Lazy.Undefined; Queue.Empty; Stack.Empty ]

let () = List.iter (fun e -> print_endline (Printexc.to_string e)) all

(* The last printer that was registered is asked first; those that do not know answer None. *)
let () =
  Printexc.register_printer (function Number n -> Some (Printf.sprintf "number %d" n) | _ -> None);
  Printexc.register_printer (function Number n when n > 100 -> Some "a large number" | Nested e -> Some ("nested: " ^ Printexc.to_string e) | _ -> None);
  List.iter (fun e -> print_endline (Printexc.to_string e)) [ Number 1; Number 1000; Nested (Nested (Number 7)); Simple ];
  print_endline (Printexc.to_string_default (Number 1));
  Printf.printf "%s %s\n" (Printexc.exn_slot_name (Number 1)) (Printexc.exn_slot_name (Inner.Hidden (0, 0)));
  Printf.printf "%b\n" (Printexc.exn_slot_id Simple = Printexc.exn_slot_id Simple);
  Printf.printf "%b\n" (Printexc.use_printers Simple = None)

let () =
  Printexc.record_backtrace false;
  Printf.printf "%b %S\n" (Printexc.backtrace_status ()) (Printexc.get_backtrace ());
  (try Printexc.print (fun () -> raise (Number 3)) () with Number n -> Printf.printf "passed on %d\n" n);
  let raw = try raise Simple with Simple -> Printexc.get_raw_backtrace () in
  (try Printexc.raise_with_backtrace (Text "again") raw with Text s -> print_endline s);
  at_exit (fun () -> print_endline "first registered, last run");
  at_exit (fun () -> print_endline "last registered, first run")

(* stdout {expected|
Printexc_printers.Simple
Printexc_printers.Number(-5)
Printexc_printers.Text("a\n\"b\"")
Printexc_printers.Several(1, "s", 2.5, 99)
Printexc_printers.Data(_)
Printexc_printers.Record(3, "w")
Printexc_printers.Nested(_)
Printexc_printers.Lazy_one(1)
Printexc_printers.Inner.Hidden(1, -2)
Printexc_printers.Inner.Deep.Deeper
Not_found
Failure("f")
Invalid_argument("i")
Stdlib.Exit
Division_by_zero
End_of_file
Sys_error("s")
File "file.ml", line 3, characters 4-9: Pattern matching failed
File "file.ml", line 5, characters 6-12: Assertion failed
Stack overflow
Out of memory
CamlinternalLazy.Undefined
Stdlib.Queue.Empty
Stdlib.Stack.Empty
number 1
a large number
nested: nested: number 7
Printexc_printers.Simple
Printexc_printers.Number(1)
Printexc_printers.Number Printexc_printers.Inner.Hidden
true
true
false ""
passed on 3
again
last registered, first run
first registered, last run
|expected} *)
(* stderr {expected|
Uncaught exception: number 3
|expected} *)
