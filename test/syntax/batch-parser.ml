(* Reads sources that byte 1 separates; writes a line for each: "ok", or START-END MESSAGE of the error, with
   further messages behind bars. *)

let place (l : Location.t) = Printf.sprintf "%d-%d" l.loc_start.pos_cnum l.loc_end.pos_cnum

let text print =
  let buffer = Buffer.create 80 in
  let formatter = Format.formatter_of_buffer buffer in
  print formatter;
  Format.pp_print_flush formatter ();
  Buffer.contents buffer

let message (m : Location.msg) = place m.loc ^ " " ^ text m.txt

let report parse source =
  let buffer = Lexing.from_string source in
  match parse buffer with
  | () -> "ok"
  | exception e -> (
      match Location.error_of_exn e with
      | Some (`Ok { main; sub; _ }) -> String.concat " | " (List.map message (main :: sub))
      | _ -> Printexc.to_string e)

let () =
  ignore (Warnings.parse_options false "-a");
  Location.alert_reporter := (fun _ _ -> None);
  let parse buffer =
    if Array.length Sys.argv > 1 then ignore (Parse.interface buffer) else ignore (Parse.implementation buffer)
  in
  let input = Buffer.create 65536 in
  (try
     while true do
       Buffer.add_channel input stdin 1
     done
   with End_of_file -> ());
  List.iter
    (fun source -> print_endline (String.map (function '\n' -> ' ' | c -> c) (report parse source)))
    (String.split_on_char '\001' (Buffer.contents input))
