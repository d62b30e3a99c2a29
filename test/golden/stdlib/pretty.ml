(* Format: boxes, breaks, geometry, tags, tabulation, symbolic output, formats, and random programs of all of these. *)

open Format

let title s = Stdlib.print_string ("-- " ^ s ^ "\n"); Stdlib.flush stdout
let attempt f = try f () with e -> Printf.printf "%s\n" (Printexc.to_string e)
let words = [ "the"; "quick"; "brown"; "fox"; "jumps"; "over"; "the"; "lazy"; "dog"; "and"; "runs"; "away" ]
let print_words sep p = pp_print_list ~pp_sep:(fun p () -> fprintf p sep) pp_print_string p words

let boxes () =
  title "boxes";
  List.iter
    (fun margin ->
      set_margin margin;
      printf "margin %d@." margin;
      printf "@[<h 2>h %t@]@." (print_words "@ ");
      printf "@[<v 2>v %t@]@." (print_words "@ ");
      printf "@[<hv 2>hv %t@]@." (print_words "@ ");
      printf "@[<hov 2>hov %t@]@." (print_words "@ ");
      printf "@[<b 2>b %t@]@." (print_words "@ ");
      printf "@[<2>plain %t@]@." (print_words "@ ");
      printf "@[<hov>%t@]@." (print_words ",@;<1 -2>");
      printf "f(@[<hv>%t@])@." (print_words ";@ ");
      printf "@[<v>begin@;<1 2>@[<hov>%t@]@,end@]@." (print_words "@ ");
      printf "@[(@[<2>nested@ (@[<2>nested@ (@[<2>nested@ (@[<2>%t@])@])@])@])@]@." (print_words "@ "))
    [ 20; 40; 78; 200 ];
  set_margin 78

let structure () =
  title "the two compacting boxes";
  set_margin 20;
  printf "@[<b 2>aaaa @[<b 2>bbbbbbb@ ccccccc@ @]@ dddd@]@.";
  printf "@[<hov 2>aaaa @[<hov 2>bbbbbbb@ ccccccc@ @]@ dddd@]@.";
  title "custom breaks";
  let list p = fprintf p "@[<hv 1>[%t%t]@]@."  (print_words ";@ ")
    (fun p -> pp_print_custom_break p ~fits:("", 0, "") ~breaks:(";", -1, "")) in
  set_margin 30;
  list std_formatter;
  set_margin 100;
  list std_formatter;
  title "indentation limit";
  set_margin 10;
  set_max_indent 5;
  printf "@[123456@[7@]89A@]@.";
  printf "@[123456@[7@]89@]@.";
  printf "@[123@[456@[7@]89@]A@]@.";
  set_margin 78;
  title "newlines";
  printf "@[<v 2>a@\nb@\n@[<h>c@\nd@]@]@\ne@.";
  printf "@[<hov>text with\na newline@ inside@]@.";
  open_vbox 3;
  print_string "x";
  print_cut ();
  print_if_newline ();
  print_string "shown";
  print_if_newline ();
  print_string "hidden";
  force_newline ();
  print_if_newline ();
  print_space ();
  print_string "end";
  close_box ();
  print_newline ()

let geometry () =
  title "geometry";
  let show () = Printf.printf "margin %d, indent %d\n" (get_margin ()) (get_max_indent ()) in
  List.iter
    (fun (margin, indent) ->
      set_margin margin;
      show ();
      set_max_indent indent;
      show ())
    [ (80, 70); (60, 70); (3, 1); (2, 5); (0, 0); (100, 99); (100, 100); (78, 68) ];
  set_margin max_int;
  Printf.printf "%b\n" (get_margin () > 1_000_000_000);
  List.iter
    (fun (max_indent, margin) ->
      attempt (fun () -> set_geometry ~max_indent ~margin; show ());
      safe_set_geometry ~max_indent ~margin;
      show ();
      Printf.printf "%b\n" (check_geometry { max_indent; margin }))
    [ (1, 2); (2, 2); (2, 3); (50, 40); (0, 0); (68, 78) ];
  let { max_indent; margin } = get_geometry () in
  Printf.printf "%d %d\n" max_indent margin;
  update_geometry (fun g -> { g with margin = 100 });
  show ();
  set_geometry ~max_indent:68 ~margin:78

