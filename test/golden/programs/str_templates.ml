(* Str as its users use it: templates, log lines, word counts, a tiny markup. *)
(* libraries str *)

let template bindings text =
  let r = Str.regexp "{{ *\\([a-z_]+\\) *}}" in
  Str.global_substitute r (fun s -> try List.assoc (Str.matched_group 1 s) bindings with Not_found -> "?") text

let log_line = Str.regexp "^\\([0-9]+\\)-\\([0-9]+\\) \\[\\(info\\|warn\\|error\\)\\] \\(.*\\)$"

let parse line =
  if Str.string_match log_line line 0 then
    Some (int_of_string (Str.matched_group 1 line), Str.matched_group 3 line, Str.matched_group 4 line)
  else None

let markup text =
  text
  |> Str.global_replace (Str.regexp "\\*\\([^*]+\\)\\*") "<b>\\1</b>"
  |> Str.global_replace (Str.regexp "_\\([^_]+\\)_") "<i>\\1</i>"
  |> Str.replace_first (Str.regexp_string "...") "&hellip;"

let find_all r text =
  let rec go from =
    match Str.search_forward r text from with
    | i -> let m = Str.matched_string text in (i, m) :: go (max (i + 1) (Str.match_end ()))
    | exception Not_found -> []
  in
  go 0

let show_split = function Str.Text t -> "T:" ^ t | Str.Delim d -> "D:" ^ d

let () =
  print_endline (template [ ("name", "Ann"); ("day", "Monday") ] "Dear {{name}}, see you {{ day }} or {{never}}.");
  List.iter
    (fun line -> match parse line with Some (d, level, m) -> Printf.printf "%d %s %s\n" d level m | None -> print_endline "no match")
    [ "12-05 [warn] disk is full"; "1-1 [debug] x"; "3-9 [error] " ];
  print_endline (markup "a *bold* and _italic_ word... and ... more");
  List.iter (fun (i, m) -> Printf.printf "%d:%s " i m) (find_all (Str.regexp "[A-Z][a-z]*") "CamelCase and Words");
  print_newline ();
  print_endline (String.concat "|" (Str.split (Str.regexp "[ ,;]+") " a, b;c  d "));
  print_endline (String.concat "|" (Str.split_delim (Str.regexp ",") ",a,,b,"));
  print_endline (String.concat " " (List.map show_split (Str.full_split (Str.regexp "[-+*/]") "1+22*3-")));
  print_endline (String.concat "|" (Str.bounded_split (Str.regexp ":") "a:b:c:d" 2));
  Printf.printf "%b %b\n" (Str.string_match (Str.regexp_case_fold "hello") "HELLO" 0) (Str.string_partial_match (Str.regexp "abcd") "xab" 1);
  Printf.printf "%d\n" (Str.search_backward (Str.regexp "o") "foo bor" 6);
  Printf.printf "%s %s %s %s\n" (Str.first_chars "abcdef" 2) (Str.last_chars "abcdef" 2) (Str.string_before "abcdef" 3) (Str.string_after "abcdef" 3);
  print_endline (Str.quote "a.b*[c]");
  let date = Str.regexp "\\([0-9]+\\)/\\([0-9]+\\)/\\([0-9]+\\)" in
  print_endline (Str.global_replace date "\\3-\\2-\\1 (\\0)" "on 24/12/2020 and 1/2/03")

(* stdout {expected|
Dear Ann, see you Monday or ?.
12 warn disk is full
no match
3 error 
a <b>bold</b> and <i>italic</i> word&hellip; and ... more
0:Camel 5:Case 14:Words 
a|b|c|d
|a||b|
T:1 D:+ T:22 D:* T:3 D:-
a|b:c:d
true true
5
ab ef abc def
a\.b\*\[c\]
on 2020-12-24 (24/12/2020) and 03-2-1 (1/2/03)
|expected} *)
