(* Str: many expressions on many subjects, by every function; the letters of case folding and of word boundaries. *)
(* libraries str *)

open Str

let p = Printf.printf
let patterns =
  [ ""; "a"; "abc"; "a*"; "a+"; "a?"; "."; ".*"; "a.c"; "[abc]"; "[^abc]"; "[a-c]+"; "[]a]"; "[^]a]"; "[a-]"; "[-a]";
    "[a-c-e]"; "^a"; "a$"; "^$"; "^"; "$"; "\\bfoo\\b"; "\\b"; "a\\|b"; "a\\|ab";
    "\\(a\\|ab\\)\\(c\\|bcd\\)\\(d*\\)"; "\\(a*\\)*"; "\\(a*\\)+"; "\\(a\\|b\\)*c"; "\\(a\\)\\|b"; "\\(a\\)*";
    "\\(a*\\)b*\\1"; "\\(.\\)\\1"; "\\(.+\\)\\1"; "*a"; "+"; "?x"; "a**"; "a+*"; "a??"; "\\*"; "\\."; "\\\\"; "\\n";
    "[.*]"; "[\\]"; "x\\(y\\(z\\)?\\)?"; "\\(\\)"; "\\(\\)*a"; "\\(a?\\)*b"; "\\(a?b?\\)*$"; "\\(^a\\|b\\)*"; "a.*b";
    "a[^x]*b"; "[a-z]+[0-9]*"; "[a-z]*z"; "\\([a-z]+\\) \\([a-z]+\\)"; "foo\\|bar\\|baz"; "\\1"; "\\(a\\1\\)";
    "\\2\\(a\\)"; "[z-a]"; "\\(a\\|b\\|\\)c"; "\\|a"; "a\\|"; "a\\(b\\(c\\(d\\)\\)\\)"; "[\n]"; "a\nb"; ".\n.";
    "\\(a\\|\\(b\\)\\)+"; "\\(\\(a\\)\\|b\\)*"; "\\w"; "\\("; "\\)"; "["; "[a"; "[^"; "[]"; "a\\"; "\\(a"; "a\\)";
    "[a-"; "\\(a*\\)\\(a*\\)"; "\\(a+\\|b+\\)?c"; "\\(ab\\)+\\(ab\\)"; "\\b[a-z]"; "[A-Z]"; "hello"; "\\(x\\)?\\1y" ]

let subjects = [ ""; "aab"; "foo bar"; "a\nb"; "Hello WORLD"; "abcbd" ]

let show_groups s =
  for group = 0 to 3 do
    match matched_group group s with
    | text -> p " %s" (String.escaped text)
    | exception Not_found -> p " -"
    | exception Invalid_argument m -> p " %s" m
  done

let attempt f =
  try f () with
  | Not_found -> p " Not_found"
  | e -> p " %s" (Printexc.to_string e)

let list l = p " %s" (String.escaped (String.concat "|" l))

let results l =
  list (List.map (function Text s -> "t" ^ s | Delim s -> "d" ^ s) l)

let apply re s =
  attempt (fun () -> p "%b" (string_match re s 0); show_groups s);
  attempt (fun () -> p " %b %d;" (string_partial_match re s 0) (match_end ()));
  attempt (fun () -> p " %d-%d" (search_forward re s 0) (match_end ()); show_groups s);
  attempt (fun () -> p " %d-%d" (search_backward re s (String.length s)) (match_end ()));
  attempt (fun () -> p " %S" (global_replace re "<\\0\\q>" s));
  attempt (fun () -> p " %S" (global_replace re "\\1" s));
  attempt (fun () -> p " %S" (replace_first re "<\\\\>" s));
  attempt (fun () -> p " %S" (substitute_first re (fun s -> "{" ^ matched_string s ^ "}") s));
  list (split re s);
  list (bounded_split re s 2);
  list (split_delim re s);
  list (bounded_split_delim re s 3);
  results (full_split re s);
  results (bounded_full_split re s 2);
  p "\n"

let all compile patterns =
  List.iter
    (fun pattern ->
      p "%S\n" pattern;
      match compile pattern with
      | exception e -> p "%s\n" (Printexc.to_string e)
      | re -> List.iter (apply re) subjects)
    patterns

(* Which characters match which, with case folded; which are letters. *)
let characters () =
  for c = 0 to 255 do
    let ch = String.make 1 (Char.chr c) in
    p "%d:" c;
    let same = regexp_case_fold (quote ch) and inside = regexp_case_fold ("[0" ^ ch ^ "]") in
    for d = 0 to 255 do
      let s = String.make 1 (Char.chr d) in
      if string_match same s 0 then p " %d" d;
      if string_match inside s 0 then p " [%d]" d
    done;
    p " %b\n" (string_match (regexp ".\\b.") (" " ^ ch) 0)
  done

let errors () =
  attempt (fun () -> ignore (string_match (regexp "a") "b" 5));
  attempt (fun () -> ignore (search_forward (regexp "a") "b" (-1)));
  attempt (fun () -> ignore (search_backward (regexp "a") "b" 2));
  attempt (fun () -> ignore (string_partial_match (regexp "a") "b" 2));
  attempt (fun () -> ignore (replace_matched "\\" "b"));
  p " %S" (quote "a[b]*.\\?+^$c");
  attempt (fun () -> ignore (search_forward (regexp_string "a*") "xa*y" 0); p " %s" (matched_string "xa*y"));
  attempt (fun () -> ignore (search_forward (regexp_string_case_fold "A*") "xa*y" 0); p " %d-%d" (match_beginning ()) (match_end ()));
  attempt (fun () -> p " %d-%d" (group_beginning 1) (group_end 1));
  p " %s %s %s %s\n" (string_before "abc" 1) (string_after "abc" 1) (first_chars "abc" 2) (last_chars "abc" 2)

let () =
  all regexp patterns;
  print_endline "-- case folded";
  all regexp_case_fold [ "A*B"; "[^a-c]+"; "[A-C]"; "hello w"; "\\(L\\)\\1o"; "\\(.\\) *\\1" ];
  characters ();
  errors ();
  (* Long subjects *)
  let long = String.make 50000 'a' in
  let matches = string_match (regexp "\\(a\\|b\\)*$") long 0 in
  p "%b %d\n" matches (match_end ());
  p "%d\n" (List.length (split (regexp "b*,b*") (String.concat "b,bb" (List.init 2000 string_of_int))));
  p "%d\n" (String.length (global_replace (regexp "a") "xyz" long))