let ellipsis () =
  title "ellipsis";
  let nested () = printf "@[1 @[2 @[3 @[4 @[5@ six@] back@] in@] two@] one@]@." in
  List.iter
    (fun n ->
      set_max_boxes n;
      Printf.printf "%d " (get_max_boxes ());
      nested ())
    [ 1; 2; 3; 4; 5; 6; 7 ];
  set_ellipsis_text "<...>";
  set_max_boxes 3;
  nested ();
  open_box 0;
  open_box 0;
  Printf.printf "%s %b\n" (get_ellipsis_text ()) (over_max_boxes ());
  print_newline ();
  set_max_boxes max_int;
  set_ellipsis_text "."

let tabulation () =
  title "tabulation";
  open_tbox ();
  set_tab ();
  printf "name      ";
  set_tab ();
  printf "size      ";
  set_tab ();
  printf "kind";
  List.iter
    (fun (a, b, c) ->
      print_tab ();
      print_string a;
      print_tab ();
      print_string b;
      print_tbreak 2 0;
      print_string c)
    [ ("a", "12", "file"); ("bcd", "4096", "folder"); ("a long name", "7", "file") ];
  print_tbreak 0 4;
  print_string "end";
  close_tbox ();
  print_newline ()

type stag += Colour of int | Bold

let code = function Colour n -> string_of_int (30 + n) | Bold -> "1" | String_tag s -> s | _ -> "?"

let tags () =
  title "tags";
  let text p = fprintf p "@[<hov 2>@{<b>bold@ text@} and@ @{<i>nested@ @{<u>%s@}@ tags@}@ @{none@}@]@." "deep" in
  text std_formatter;
  Printf.printf "%b %b\n" (get_print_tags ()) (get_mark_tags ());
  set_tags true;
  text std_formatter;
  set_mark_tags false;
  text std_formatter;
  set_mark_tags true;
  let old = get_formatter_stag_functions () in
  set_formatter_stag_functions
    {
      mark_open_stag = (fun t -> "\027[" ^ code t ^ "m");
      mark_close_stag = (fun _ -> "\027[0m");
      print_open_stag = (fun t -> print_string ("<" ^ code t ^ ">"));
      print_close_stag = (fun t -> printf "@ </%s>" (code t));
    };
  text std_formatter;
  set_print_tags false;
  open_stag (Colour 1);
  open_stag Bold;
  print_string "red";
  close_stag ();
  close_stag ();
  close_stag ();
  print_newline ();
  printf "@{<%d>left open@." 7;
  set_formatter_stag_functions old;
  open_stag Bold;
  printf "@{<x>unmarked@}";
  close_stag ();
  print_newline ();
  set_tags false

let show_item = function
  | Output_flush -> "flush"
  | Output_newline -> "newline"
  | Output_string s -> Printf.sprintf "%S" s
  | Output_spaces n -> Printf.sprintf "spaces %d" n
  | Output_indent n -> Printf.sprintf "indent %d" n

let symbolic () =
  title "symbolic output";
  let b = make_symbolic_output_buffer () in
  let p = formatter_of_symbolic_output_buffer b in
  pp_set_margin p 10;
  fprintf p "@[<hov 2>%t@]@.%a@?" (print_words "@ ") pp_print_text "two  spaces\n\nlines";
  add_symbolic_output_item b (Output_string "added");
  let same = get_symbolic_output_buffer b = flush_symbolic_output_buffer b in
  Printf.printf "%b %d\n" same (List.length (get_symbolic_output_buffer b));
  fprintf p "%a|%a@[<v>a@;<0 3>b@]@?" pp_print_text "" (pp_print_list pp_print_int) [];
  List.iter (fun item -> Printf.printf "%s " (show_item item)) (get_symbolic_output_buffer b);
  clear_symbolic_output_buffer b;
  Printf.printf "%d\n" (List.length (flush_symbolic_output_buffer b))

