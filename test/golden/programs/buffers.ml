let () =
  let b = Buffer.create 4 in
  for i = 1 to 10 do
    Buffer.add_string b (string_of_int i);
    if i < 10 then Buffer.add_char b ','
  done;
  print_endline (Buffer.contents b);
  Printf.printf "%d %c %s\n" (Buffer.length b) (Buffer.nth b 3) (Buffer.sub b 2 5);
  Buffer.truncate b 5;
  print_endline (Buffer.contents b);
  Buffer.clear b;
  Buffer.add_substring b "hello world" 6 5;
  Buffer.add_bytes b (Bytes.of_string "!!");
  print_endline (Buffer.contents b);
  let c = Buffer.create 1 in
  Buffer.add_buffer c b;
  Buffer.add_buffer c b;
  print_endline (Buffer.contents c);
  Buffer.reset c;
  for i = 0 to 99_999 do Buffer.add_char c (Char.chr (97 + (i mod 26))) done;
  Printf.printf "%d %s\n" (Buffer.length c) (Buffer.sub c 99_990 10);
  Buffer.output_buffer stdout b;
  print_newline ()

(* stdout {expected|
1,2,3,4,5,6,7,8,9,10
20 , 2,3,4
1,2,3
world!!
world!!world!!
100000 uvwxyzabcd
world!!
|expected} *)
