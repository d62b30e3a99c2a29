(* Filename's rules, and files and directories through Sys. *)

let names = [ ""; "/"; "//"; "."; "a"; "a/"; "/a"; "//a//"; "a/b"; "a//b/"; "/a/b.c"; "a.b/c"; ".c"; "..c"; "a."; "..a.b"; "a.b.c" ]

let () =
  let describe name =
    Printf.printf "%S: %S %S %S %S %b %b %S\n" name (Filename.dirname name) (Filename.basename name)
      (Filename.extension name) (Filename.remove_extension name) (Filename.is_relative name)
      (Filename.is_implicit name) (Filename.concat name "x")
  in
  List.iter describe names;
  print_endline (Filename.quote "it's");
  print_endline (Filename.quote_command "c" ~stdin:"i" ~stdout:"o" ~stderr:"o" [ "a b"; "'" ]);
  print_endline (Filename.quote_command "c" ~stdout:"o" ~stderr:"e" []);
  try ignore (Filename.chop_extension "a") with Invalid_argument m -> print_endline m

let attempt f = try f () with Sys_error _ -> print_endline "Sys_error"

let () =
  let place = Filename.temp_file "walk" ".d" in
  Printf.printf "%b %b\n" (Sys.file_exists place) (Sys.is_directory place);
  Sys.remove place;
  Sys.mkdir place 0o755;
  Sys.chdir place;
  Sys.mkdir "sub" 0o755;
  let channel = open_out "sub/f" in
  output_string channel "text\n";
  close_out channel;
  Sys.rename "sub/f" "g";
  let found = Sys.readdir "." in
  Array.sort compare found;
  Array.iter print_endline found;
  Printf.printf "%b %b %s\n" (Sys.is_directory "sub") (Sys.file_exists "sub/f") (Filename.basename (Sys.getcwd ()) |> Filename.extension);
  attempt (fun () -> Sys.rmdir "missing");
  attempt (fun () -> Sys.chdir "g");
  attempt (fun () -> Sys.remove "sub");
  attempt (fun () -> ignore (Sys.readdir "missing"));
  Sys.remove "g";
  Sys.rmdir "sub";
  Sys.chdir "/";
  Sys.rmdir place;
  print_endline (string_of_bool (Sys.file_exists place))