let functions () =
  title "output functions";
  let log = Buffer.create 100 in
  let p =
    formatter_of_out_functions
      {
        out_string = (fun s at n -> Buffer.add_string log (String.sub s at n));
        out_flush = (fun () -> Buffer.add_string log "!");
        out_newline = (fun () -> Buffer.add_string log "<br>");
        out_spaces = (fun n -> Buffer.add_string log (String.make n '~'));
        out_indent = (fun n -> Buffer.add_string log (String.make n '>'));
      }
  in
  pp_set_margin p 20;
  fprintf p "@[<hov 2>%t@]@." (print_words "@;<2 1>");
  Printf.printf "%s\n" (Buffer.contents log);
  let write, flush = pp_get_formatter_output_functions p () in
  write "abc" 1 2;
  flush ();
  pp_set_formatter_output_functions p (fun s at n -> Printf.printf "[%s]" (String.sub s at n)) (fun () -> Printf.printf "\n");
  fprintf p "@[<v>a@ b@]@.";
  Printf.printf "%s\n" (Buffer.contents log);
  let all = get_formatter_out_functions () in
  set_formatter_out_functions { all with out_newline = (fun () -> all.out_string "$\n" 0 2) };
  printf "@[<v>with@ other@ newlines@]@.";
  set_formatter_out_channel stdout;
  printf "@[<v>with@ usual@ newlines@]@.";
  let p = make_formatter (fun s at n -> Printf.printf "{%s}" (String.sub s at n)) (fun () -> Printf.printf "\n") in
  pp_set_margin p 200;
  fprintf p "a%sb@;<100 0>c@\n@[<v 100>d@ e@]@." "%"

let values () =
  title "library values";
  let int = pp_print_int in
  let comma p () = fprintf p ",@ " in
  printf "%a|%a|%a@." (pp_print_list int) [ 1; 2 ] (pp_print_list ~pp_sep:comma int) [ 1; 2; 3 ] (pp_print_list int) [];
  printf "%a|%a@." (pp_print_seq ~pp_sep:comma int) (List.to_seq [ 1; 2 ]) (pp_print_seq int) Seq.empty;
  printf "%a|%a|%a@." (pp_print_option int) (Some 1) (pp_print_option int) None
    (pp_print_option ~none:(fun p () -> pp_print_string p "none") int) None;
  let result = pp_print_result ~ok:int ~error:pp_print_string in
  printf "%a|%a@." result (Ok 1) result (Error "e");
  let either = pp_print_either ~left:int ~right:pp_print_float in
  printf "%a|%a@." either (Either.Left 1) either (Either.Right 2.5);
  printf "@[<v>%a@]@." pp_print_text "some words\nand a line";
  open_hovbox 2;
  print_int 1; print_space (); print_float 2.; print_space (); print_char 'c'; print_space (); print_bool true;
  print_cut (); print_break 3 1; print_bytes (Bytes.of_string "bytes"); print_as 50 "as"; print_space (); print_string "wide";
  close_box ();
  print_flush ();
  print_newline ()

let formats () =
  title "formats";
  printf "%d %s %c %f %b %S %C %x@." 1 "two" '3' 4. true "f\n" '\n' 255;
  printf "%5d|%-5d|%05d|%5s|%-5s|%*d@." 1 2 3 "a" "b" 4 5;
  printf "%@ %% @@ %@[ @%%@.";
  printf "@<0>%s@<10>%d@<3>xy@ z@." "zero" 1;
  printf "@[<hov %d>a@ b@]@[<%s>c@ d@]@." 3 "v";
  printf "a@;b@;<3>c@;<2 1>d@;<x@ e@,f@.";
  printf "%a %t@." (fun p (a, b) -> fprintf p "(%d,@ %d)" a b) (1, 2) (fun p -> pp_print_string p "theta");
  printf "%!%(%d%s%)@." (format_of_string "%d+@[<v>%s@ end@]") 1 "x";
  printf "%{%d%s%}@." "%i %s";
  printf ("one " ^^ "@[<v>%d@ %s@]" ^^ "@.") 1 "two";
  printf (format_of_string "of %s@.") "string";
  Printf.printf "%S\n" (string_of_format ("a@ %d" ^^ "@[b%s@]@."));
  attempt (fun () -> printf "@[<foo>x@]@.");
  attempt (fun () -> printf "@[<hov 2 3>x@]@.");
  print_newline ();
  let partial = printf "@[<hov>%d@ %d@]@." 1 in
  partial 2;
  partial 3;
  Printf.printf "%S %S\n" (asprintf "@[<v>%a@ %s@]" pp_print_int 1 "x") (sprintf "@[<v>a@ %d%a@]" 1 (fun () x -> x) "y");
  kasprintf (fun s -> Printf.printf "%S\n" s) "@[<h>%d@ %d@]" 1 2;
  ksprintf (fun s -> Printf.printf "%S\n" s) "@[<v>%d@ %t@]" 1 (fun () -> "t");
  kfprintf (fun p -> fprintf p " then@.") std_formatter "%d" 1;
  ikfprintf (fun p -> fprintf p "ignored@.") std_formatter "%d %s" 1 "x";
  ifprintf std_formatter "%d %a" 1 pp_print_string "x";
  printf "@[<v 2>%t@]@." (dprintf "%i@ %i@ %i" 1 2 3);
  kdprintf (fun f -> printf "<%t|%t>@." f f) "%s" "twice";
  fprintf str_formatter "@[<v>x@ y@]";
  Printf.printf "%S %S\n" (flush_str_formatter ()) (Buffer.contents stdbuf);
  let b = Buffer.create 10 in
  let p = formatter_of_buffer b in
  fprintf p "@[a@ b";
  Printf.printf "%S " (Buffer.contents b);
  pp_print_flush p ();
  Printf.printf "%S\n" (Buffer.contents b)

