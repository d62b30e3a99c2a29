let () =
  print_string "a";
  print_char 'b';
  print_int (-3);
  print_float 1.5;
  print_bytes (Bytes.of_string "c");
  print_newline ();
  output_string stdout "stdout ";
  output_char stdout '!';
  output stdout (Bytes.of_string "0123456789") 3 4;
  output_substring stdout "abcdef" 2 2;
  output_byte stdout 10;
  flush stdout;
  prerr_string "err ";
  prerr_int 5;
  prerr_endline " end";
  Printf.eprintf "%s %d\n%!" "eprintf" 1;
  (try output stdout (Bytes.create 2) 1 5 with Invalid_argument m -> print_endline m);
  let b = Buffer.create 10 in
  for i = 0 to 99999 do Buffer.add_string b (string_of_int (i mod 10)) done;
  let s = Buffer.contents b in
  print_endline (String.sub s 99990 10);
  flush_all ()

(* stdout {expected|
ab-31.5c
stdout !3456cd
output
0123456789
|expected} *)
(* stderr {expected|
err 5 end
eprintf 1
|expected} *)
