let () =
  let s = "OCaml" ^ " " ^ "strings" in
  Printf.printf "%s %d %c\n" s (String.length s) s.[2];
  Printf.printf "%s|%s|%s\n" (String.sub s 6 3) (String.uppercase_ascii s) (String.concat "-" [ "a"; "b"; "c" ]);
  Printf.printf "%S\n" "tab\t newline\n quote\" backslash\\ bell\007 high\200 utf8 \xC3\xA9 \u{20AC}";
  print_string "line one\nline \
                continued\n";
  print_endline {|raw \n "text" |};
  print_endline {id|with |} inside|id};
  Printf.printf "%b %b %b %d\n" ("abc" = "abc") ("abc" < "abd") ("abc" == "abd") (compare "b" "a");
  let rev s = String.init (String.length s) (fun i -> s.[String.length s - 1 - i]) in
  print_endline (rev "stressed");
  let is_palindrome s = s = rev s in
  Printf.printf "%b %b\n" (is_palindrome "level") (is_palindrome "levels");
  let words = String.split_on_char ' ' "the quick  brown fox" in
  List.iter (fun w -> Printf.printf "<%s>" w) words;
  print_newline ();
  print_endline (String.concat " " (List.map String.capitalize_ascii words));
  String.iteri (fun i c -> if i mod 2 = 0 then print_char c) s;
  print_newline ();
  Printf.printf "%d %d\n" (Char.code '\065') (Char.code '\x41')

(* stdout {expected|
OCaml strings 13 a
str|OCAML STRINGS|a-b-c
"tab\t newline\n quote\" backslash\\ bell\007 high\200 utf8 \195\169 \226\130\172"
line one
line continued
raw \n "text" 
with |} inside
true true false 1
desserts
true false
<the><quick><><brown><fox>
The Quick  Brown Fox
Oalsrns
65 65
|expected} *)
