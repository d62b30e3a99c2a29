(* Cleaning up: Fun.protect, nested handlers, exceptions raised while handling, and re-raising. *)

exception Broken of string
exception Wrapped of string * exn

let log fmt = Printf.printf (fmt ^^ "\n")

let with_resource name body =
  log "open %s" name;
  Fun.protect ~finally:(fun () -> log "close %s" name) (fun () -> body name)

let attempt title f =
  match f () with
  | v -> log "%s = %d" title v
  | exception e -> log "%s raised %s" title (Printexc.to_string e)

(* A hand-written finally, with the exception passing through. *)
let finally f cleanup =
  match f () with
  | v -> cleanup (); v
  | exception e -> cleanup (); raise e

let wrap context f = try f () with e -> raise (Wrapped (context, e))

let rec unwrap = function Wrapped (context, e) -> context ^ " > " ^ unwrap e | e -> Printexc.to_string e

let () =
  attempt "fine" (fun () -> with_resource "a" String.length);
  attempt "broken" (fun () -> with_resource "b" (fun n -> raise (Broken n)));
  attempt "nested" (fun () ->
      with_resource "outer" (fun o -> with_resource "inner" (fun i -> String.length o + String.length (i ^ failwith "oops"))));
  (* finally itself fails: that is another exception. *)
  attempt "finally fails" (fun () -> Fun.protect ~finally:(fun () -> raise Exit) (fun () -> 1));
  attempt "both fail" (fun () -> Fun.protect ~finally:(fun () -> failwith "cleanup") (fun () -> failwith "body"));
  attempt "hand-written" (fun () -> finally (fun () -> int_of_string "x") (fun () -> log "cleanup"));
  (* An exception in a handler goes further out. *)
  attempt "in a handler" (fun () ->
      try try raise Not_found with Not_found -> raise (Broken "handler") with Broken s -> String.length s);
  (* A handler that does not match lets the exception through. *)
  attempt "unmatched" (fun () -> try raise (Broken "x") with Broken "y" -> 1 | Not_found -> 2);
  attempt "guarded" (fun () -> try raise (Broken "x") with Broken s when s = "y" -> 1 | Broken s when s = "x" -> 2);
  attempt "wrapped" (fun () -> try wrap "a" (fun () -> wrap "b" (fun () -> raise (Broken "c"))) with e -> log "%s" (unwrap e); 0);
  (* The value of try is outside of it: an exception in the continuation is not caught. *)
  attempt "value case" (fun () ->
      match String.index "abc" 'b' with
      | i -> if i = 1 then raise Not_found else i
      | exception Not_found -> 100);
  (* Loops left by exceptions. *)
  let found = ref (-1) in
  (try
     for i = 0 to 10 do
       for j = 0 to 10 do
         if (i * j) = 42 then begin
           found := (i * 100) + j;
           raise Exit
         end
       done
     done
   with Exit -> ());
  log "%d" !found;
  (* Exceptions are values: stored, compared, raised later. *)
  let errors = List.filter_map (fun f -> try f (); None with e -> Some e)
      [ (fun () -> raise (Broken "1")); ignore; (fun () -> ignore (List.hd [])); (fun () -> ignore [||].(0)) ]
  in
  List.iter (fun e -> log "%s" (Printexc.to_string e)) errors;
  log "%b" (List.mem (Broken "1") errors);
  attempt "later" (fun () -> raise (List.nth errors 1));
  attempt "division" (fun () -> 1 / List.length []);
  attempt "modulo" (fun () -> 1 mod List.length [])

(* stdout {expected|
open a
close a
fine = 1
open b
close b
broken raised Exceptions_finally.Broken("b")
open outer
open inner
close inner
close outer
nested raised Failure("oops")
finally fails raised Fun.Finally_raised: Stdlib.Exit
both fail raised Fun.Finally_raised: Failure("cleanup")
cleanup
hand-written raised Failure("int_of_string")
in a handler = 7
unmatched raised Exceptions_finally.Broken("x")
guarded = 2
a > b > Exceptions_finally.Broken("c")
wrapped = 0
value case raised Not_found
607
Exceptions_finally.Broken("1")
Failure("hd")
Invalid_argument("index out of bounds")
true
later raised Failure("hd")
division raised Division_by_zero
modulo raised Division_by_zero
|expected} *)
