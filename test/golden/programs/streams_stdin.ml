(* stdin {input|
first line
 second line with spaces 

12
3.5
the rest
without newline at end|input} *)
let () =
  print_endline ("<" ^ read_line () ^ ">");
  print_endline ("<" ^ read_line () ^ ">");
  print_endline ("<" ^ read_line () ^ ">");
  Printf.printf "%d %g\n" (read_int ()) (read_float ());
  Printf.printf "%c%c%c\n" (input_char stdin) (input_char stdin) (input_char stdin);
  print_endline (really_input_string stdin 4);
  let rec rest acc = match input_line stdin with l -> rest (l :: acc) | exception End_of_file -> List.rev acc in
  List.iter (fun l -> print_endline ("[" ^ l ^ "]")) (rest []);
  match read_line () with _ -> print_endline "more" | exception End_of_file -> print_endline "end"

(* stdout {expected|
<first line>
< second line with spaces >
<>
|expected} *)
(* stderr {expected|
Fatal error: exception Failure("int_of_string")
|expected} *)
(* status 2 *)
