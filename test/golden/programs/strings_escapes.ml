(* String and character literals: escapes, quoted strings, continuation lines, Unicode, and printing them back. *)

let samples =
  [ "plain"; "tab\tnewline\nreturn\rback\b"; "quote \" and backslash \\ and apostrophe '"; "\065\066\x43\o104"; "\000 \001 \127 \128 \255";
    "\u{41}\u{e9}\u{20AC}\u{1F600}"; "caf\xc3\xa9"; "a\ b"; "" ]

let quoted = [ {|no \n escapes "here"|}; {id|with |} inside|id}; {||}; {x|multi
line|x}; {|{|nested|}; {a_b|\u{41}|a_b} ]

let continued =
  "one \
   two\
   \ three \
   \tfour"

let with_newline = "first
  second"

let chars = [ 'a'; '\''; '"'; '\\'; '\n'; '\t'; '\b'; '\r'; '\ '; '\065'; '\xff'; '\o101'; '\000' ]

let () =
  List.iter (fun s -> Printf.printf "%d %S\n" (String.length s) s) (samples @ quoted);
  Printf.printf "%S\n%S\n" continued with_newline;
  List.iter (fun c -> Printf.printf "%d %C; " (Char.code c) c) chars;
  print_newline ();
  List.iter (fun c -> print_string (Char.escaped c ^ " ")) chars;
  print_newline ();
  List.iter (fun s -> print_endline (String.escaped s)) samples;
  List.iter (fun s -> print_endline (Scanf.unescaped s)) [ {|a\tb|}; {|\065\x42|}; {|say \"x\"|} ];
  (* Reading literals with Scanf gives back what %S printed. *)
  let round_trip s = Scanf.sscanf (Printf.sprintf "%S" s) "%S" Fun.id = s in
  Printf.printf "%b\n" (List.for_all round_trip (samples @ quoted));
  let round_trip_char c = Scanf.sscanf (Printf.sprintf "%C" c) "%C" Fun.id = c in
  Printf.printf "%b\n" (List.for_all round_trip_char (List.init 256 Char.chr));
  (* In patterns. *)
  let name = function "\n" -> "newline" | "\x41\u{42}" -> "AB" | {|\n|} -> "backslash n" | _ -> "other" in
  print_endline (String.concat ", " (List.map name [ "\n"; "AB"; "\\n"; "n" ]));
  let kind = function '0' .. '9' -> "digit" | 'a' .. 'z' | 'A' .. 'Z' -> "letter" | '\128' .. '\255' -> "high" | _ -> "rest" in
  print_endline (String.concat ", " (List.map kind [ '7'; 'Q'; '\200'; '\n' ]));
  (* Comments may hold strings and characters: "*)" '"' {|*)|} *)
  (* (* nested "(*" *) 'x' '\'' *)
  print_endline "after comments";
  Printf.printf "%s %S %c %C %%\n" "s" "s" 'c' 'c';
  Printf.printf {|%d\n|} 5;
  print_newline ()

(* stdout {expected|
5 "plain"
24 "tab\tnewline\nreturn\rback\b"
40 "quote \" and backslash \\ and apostrophe '"
4 "ABCD"
9 "\000 \001 \127 \128 \255"
10 "A\195\169\226\130\172\240\159\152\128"
5 "caf\195\169"
3 "a b"
0 ""
20 "no \\n escapes \"here\""
14 "with |} inside"
0 ""
10 "multi\nline"
8 "{|nested"
6 "\\u{41}"
"one two three \tfour"
"first\n  second"
97 'a'; 39 '\''; 34 '"'; 92 '\\'; 10 '\n'; 9 '\t'; 8 '\b'; 13 '\r'; 32 ' '; 65 'A'; 255 '\255'; 65 'A'; 0 '\000'; 
a \' " \\ \n \t \b \r   A \255 A \000 
plain
tab\tnewline\nreturn\rback\b
quote \" and backslash \\ and apostrophe '
ABCD
\000 \001 \127 \128 \255
A\195\169\226\130\172\240\159\152\128
caf\195\169
a b

a	b
AB
say "x"
true
true
newline, AB, backslash n, other
digit, letter, high, rest
after comments
s "s" c 'c' %
5\n
|expected} *)
