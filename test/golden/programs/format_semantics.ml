(* Format: tags, tabulation, custom output, nested formatters, %a and %t, limits of depth. *)
open Format

type style = Bold | Colour of string
type stag += Style of style

let marks =
  { mark_open_stag = (function Style Bold -> "<b>" | Style (Colour c) -> "<" ^ c ^ ">" | String_tag s -> "{" ^ s ^ "}" | _ -> "");
    mark_close_stag = (function Style Bold -> "</b>" | Style (Colour c) -> "</" ^ c ^ ">" | String_tag _ -> "{/}" | _ -> "");
    print_open_stag = ignore; print_close_stag = ignore }

let () =
  let b = Buffer.create 100 in
  let ppf = formatter_of_buffer b in
  pp_set_formatter_stag_functions ppf marks;
  pp_set_tags ppf true;
  pp_open_stag ppf (Style Bold);
  fprintf ppf "bold @{<it>italic %d@}" 5;
  pp_close_stag ppf ();
  pp_open_stag ppf (Style (Colour "red"));
  pp_print_string ppf " red";
  pp_close_stag ppf ();
  pp_print_flush ppf ();
  print_endline (Buffer.contents b)

(* A formatter that writes in capitals and counts lines. *)
let () =
  let lines = ref 0 in
  let out s p n = print_string (String.uppercase_ascii (String.sub s p n)) in
  let ppf = make_formatter out ignore in
  let functions = pp_get_formatter_out_functions ppf () in
  pp_set_formatter_out_functions ppf
    { functions with out_newline = (fun () -> incr lines; print_string "~\n"); out_spaces = (fun n -> print_string (String.make n '.')) };
  pp_set_margin ppf 20;
  fprintf ppf "@[<hov 3>some words that do not fit on one line@]@.";
  printf "%d lines@." !lines

let () =
  let optional ppf = function None -> fprintf ppf "-" | Some n -> fprintf ppf "%d" n in
  let time ppf = fprintf ppf "noon" in
  printf "%a %a %t@." optional None optional (Some 3) time;
  printf "%a@." (pp_print_option ~none:(fun ppf () -> fprintf ppf "nothing") pp_print_int) None;
  printf "%a@." (pp_print_result ~ok:pp_print_int ~error:pp_print_string) (Error "bad");
  printf "%a@." (pp_print_either ~left:pp_print_int ~right:pp_print_string) (Either.Right "right");
  printf "@[%a@]@." pp_print_text "text with\nnewlines and  spaces";
  printf "%a@." (pp_print_seq ~pp_sep:(fun ppf () -> fprintf ppf "; ") pp_print_int) (List.to_seq [ 1; 2; 3 ]);
  set_max_boxes 4;
  let rec nest ppf n = if n = 0 then fprintf ppf "x" else fprintf ppf "@[(%a)@]" nest (n - 1) in
  printf "%a@." nest 8;
  set_max_boxes 0;
  set_ellipsis_text "...";
  printf "%s %d@." (asprintf "%d-%s" 1 "a") (String.length (asprintf "%a" nest 3));
  print_endline (kasprintf String.uppercase_ascii "k%s" "asprintf");
  ifprintf std_formatter "%d %s" 1 "nothing";
  open_tbox (); set_tab (); print_string "name   "; set_tab (); print_string "size"; print_tab (); print_string "abc"; print_tab (); print_string "12"; close_tbox ();
  print_newline ();
  printf "%d%%@@@." 100

(* stdout {expected|
<b>bold {it}italic 5{/}</b><red> red</red>
SOME WORDS THAT DO NOT FIT ON ONE LINE~
1 lines
- 3 noon
nothing
bad
right
text with
newlines and  spaces
1; 2; 3
((.))
1-a 7
KASPRINTF
name   size
abc    12
100%@
|expected} *)
