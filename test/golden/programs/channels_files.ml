(* Channels: lines, characters, bytes, binary numbers, positions, seeking, and ends of files. *)

let name = Filename.temp_file "golden" ".txt"

let with_out f = let oc = open_out_bin name in Fun.protect ~finally:(fun () -> close_out oc) (fun () -> f oc)
let with_in f = let ic = open_in_bin name in Fun.protect ~finally:(fun () -> close_in ic) (fun () -> f ic)

let rec lines ic = match input_line ic with l -> l :: lines ic | exception End_of_file -> []

let () =
  with_out (fun oc ->
      output_string oc "first\nsecond\n\nlast without newline";
      Printf.printf "%d\n" (pos_out oc));
  with_in (fun ic ->
      Printf.printf "%d\n" (in_channel_length ic);
      List.iter (Printf.printf "%S ") (lines ic);
      print_newline ();
      seek_in ic 6;
      let line = input_line ic in
      Printf.printf "%s %d\n" line (pos_in ic);
      seek_in ic 0;
      let c = input_char ic in
      Printf.printf "%c%c " c (input_char ic);
      let buffer = Bytes.make 10 '.' in
      let n = input ic buffer 2 4 in
      Printf.printf "%d %S\n" n (Bytes.to_string buffer);
      really_input ic buffer 0 3;
      Printf.printf "%S %S\n" (Bytes.to_string buffer) (really_input_string ic 4);
      match really_input_string ic 1000 with _ -> () | exception End_of_file -> print_endline "end of file")

let () =
  with_out (fun oc ->
      List.iter (output_binary_int oc) [ 0; 1; -1; 0x7FFFFFFF; 0x12345678 ];
      output_byte oc 0x1FF;
      output_char oc 'z';
      output_bytes oc (Bytes.of_string "bytes");
      output oc (Bytes.of_string "0123456789") 3 4;
      output_substring oc "substring" 0 3;
      seek_out oc 4;
      output_binary_int oc 99;
      Printf.printf "%d %d\n" (pos_out oc) (out_channel_length oc));
  with_in (fun ic ->
      for _ = 1 to 5 do Printf.printf "%d " (input_binary_int ic) done;
      let byte = input_byte ic in
      let char = input_char ic in
      Printf.printf "%d %c %s\n" byte char (input_line ic);
      match input_char ic with c -> print_char c | exception End_of_file -> Printf.printf "%d\n" (input ic (Bytes.create 4) 0 4))

let () =
  with_out (fun oc -> Printf.fprintf oc "%d %s\n%.2f" 5 "words" 1.5; flush oc);
  with_in (fun ic ->
      let ic = Scanf.Scanning.from_channel ic in
      Scanf.bscanf ic "%d %s %f" (Printf.printf "%d %s %g\n"));
  with_in (fun ic -> print_endline (Digest.to_hex (Digest.channel ic 4)));
  print_endline (Digest.to_hex (Digest.file name));
  (let ic = open_in name in
   close_in ic;
   match input_line ic with _ -> () | exception Sys_error m -> print_endline m);
  (let oc = open_out name in
   close_out oc;
   match output_string oc "x"; flush oc with () -> () | exception Sys_error m -> print_endline m);
  set_binary_mode_out stdout true;
  Sys.remove name;
  prerr_string "to standard error";
  prerr_newline ()

(* stdout {expected|
34
34
"first" "second" "" "last without newline" 
second 13
fi 4 "..rst\n...."
"secst\n...." "ond\n"
end of file
8 34
0 99 -1 2147483647 305419896 255 z bytes3456sub
0
5 words 1.5
4e010efad896b2c555e161c20dcf7113
251cfca589f78c108ba0909b5c8ad330
Bad file descriptor
Bad file descriptor
|expected} *)
(* stderr {expected|
to standard error
|expected} *)
