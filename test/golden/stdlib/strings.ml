(* Char, String, Bytes, Buffer, Uchar. *)

let attempt name f =
  match f () with
  | s -> Printf.printf "%s = %S\n" name s
  | exception e -> Printf.printf "%s raises %s\n" name (Printexc.to_string e)

let int f = string_of_int (f ())
let bool f = string_of_bool (f ())
let opt = function None -> "None" | Some n -> "Some " ^ string_of_int n
let s = "Hello, World"

let () =
  for i = 0 to 255 do
    let c = Char.chr i in
    Printf.printf "%s %C %C %d|" (Char.escaped c) (Char.lowercase_ascii c) (Char.uppercase_ascii c) (Char.code c)
  done;
  print_newline ();
  attempt "chr" (fun () -> String.make 1 (Char.chr 256));
  attempt "chr" (fun () -> String.make 1 (Char.chr (-1)));
  attempt "char_of_int" (fun () -> String.make 1 (char_of_int 256));
  attempt "get" (fun () -> String.make 1 s.[12]);
  attempt "make" (fun () -> String.make (-1) 'a');
  attempt "init" (fun () -> String.init 10 (fun i -> Char.chr (65 + i)));
  attempt "sub" (fun () -> String.sub s 7 5);
  attempt "sub" (fun () -> String.sub s 7 6);
  attempt "sub" (fun () -> String.sub s (-1) 2);
  attempt "sub" (fun () -> String.sub s 12 0);
  attempt "concat" (fun () -> String.concat ", " [ "a"; "b"; "c" ]);
  attempt "concat" (fun () -> String.concat "" []);
  attempt "concat" (fun () -> String.concat "x" [ "a" ]);
  attempt "cat" (fun () -> String.cat "a" "b" ^ "c");
  attempt "index" (fun () -> int (fun () -> String.index s 'o'));
  attempt "index" (fun () -> int (fun () -> String.index s 'z'));
  attempt "rindex" (fun () -> int (fun () -> String.rindex s 'o'));
  attempt "rindex" (fun () -> int (fun () -> String.rindex s 'z'));
  attempt "index_from" (fun () -> int (fun () -> String.index_from s 5 'o'));
  attempt "index_from" (fun () -> int (fun () -> String.index_from s 12 'o'));
  attempt "index_from" (fun () -> int (fun () -> String.index_from s 13 'o'));
  attempt "rindex_from" (fun () -> int (fun () -> String.rindex_from s 7 'o'));
  attempt "rindex_from" (fun () -> int (fun () -> String.rindex_from s (-1) 'o'));
  attempt "rindex_from" (fun () -> int (fun () -> String.rindex_from s 12 'o'));
  attempt "index_opt" (fun () -> opt (String.index_opt s 'W') ^ opt (String.index_opt s 'w') ^ opt (String.rindex_opt s 'l'));
  attempt "index_from_opt" (fun () -> opt (String.index_from_opt s 13 'W'));
  attempt "rindex_from_opt" (fun () -> opt (String.rindex_from_opt s 12 'W'));
  attempt "contains" (fun () -> bool (fun () -> String.contains s 'W'));
  attempt "contains_from" (fun () -> bool (fun () -> String.contains_from s 13 'W'));
  attempt "contains_from" (fun () -> bool (fun () -> String.contains_from s 8 'W'));
  attempt "rcontains_from" (fun () -> bool (fun () -> String.rcontains_from s 8 'W'));
  attempt "rcontains_from" (fun () -> bool (fun () -> String.rcontains_from s 12 'W'));
  attempt "split" (fun () -> String.concat "|" (String.split_on_char ',' "a,b,,c,"));
  attempt "split" (fun () -> String.concat "|" (String.split_on_char ',' ""));
  List.iter (fun s -> attempt "trim" (fun () -> String.trim s)) [ ""; " "; " a "; "a b"; "\t\n\r\012x\011"; "x " ];
  attempt "escaped" (fun () -> String.escaped "\n\t\\\"'\000\255abc\r\b\127");
  attempt "escaped" (fun () -> String.escaped "plain");
  attempt "case" (fun () -> String.uppercase_ascii s ^ String.lowercase_ascii s ^ String.capitalize_ascii "abc\233" ^ String.uncapitalize_ascii "ABC" ^ String.capitalize_ascii "");
  attempt "map" (fun () -> String.map (fun c -> Char.chr (Char.code c + 1)) s);
  attempt "mapi" (fun () -> String.mapi (fun i c -> if i mod 2 = 0 then c else '.') s);
  attempt "fold" (fun () -> String.fold_left (fun acc c -> acc ^ String.make 1 c ^ "-") "" s);
  attempt "fold_right" (fun () -> String.fold_right (fun c acc -> acc ^ String.make 1 c) s "");
  attempt "for_all" (fun () -> bool (fun () -> String.for_all (fun c -> c <> 'z') s) ^ bool (fun () -> String.exists (( = ) 'z') s));
  attempt "compare" (fun () -> String.concat " " (List.map string_of_int [ compare "a" "b"; compare "b" "a"; compare "a" "a"; compare "" "a"; compare "ab" "a"; String.compare "\255" "a"; compare "a\000" "a" ]));
  attempt "equal" (fun () -> bool (fun () -> String.equal "abc" "abc") ^ bool (fun () -> "abc" = "abd") ^ bool (fun () -> "abc" < "abcd"));
  attempt "starts" (fun () -> bool (fun () -> String.starts_with ~prefix:"He" s) ^ bool (fun () -> String.starts_with ~prefix:"Hello, World!" s) ^ bool (fun () -> String.ends_with ~suffix:"ld" s) ^ bool (fun () -> String.ends_with ~suffix:"lx" s));
  attempt "seq" (fun () -> String.of_seq (Seq.map Char.uppercase_ascii (String.to_seq s)));
  attempt "seqi" (fun () -> String.of_seq (Seq.map (fun (i, c) -> if i > 3 then c else '_') (String.to_seqi s)));
  String.iter (fun c -> print_char c; print_char ' ') s;
  String.iteri (fun i c -> Printf.printf "%d%c" i c) s;
  print_newline ()

