(* The whole of Buffer: growth, truncation, substitution, formatted output, and binary numbers. *)

let show b = Printf.printf "%d %S\n" (Buffer.length b) (Buffer.contents b)

let raises f = match f () with () -> print_endline "fine" | exception (Invalid_argument _ | Not_found | End_of_file as e) -> print_endline (Printexc.to_string e)

let () =
  let b = Buffer.create 1 in
  Buffer.add_char b 'a'; Buffer.add_string b "bcd"; Buffer.add_bytes b (Bytes.of_string "ef"); Buffer.add_substring b "xyghz" 2 2; Buffer.add_subbytes b (Bytes.of_string "hijk") 1 3;
  show b;
  Buffer.add_buffer b b; show b;
  print_endline (Buffer.sub b 3 4); Printf.printf "%c\n" (Buffer.nth b 2);
  print_endline (Bytes.to_string (Buffer.to_bytes b));
  let target = Bytes.make 5 '.' in
  Buffer.blit b 1 target 1 3; print_endline (Bytes.to_string target);
  Buffer.truncate b 4; show b;
  Buffer.clear b; show b; Buffer.add_string b "again"; Buffer.reset b; show b

let () =
  let b = Buffer.create 16 in
  Printf.bprintf b "%d-%s;" 5 "five"; Buffer.add_string b "end"; Buffer.output_buffer stdout b; print_newline ();
  let assoc = [ ("name", "World"); ("x", "1"); ("a_b", "under") ] in
  let substitute text =
    let b = Buffer.create 16 in
    Buffer.add_substitute b (fun k -> try List.assoc k assoc with Not_found -> "?" ^ k ^ "?") text;
    print_endline (Buffer.contents b)
  in
  List.iter substitute [ "Hello $name!"; "${x}2 $(x)3"; "\\$name $a_b.c"; "$unknown"; "no dollar"; "$x$x"; "nested ${a${b}}" ];
  for i = 1 to 1000 do Buffer.add_string b (string_of_int i) done;
  Printf.printf "%d %d\n" (Buffer.length b) (Hashtbl.hash (Buffer.contents b))

let () =
  let b = Buffer.create 0 in
  Buffer.add_uint8 b 255; Buffer.add_int8 b (-1); Buffer.add_uint16_be b 0x0102; Buffer.add_uint16_le b 0x0102; Buffer.add_int16_be b (-2);
  Buffer.add_int32_be b 0x01020304l; Buffer.add_int32_le b 0x01020304l; Buffer.add_int64_be b 1L; Buffer.add_int64_le b 1L;
  String.iter (fun c -> Printf.printf "%02x" (Char.code c)) (Buffer.contents b); print_newline ();
  let u = Buffer.create 0 in
  List.iter (fun c -> Buffer.add_utf_8_uchar u (Uchar.of_int c)) [ 0x41; 0xe9; 0x20ac; 0x1f600 ];
  show u;
  Seq.iter (fun c -> Printf.printf "%d " (Char.code c)) (Buffer.to_seq u); print_newline ();
  raises (fun () -> ignore (Buffer.sub u 8 5)); raises (fun () -> ignore (Buffer.nth u 10)); raises (fun () -> Buffer.truncate u 11);
  raises (fun () -> Buffer.add_substring u "abc" 2 2); raises (fun () -> Buffer.blit u 0 (Bytes.create 2) 0 3)

(* stdout {expected|
11 "abcdefghijk"
22 "abcdefghijkabcdefghijk"
defg
c
abcdefghijkabcdefghijk
.bcd.
4 "abcd"
0 ""
0 ""
5-five;end
Hello World!
12 13
$name under.c
?unknown?
no dollar
11
nested ?a${b}?
2903 508974543
ffff01020201fffe010203040403020100000000000000010100000000000000
10 "A\195\169\226\130\172\240\159\152\128"
65 195 169 226 130 172 240 159 152 128 
Invalid_argument("Buffer.sub")
Invalid_argument("Buffer.nth")
Invalid_argument("Buffer.truncate")
Invalid_argument("Buffer.add_substring/add_subbytes")
Invalid_argument("Buffer.blit")
|expected} *)
