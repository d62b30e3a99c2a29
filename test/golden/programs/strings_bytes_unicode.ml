(* String and Bytes functions with corner cases; UTF-8 decoding; binary reads and writes. *)
let show s = Printf.printf "%S\n" s
let attempt f = match f () with s -> show s | exception Invalid_argument m -> Printf.printf "invalid %s\n" m | exception Not_found -> print_endline "not found"
let () =
  attempt (fun () -> String.sub "hello" 1 3);
  attempt (fun () -> String.sub "hello" 3 3);
  attempt (fun () -> String.make 1 (String.get "abc" 3));
  attempt (fun () -> string_of_int (String.index "abc" 'z'));
  attempt (fun () -> string_of_int (String.rindex "abcabc" 'b'));
  attempt (fun () -> string_of_int (String.index_from "abcabc" 2 'b'));
  show (String.trim " \t\n x y \r ");
  show (String.concat "," []);
  List.iter show (String.split_on_char ',' ",a,,b,");
  show (String.map Char.uppercase_ascii "mixed Case 1");
  show (String.mapi (fun i c -> if i land 1 = 0 then c else '.') "abcdef");
  Printf.printf "%b %b %b\n" (String.starts_with ~prefix:"he" "hello") (String.ends_with ~suffix:"lo" "hello") (String.starts_with ~prefix:"hello!" "hello");
  Printf.printf "%b %b\n" (String.exists (fun c -> c = 'l') "hello") (String.for_all (fun c -> c < 'm') "hello");
  Printf.printf "%d %d\n" (String.fold_left (fun n c -> n + Char.code c) 0 "abc") (String.fold_right (fun c n -> (n * 2) + Char.code c) "ab" 0);
  show (String.capitalize_ascii "été" ^ String.uncapitalize_ascii "ABC" ^ String.lowercase_ascii "ÀBC");
  show (String.escaped "tab\t nul\000 \200 quote\"");

  Printf.printf "%d %d\n" (compare "abc" "abd") (compare "abc" "ab");
  let b = Bytes.of_string "0123456789" in
  Bytes.blit b 0 b 2 5; show (Bytes.to_string b);
  Bytes.fill b 1 3 '-'; show (Bytes.to_string b);
  show (Bytes.to_string (Bytes.extend b 1 2 |> fun e -> Bytes.set e 0 '\000'; Bytes.fill e 9 3 '*'; Bytes.set e 12 '\000'; e));
  show (Bytes.to_string (Bytes.cat (Bytes.sub b 0 2) (Bytes.of_string "end")));
  let w = Bytes.make 16 '\000' in
  Bytes.set_int32_le w 0 0x12345678l; Bytes.set_int64_be w 4 0x0102030405060708L; Bytes.set_uint16_be w 12 0xABCD; Bytes.set_int8 w 15 (-1);
  show (Bytes.to_string w);
  Printf.printf "%ld %Ld %d %d %d\n" (Bytes.get_int32_be w 0) (Bytes.get_int64_le w 4) (Bytes.get_uint16_le w 12) (Bytes.get_int8 w 15) (Bytes.get_uint8 w 15);
  let buffer = Buffer.create 4 in
  List.iter (fun n -> Buffer.add_utf_8_uchar buffer (Uchar.of_int n)) [ 0x41; 0xe9; 0x20AC; 0x1F42B ];
  show (Buffer.contents buffer);
  Buffer.clear buffer; Buffer.add_substring buffer "substring" 3 4; Buffer.add_bytes buffer (Bytes.of_string "!"); show (Buffer.contents buffer);
  Buffer.truncate buffer 2; show (Buffer.contents buffer);
  Buffer.add_substitute buffer (fun v -> "<" ^ v ^ ">") "$a ${b} $(c) \\$d"; show (Buffer.contents buffer);
  attempt (fun () -> Buffer.sub buffer 0 100);
  Seq.iter (fun (i, c) -> Printf.printf "%d%c " i c) (String.to_seqi "xyz");
  show (String.of_seq (Seq.map Char.uppercase_ascii (String.to_seq "seq")));
  show (String.init 5 (fun i -> Char.chr (97 + i)))

(* stdout {expected|
"ell"
invalid String.sub / Bytes.sub
invalid index out of bounds
not found
"4"
"4"
"x y"
""
""
"a"
""
"b"
""
"MIXED CASE 1"
"a.c.e."
true true false
true false
294 293
"\195\169t\195\169aBC\195\128bc"
"tab\\t nul\\000 \\200 quote\\\""
-1 1
"0101234789"
"0---234789"
"\0000---2347***\000"
"0-end"
"xV4\018\001\002\003\004\005\006\007\b\171\205\000\255"
2018915346 578437695752307201 52651 -1 255
"A\195\169\226\130\172\240\159\144\171"
"stri!"
"st"
"st<a> <b> <c> $d"
invalid Buffer.sub
0x 1y 2z "SEQ"
"abcde"
|expected} *)