let bs b = Bytes.to_string b

let () =
  let b = Bytes.of_string s in
  Bytes.set b 0 'J';
  Bytes.fill b 1 3 '*';
  attempt "bytes" (fun () -> bs b);
  attempt "set" (fun () -> Bytes.set b 12 'x'; "");
  attempt "fill" (fun () -> Bytes.fill b 10 3 'x'; "");
  attempt "sub" (fun () -> bs (Bytes.sub b 2 3) ^ Bytes.sub_string b 0 2);
  attempt "extend" (fun () -> String.length (bs (Bytes.extend b 2 3)) |> string_of_int);
  attempt "extend" (fun () -> bs (Bytes.extend b (-2) (-3)));
  attempt "extend" (fun () -> bs (Bytes.extend b (-10) (-3)));
  attempt "blit" (fun () -> Bytes.blit b 0 b 2 5; bs b);
  attempt "blit" (fun () -> Bytes.blit b 2 b 0 5; bs b);
  attempt "blit" (fun () -> Bytes.blit b 8 b 0 5; bs b);
  attempt "blit_string" (fun () -> Bytes.blit_string "xyz" 0 b 1 2; bs b);
  attempt "blit_string" (fun () -> Bytes.blit_string "xyz" 2 b 1 2; bs b);
  attempt "concat" (fun () -> bs (Bytes.concat (Bytes.of_string "--") [ b; Bytes.empty; b ]));
  attempt "cat" (fun () -> bs (Bytes.cat b b));
  attempt "trim" (fun () -> bs (Bytes.trim (Bytes.of_string "  q ")));
  attempt "escaped" (fun () -> bs (Bytes.escaped (Bytes.of_string "a\nb")));
  attempt "case" (fun () -> bs (Bytes.uppercase_ascii b) ^ bs (Bytes.capitalize_ascii (Bytes.of_string "x")));
  attempt "index" (fun () -> string_of_int (Bytes.index b 'W') ^ opt (Bytes.rindex_opt b '?'));
  attempt "compare" (fun () -> string_of_int (Bytes.compare b (Bytes.of_string "a")) ^ string_of_bool (Bytes.equal b b));
  attempt "starts" (fun () -> string_of_bool (Bytes.starts_with ~prefix:(Bytes.of_string "J") b));
  attempt "split" (fun () -> String.concat "|" (List.map bs (Bytes.split_on_char 'l' (Bytes.of_string "hello"))));
  let b = Bytes.make 16 '\000' in
  Bytes.set_uint8 b 0 300; Bytes.set_int8 b 1 (-2); Bytes.set_uint16_le b 2 0x1234; Bytes.set_uint16_be b 4 0x1234;
  Bytes.set_int32_le b 6 0x12345678l;
  attempt "binary" (fun () -> bs b);
  Bytes.set_int32_be b 6 (-2l); Bytes.set_int64_le b 8 0x0123456789abcdefL;
  attempt "binary" (fun () -> bs b);
  Bytes.set_int64_be b 8 0x0123456789abcdefL;
  attempt "binary" (fun () -> bs b);
  attempt "get" (fun () -> Printf.sprintf "%d %d %d %d %d %d" (Bytes.get_uint8 b 1) (Bytes.get_int8 b 1) (Bytes.get_uint16_le b 8) (Bytes.get_int16_be b 14) (Bytes.get_int16_le b 14) (Bytes.get_uint16_ne b 2));
  attempt "get" (fun () -> Printf.sprintf "%ld %ld %Ld %Ld" (Bytes.get_int32_le b 4) (Bytes.get_int32_be b 4) (Bytes.get_int64_le b 8) (Bytes.get_int64_be b 8));
  attempt "get" (fun () -> Printf.sprintf "%d" (Bytes.get_uint16_le b 15));
  attempt "get" (fun () -> Printf.sprintf "%Ld" (Bytes.get_int64_le b 9));
  attempt "get" (fun () -> Printf.sprintf "%ld" (Bytes.get_int32_le b (-1)));
  attempt "set" (fun () -> Bytes.set_uint16_le b 15 1; "")

