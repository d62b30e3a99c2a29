(* Digest, as far as 4.13 has it: MD5. *)

let show name f = Printf.printf "%s: %s\n" name (try f () with
  | Invalid_argument m -> "Invalid_argument " ^ m
  | End_of_file -> "End_of_file"
  | Sys_error m -> "Sys_error " ^ m)

let texts = [ ""; "a"; "abc"; "message digest"; String.make 55 'x'; String.make 56 'x'; String.make 63 'x';
              String.make 64 'x'; String.make 65 'x'; String.make 100_000 'y' ]

let () =
  List.iteri (fun i s -> show (Printf.sprintf "string %d" i) (fun () -> Digest.to_hex (Digest.string s))) texts;
  show "bytes" (fun () -> Digest.to_hex (Digest.bytes (Bytes.of_string "abc")));
  show "substring" (fun () -> Digest.to_hex (Digest.substring "xabcx" 1 3));
  show "substring end" (fun () -> Digest.to_hex (Digest.substring "abc" 3 0));
  List.iter (fun (o, n) ->
      show (Printf.sprintf "substring %d %d" o n) (fun () -> Digest.to_hex (Digest.substring "abc" o n)))
    [ (-1, 1); (0, 4); (4, 0); (1, -1); (0, 3); (2, 1) ];
  show "to_hex" (fun () -> Digest.to_hex "short");
  show "from_hex" (fun () -> String.escaped (Digest.from_hex "00112233445566778899aabbccddeeFF"));
  show "from_hex short" (fun () -> Digest.from_hex "0011");
  show "round trip" (fun () -> string_of_bool (Digest.equal (Digest.from_hex (Digest.to_hex (Digest.string "q"))) (Digest.string "q")));
  show "compare" (fun () -> string_of_int (Digest.compare (Digest.string "a") (Digest.string "b")));
  let name = Printf.sprintf "/tmp/digest-%d" (Hashtbl.hash (Sys.time ())) in
  let out = open_out_bin name in
  output_string out (String.make 70_000 'z');
  Digest.output out (Digest.string "end");
  close_out out;
  show "file" (fun () -> Digest.to_hex (Digest.file name));
  let input = open_in_bin name in
  show "channel" (fun () -> Digest.to_hex (Digest.channel input 70_000));
  show "input" (fun () -> Digest.to_hex (Digest.input input));
  show "channel at the end" (fun () -> Digest.to_hex (Digest.channel input 1));
  seek_in input 69_990;
  show "rest" (fun () -> Digest.to_hex (Digest.channel input (-1)));
  show "nothing" (fun () -> Digest.to_hex (Digest.channel input 0));
  close_in input;
  Sys.remove name
