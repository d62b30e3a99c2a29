(* The whole of Bytes: mutation, extension, numbers of every width and order, unsafe views, and bounds. *)

let show b = Printf.printf "%S\n" (Bytes.to_string b)

let raises f =
  match f () with
  | () -> print_endline "fine"
  | exception Invalid_argument m -> print_endline m
  | exception Not_found -> print_endline "Not_found"

let () =
  let b = Bytes.of_string "hello" in
  Bytes.set b 0 'J'; show b;
  show (Bytes.sub b 1 3); print_endline (Bytes.sub_string b 2 3); show (Bytes.make 2 'z'); show (Bytes.init 4 (fun i -> Char.chr (65 + i))); show Bytes.empty;
  let e = Bytes.extend b 2 (-1) in
  Bytes.fill e 0 2 '>';
  show e;
  show (Bytes.extend b (-2) 0);
  show (Bytes.cat b (Bytes.of_string "!")); show (Bytes.concat (Bytes.of_string ", ") [ b; b ]);
  let c = Bytes.copy b in
  Bytes.fill c 1 3 '-'; show c; show b;
  Bytes.blit b 0 b 2 3; show b;
  Bytes.blit_string "xyz" 1 b 0 2; show b;
  show (Bytes.map Char.uppercase_ascii b); show (Bytes.mapi (fun i c -> if i = 0 then '0' else c) b);
  show (Bytes.trim (Bytes.of_string "  in ")); show (Bytes.escaped (Bytes.of_string "\n\"")); show (Bytes.uppercase_ascii (Bytes.of_string "abc")); show (Bytes.capitalize_ascii (Bytes.of_string "abc"));
  Bytes.iter print_char b; Bytes.iteri (fun i c -> Printf.printf " %d%c" i c) b; print_newline ();
  Printf.printf "%d %d %b %b\n" (Bytes.index c '-') (Bytes.rindex (Bytes.of_string "abca") 'a') (Bytes.contains b 'q') (Bytes.index_opt b 'q' = None);
  List.iter show (Bytes.split_on_char '-' (Bytes.of_string "a-b--c"));
  Printf.printf "%d %b %d\n" (Bytes.compare (Bytes.of_string "a") (Bytes.of_string "b")) (Bytes.equal c (Bytes.copy c)) (Bytes.fold_left (fun n c -> n + Char.code c) 0 c);
  Printf.printf "%b %b %b\n" (Bytes.starts_with ~prefix:(Bytes.of_string "J") c) (Bytes.for_all (( <> ) 'x') c) (Bytes.exists (( = ) '-') c)

let () =
  let b = Bytes.make 16 '\000' in
  Bytes.set_uint8 b 0 0x1ff; Bytes.set_int8 b 1 (-2); Bytes.set_uint16_be b 2 0x1234; Bytes.set_uint16_le b 4 0x1234; Bytes.set_int16_ne b 6 (-1);
  show (Bytes.sub b 0 8);
  Bytes.set_int32_be b 0 0x01020304l; Bytes.set_int32_le b 4 0x01020304l; Bytes.set_int64_be b 8 (-2L);
  show b;
  Printf.printf "%ld %ld %Ld\n" (Bytes.get_int32_le b 0) (Bytes.get_int32_be b 4) (Bytes.get_int64_le b 8);
  Bytes.set_int64_le b 8 Int64.max_int;
  Printf.printf "%Lx %d %d\n" (Bytes.get_int64_be b 8) (Bytes.get_int8 b 15) (Bytes.get_uint16_be b 14);
  let s = Bytes.unsafe_to_string (Bytes.of_string "view") in
  Printf.printf "%s %c\n" s (Bytes.unsafe_get (Bytes.unsafe_of_string s) 1);
  print_endline (String.of_seq (Seq.map Char.uppercase_ascii (Bytes.to_seq (Bytes.of_string "seq"))));
  raises (fun () -> Bytes.set b 16 'x'); raises (fun () -> ignore (Bytes.sub b 10 7)); raises (fun () -> Bytes.fill b (-1) 1 'x'); raises (fun () -> Bytes.blit b 0 b 10 7);
  raises (fun () -> ignore (Bytes.create (-1))); raises (fun () -> Bytes.set_int32_le b 13 0l); raises (fun () -> ignore (Bytes.get_int64_be b 9)); raises (fun () -> ignore (Bytes.index b 'Z'));
  raises (fun () -> ignore (Bytes.extend (Bytes.of_string "ab") (-2) (-1))); raises (fun () -> Bytes.blit_string "a" 0 b 0 2); raises (fun () -> Bytes.unsafe_fill b 0 1 'x')

(* stdout {expected|
"Jello"
"ell"
llo
"zz"
"ABCD"
""
">>Jell"
"llo"
"Jello!"
"Jello, Jello"
"J---o"
"Jello"
"JeJel"
"yzJel"
"YZJEL"
"0zJel"
"in"
"\\n\\\""
"ABC"
"Abc"
yzJel 0y 1z 2J 3e 4l
1 3 false true
"a"
"b"
""
"c"
-1 true 320
true true true
"\255\254\01844\018\255\255"
"\001\002\003\004\004\003\002\001\255\255\255\255\255\255\255\254"
67305985 67305985 -72057594037927937
ffffffffffffff7f 127 65407
view i
SEQ
index out of bounds
String.sub / Bytes.sub
String.fill / Bytes.fill
Bytes.blit
Bytes.create
index out of bounds
index out of bounds
Not_found
Bytes.create
String.blit / Bytes.blit_string
fine
|expected} *)
