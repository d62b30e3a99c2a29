(* Filename and Sys: paths taken apart and put together, quoting, temporary files, directories. *)

let () =
  let paths = [ "/usr/local/lib"; "file.ml"; "dir/file.tar.gz"; "/"; ""; "a//b/"; "./x"; "../y"; ".hidden"; "noext."; "dir.d/file" ] in
  List.iter
    (fun p ->
      Printf.printf "%S: %S %S %S %S %b %b\n" p (Filename.dirname p) (Filename.basename p) (Filename.extension p) (Filename.remove_extension p)
        (Filename.is_relative p) (Filename.is_implicit p))
    paths;
  Printf.printf "%s %s %s %s\n" Filename.current_dir_name Filename.parent_dir_name Filename.dir_sep (Filename.concat "a" "b");
  Printf.printf "%s %s\n" (Filename.concat "a/" "b") (Filename.concat "" "b");
  Printf.printf "%b %b %s\n" (Filename.check_suffix "x.ml" ".ml") (Filename.check_suffix "x.mli" ".ml") (Filename.chop_suffix "x.ml" ".ml");
  Printf.printf "%s %b\n" (Option.value (Filename.chop_suffix_opt ~suffix:".c" "y.c") ~default:"-") (Filename.chop_suffix_opt ~suffix:".c" "y.h" = None);
  print_endline (Filename.chop_extension "a.b.c");
  (try print_endline (Filename.chop_extension "none") with Invalid_argument m -> print_endline m);
  List.iter (fun s -> print_endline (Filename.quote s)) [ "plain"; "with space"; "it's"; ""; "$HOME \"x\"" ];
  print_endline (Filename.quote_command "ls" ~stdout:"out file" [ "-l"; "a b" ])

let write name text = let oc = open_out name in output_string oc text; close_out oc

let read name =
  let ic = open_in name in
  let text = really_input_string ic (in_channel_length ic) in
  close_in ic;
  text

let () =
  let dir = Filename.temp_file "golden" ".d" in
  Sys.remove dir;
  Sys.mkdir dir 0o755;
  let file name = Filename.concat dir name in
  List.iter (fun n -> write (file n) ("content of " ^ n)) [ "b.txt"; "a.txt" ];
  Sys.mkdir (file "sub") 0o700;
  let entries () = let e = Sys.readdir dir in Array.sort compare e; String.concat " " (Array.to_list e) in
  print_endline (entries ());
  Printf.printf "%b %b %b\n" (Sys.file_exists (file "a.txt")) (Sys.is_directory (file "sub")) (Sys.is_directory (file "a.txt"));
  Sys.rename (file "a.txt") (file "c.txt");
  print_endline (entries ());
  print_endline (read (file "c.txt"));
  let oc = open_out_gen [ Open_append; Open_wronly ] 0o644 (file "c.txt") in
  output_string oc ", and more";
  close_out oc;
  print_endline (read (file "c.txt"));
  (match read (file "missing") with _ -> () | exception Sys_error m -> print_endline (Filename.basename m));
  (match open_out_gen [ Open_creat; Open_excl; Open_wronly ] 0o644 (file "b.txt") with
  | oc -> close_out oc
  | exception Sys_error _ -> print_endline "exists already");
  List.iter (fun n -> Sys.remove (file n)) [ "b.txt"; "c.txt" ];
  Sys.rmdir (file "sub");
  Sys.rmdir dir;
  Printf.printf "%b\n" (Sys.file_exists dir)

(* stdout {expected|
"/usr/local/lib": "/usr/local" "lib" "" "/usr/local/lib" false false
"file.ml": "." "file.ml" ".ml" "file" true true
"dir/file.tar.gz": "dir" "file.tar.gz" ".gz" "dir/file.tar" true true
"/": "/" "/" "" "/" false false
"": "." "." "" "" true true
"a//b/": "a" "b" "" "a//b/" true true
"./x": "." "x" "" "./x" true false
"../y": ".." "y" "" "../y" true false
".hidden": "." ".hidden" "" ".hidden" true true
"noext.": "." "noext." "." "noext" true true
"dir.d/file": "dir.d" "file" "" "dir.d/file" true true
. .. / a/b
a/b b
true false x
y true
a.b
Filename.chop_extension
'plain'
'with space'
'it'\''s'
''
'$HOME "x"'
'ls' '-l' 'a b' >'out file'
a.txt b.txt sub
true true false
b.txt c.txt sub
content of a.txt
content of a.txt, and more
missing: No such file or directory
exists already
false
|expected} *)