(* Random programs: a generator of our own, so that every implementation runs the same ones. *)

let seed = ref 1

let random n =
  seed := ((!seed * 25214903917) + 11) land 0xFFFFFFFFFFFF;
  (!seed lsr 20) mod n

let step p =
  match random 30 with
  | 0 -> pp_open_box p (random 5)
  | 1 -> pp_open_hbox p ()
  | 2 -> pp_open_vbox p (random 5)
  | 3 -> pp_open_hvbox p (random 5)
  | 4 -> pp_open_hovbox p (random 5 - 1)
  | 5 | 6 | 7 -> pp_close_box p ()
  | 8 | 9 | 10 | 11 -> pp_print_space p ()
  | 12 | 13 -> pp_print_cut p ()
  | 14 -> pp_print_break p (random 4) (random 5 - 2)
  | 15 -> pp_print_custom_break p ~fits:("(", random 3, ")") ~breaks:(String.make (random 3) ',', random 3 - 1, "#")
  | 16 -> if random 4 = 0 then pp_force_newline p ()
  | 17 -> if random 3 = 0 then pp_print_if_newline p ()
  | 18 -> if random 9 = 0 then pp_print_flush p ()
  | 19 -> if random 9 = 0 then pp_print_newline p ()
  | 20 -> pp_open_stag p (String_tag (string_of_int (random 10)))
  | 21 -> pp_close_stag p ()
  | 22 -> if random 2 = 0 then pp_open_tbox p () else pp_close_tbox p ()
  | 23 -> if random 2 = 0 then pp_set_tab p () else pp_print_tab p ()
  | 24 -> if random 2 = 0 then pp_print_tbreak p (random 3) (random 3) else pp_print_as p (random 5) "zz"
  | _ -> pp_print_string p (String.init (random 8) (fun i -> Char.chr (97 + i)))

let random_program number =
  let b = make_symbolic_output_buffer () in
  let p = formatter_of_symbolic_output_buffer b in
  if random 3 > 0 then pp_set_margin p (3 + random 40);
  if random 3 = 0 then pp_set_max_indent p (2 + random 30);
  if random 4 = 0 then pp_set_max_boxes p (2 + random 6);
  if random 3 = 0 then pp_set_tags p true;
  for _ = 1 to random 80 do
    step p
  done;
  pp_print_flush p ();
  Printf.printf "%d: %s\n" number (String.concat " " (List.map show_item (get_symbolic_output_buffer b)))

let interplay () =
  title "with Printf";
  printf "first@?";
  Printf.printf " second\n%!";
  printf "later, ";
  Printf.printf "sooner, ";
  printf "@[<hov>later@ still@]";
  eprintf "on the other channel@.";
  at_exit (fun () -> Printf.printf "before the formatters are flushed; ")

let () =
  boxes ();
  structure ();
  geometry ();
  ellipsis ();
  tabulation ();
  tags ();
  symbolic ();
  functions ();
  values ();
  formats ();
  title "random programs";
  for number = 1 to 200 do
    random_program number
  done;
  interplay ()
