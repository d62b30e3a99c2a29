(* In_channel and Out_channel. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

let () =
  let name = Filename.temp_file "channels" "" in
  Out_channel.with_open_bin name (fun channel ->
      Out_channel.output_string channel "one\ntwo\nthree";
      check "pos" (Out_channel.pos channel = 13L);
      check "buffered" (Out_channel.is_buffered channel);
      Out_channel.set_buffered channel false;
      check "flushed" (Out_channel.length channel = 13L);
      Out_channel.output_char channel '!';
      check "unbuffered" (Out_channel.length channel = 14L);
      check "isatty" (not (Out_channel.isatty channel)));
  check "all" (In_channel.with_open_bin name In_channel.input_all = "one\ntwo\nthree!");
  check "lines" (In_channel.with_open_text name In_channel.input_lines = [ "one"; "two"; "three!" ]);
  In_channel.with_open_bin name (fun channel ->
      In_channel.seek channel 4L;
      check "string" (In_channel.really_input_string channel 3 = Some "two");
      check "too long" (In_channel.really_input_string channel 300 = None);
      check "end" (In_channel.input_char channel = None));
  check "chop_suffix" (match Filename.chop_suffix "a.b" ".c" with _ -> false | exception Invalid_argument _ -> true);
  check "regular" (Sys.is_regular_file name);
  Sys.remove name;
  print_endline "done"
