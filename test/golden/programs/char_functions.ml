let () =
  Printf.printf "%d %c %C\n" (Char.code 'A') (Char.chr 98) (Char.chr 10);
  Printf.printf "%c %c %s\n" (Char.uppercase_ascii 'q') (Char.lowercase_ascii 'Q') (Char.escaped '\t');
  (try ignore (Char.chr 256) with Invalid_argument m -> print_endline m);
  let is_vowel = function 'a' | 'e' | 'i' | 'o' | 'u' -> true | _ -> false in
  for c = Char.code 'a' to Char.code 'z' do if is_vowel (Char.chr c) then print_char (Char.chr c) done;
  print_newline ();
  let next c = Char.chr ((Char.code c + 1) land 255) in
  Printf.printf "%C %C %C\n" (next 'a') (next '\255') (next '\'');
  Printf.printf "%b %d %b\n" ('a' < 'b') (compare 'z' 'a') (Char.equal 'x' 'x');
  List.iter (fun c -> Printf.printf "%s " (Char.escaped c)) [ '\''; '\\'; '"'; '\n'; '\000'; '\127'; '\200'; ' '; '~' ];
  print_newline ()

(* stdout {expected|
65 b '\n'
Q q \t
Char.chr
aeiou
'b' '\000' '('
true 1 true
\' \\ " \n \000 \127 \200   ~ 
|expected} *)