let () =
  let b = Buffer.create 1 in
  for i = 0 to 99 do Buffer.add_string b (string_of_int i); Buffer.add_char b ' ' done;
  attempt "contents" (fun () -> Buffer.contents b);
  attempt "length" (fun () -> string_of_int (Buffer.length b));
  attempt "sub" (fun () -> Buffer.sub b 5 10);
  attempt "sub" (fun () -> Buffer.sub b 285 10);
  attempt "nth" (fun () -> String.make 1 (Buffer.nth b 7));
  attempt "nth" (fun () -> String.make 1 (Buffer.nth b 290));
  Buffer.truncate b 10;
  attempt "truncate" (fun () -> Buffer.truncate b 11; "");
  Buffer.add_substring b "abcdef" 2 3;
  attempt "add_substring" (fun () -> Buffer.add_substring b "abc" 2 3; "");
  Buffer.add_bytes b (Bytes.of_string "xyz");
  Buffer.add_subbytes b (Bytes.of_string "xyz") 1 1;
  let c = Buffer.create 16 in
  Buffer.add_buffer c b;
  Buffer.add_buffer c b;
  attempt "contents" (fun () -> Buffer.contents c ^ Bytes.to_string (Buffer.to_bytes b));
  let target = Bytes.make 5 '.' in
  Buffer.blit c 1 target 1 3;
  attempt "blit" (fun () -> bs target);
  attempt "blit" (fun () -> Buffer.blit c 1 target 3 3; "");
  Buffer.clear c;
  attempt "seq" (fun () -> Buffer.add_seq c (String.to_seq "seq"); Buffer.contents c);
  attempt "of_seq" (fun () -> Buffer.contents (Buffer.of_seq (Buffer.to_seq c)));
  Buffer.reset c;
  List.iter
    (fun pattern ->
      attempt pattern (fun () ->
          Buffer.clear c;
          Buffer.add_substitute c (fun name -> "<" ^ name ^ ">") pattern;
          Buffer.contents c))
    [ "a $b c"; "$(x y)"; "${x}z"; "\\$x"; "\\a"; "a\\"; "$(a(b)c)d"; "$x_1-y"; "\\\\" ];
  Buffer.clear c;
  List.iter (fun n -> Buffer.add_utf_8_uchar c (Uchar.of_int n)) [ 0x24; 0xA2; 0x20AC; 0x10348 ];
  List.iter (fun n -> Buffer.add_utf_16be_uchar c (Uchar.of_int n)) [ 0x24; 0x20AC; 0x10348 ];
  List.iter (fun n -> Buffer.add_utf_16le_uchar c (Uchar.of_int n)) [ 0x24; 0x20AC; 0x10348 ];
  attempt "utf" (fun () -> Buffer.contents c);
  Buffer.clear c;
  Buffer.add_uint8 c 300; Buffer.add_int16_be c 258; Buffer.add_int32_le c 1l; Buffer.add_int64_be c 2L;
  attempt "binary" (fun () -> Buffer.contents c)

let () =
  attempt "uchar" (fun () -> string_of_int (Uchar.to_int (Uchar.of_int 0xD800)));
  attempt "uchar" (fun () -> string_of_int (Uchar.to_int (Uchar.of_int 0x110000)));
  attempt "uchar" (fun () -> string_of_int (Uchar.to_int (Uchar.succ (Uchar.of_int 0xD7FF))));
  attempt "uchar" (fun () -> string_of_int (Uchar.to_int (Uchar.pred (Uchar.of_int 0xE000))));
  attempt "uchar" (fun () -> string_of_int (Uchar.to_int (Uchar.succ Uchar.max)));
  attempt "uchar" (fun () -> string_of_int (Uchar.to_int (Uchar.pred Uchar.min)));
  attempt "uchar" (fun () -> String.make 1 (Uchar.to_char (Uchar.of_int 256)));
  attempt "uchar" (fun () -> String.make 1 (Uchar.to_char (Uchar.of_int 65)) ^ string_of_bool (Uchar.is_char Uchar.bom));
  attempt "uchar" (fun () -> string_of_int (Uchar.compare Uchar.bom Uchar.rep))
