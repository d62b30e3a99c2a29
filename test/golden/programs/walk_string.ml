(* The whole of String: slices, searches, transformations, comparisons, numbers in bytes, and what raises. *)

let raises f =
  match f () with
  | _ -> print_endline "fine"
  | exception Invalid_argument m -> print_endline m
  | exception Not_found -> print_endline "Not_found"

let list l = print_endline (String.concat "," (List.map (Printf.sprintf "%S") l))

let () =
  let s = "The quick brown fox" in
  Printf.printf "%d %c %s %s\n" (String.length s) (String.get s 4) (String.sub s 4 5) (String.make 3 '*');
  print_endline (String.init 10 (fun i -> Char.chr (48 + i)));
  print_endline (String.cat "con" "cat" ^ String.concat "-" [ "a"; ""; "b" ]);
  Printf.printf "%b %b %b\n" (String.starts_with ~prefix:"The" s) (String.ends_with ~suffix:"ox" s) (String.starts_with ~prefix:"" "");
  Printf.printf "%b %b %b\n" (String.contains s 'q') (String.contains_from s 5 'q') (String.rcontains_from s 5 'T');
  Printf.printf "%d %d %d %d\n" (String.index s 'o') (String.rindex s 'o') (String.index_from s 13 'o') (String.rindex_from s 13 'o');
  Printf.printf "%b %b %b\n" (String.index_opt s 'z' = None) (String.rindex_opt s 'T' = Some 0) (String.index_from_opt s 19 'x' = None);
  list (String.split_on_char ' ' s); list (String.split_on_char ',' ",a,,b,"); list (String.split_on_char 'x' "");
  list [ String.trim "  \t x y \n\r "; String.escaped "a\"\n\200"; String.uppercase_ascii "aé"; String.lowercase_ascii "ABC"; String.capitalize_ascii "xyz"; String.uncapitalize_ascii "XYZ" ];
  list [ String.map (fun c -> if c = 'o' then '0' else c) s; String.mapi (fun i c -> if i mod 2 = 0 then c else '_') "abcdef" ];
  Printf.printf "%d %b %b\n" (String.fold_left (fun n c -> if c = ' ' then n + 1 else n) 0 s) (String.for_all (fun c -> c > ' ') "ab") (String.exists (( = ) 'b') "ab");
  print_endline (String.fold_right (fun c acc -> acc ^ String.make 1 c) "backwards" "")

let () =
  let sign n = compare n 0 in
  List.iter (fun (a, b) -> Printf.printf "%d%b " (sign (String.compare a b)) (String.equal a b))
    [ ("a", "b"); ("a", "a"); ("ab", "a"); ("", "a"); ("Z", "a"); ("\200", "a"); ("a\000b", "a\000c"); ("12345678", "12345679") ];
  print_newline ();
  String.iter (fun c -> Printf.printf "%02x" (Char.code c)) "az"; String.iteri (fun i c -> Printf.printf " %d%c" i c) "xy"; print_newline ();
  let b = "\x01\x02\x03\x04\xff\xfe\xfd\xfc" in
  Printf.printf "%d %d %d %d\n" (String.get_uint8 b 4) (String.get_int8 b 4) (String.get_uint16_be b 0) (String.get_uint16_le b 0);
  Printf.printf "%d %d %ld %ld\n" (String.get_int16_be b 4) (String.get_int16_le b 4) (String.get_int32_be b 0) (String.get_int32_le b 4);
  Printf.printf "%Lx %Lx\n" (String.get_int64_be b 0) (String.get_int64_le b 0);
  let dst = Bytes.make 6 '.' in
  String.blit "abcdef" 2 dst 1 3;
  print_endline (Bytes.to_string dst);
  print_endline (String.of_bytes (String.to_bytes "copy"));
  Seq.iter (fun (i, c) -> Printf.printf "%d%c " i c) (String.to_seqi "seq"); print_newline ()

let () =
  raises (fun () -> String.sub "abc" 2 2); raises (fun () -> String.sub "abc" (-1) 1); raises (fun () -> String.make (-1) 'x');
  raises (fun () -> String.make 1 "abc".[3]); raises (fun () -> string_of_int (String.index "abc" 'z')); raises (fun () -> string_of_int (String.index_from "abc" 4 'a'));
  raises (fun () -> string_of_int (String.rindex_from "abc" 3 'a')); raises (fun () -> string_of_int (String.rindex_from "abc" (-1) 'a'));
  raises (fun () -> string_of_int (String.get_uint16_le "a" 0)); raises (fun () -> String.init (-1) (fun _ -> 'x'));
  raises (fun () -> string_of_bool (String.contains_from "abc" 4 'a')); raises (fun () -> String.blit "abc" 0 (Bytes.create 2) 0 3; "")

(* stdout {expected|
19 q quick ***
0123456789
concata--b
true true true
true false true
12 17 17 12
true true true
"The","quick","brown","fox"
"","a","","b",""
""
"x y","a\\\"\\n\\200","A\195\169","abc","Xyz","xYZ"
"The quick br0wn f0x","a_c_e_"
3 true true
sdrawkcab
-1false 0true 1false -1false -1false 1false -1false -1false 
617a 0x 1y
255 -1 258 513
-2 -257 16909060 -50462977
1020304fffefdfc fcfdfeff04030201
.cde..
copy
0s 1e 2q 
String.sub / Bytes.sub
String.sub / Bytes.sub
Bytes.create
index out of bounds
Not_found
String.index_from / Bytes.index_from
String.rindex_from / Bytes.rindex_from
Not_found
index out of bounds
Bytes.create
String.contains_from / Bytes.contains_from
String.blit / Bytes.blit_string
|expected} *)
