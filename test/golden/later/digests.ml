(* Digest.MD5, BLAKE128, BLAKE256, BLAKE512. The expectation is what OCaml 5.4 printed. *)

module Walk (H : Digest.S) = struct
  let texts = [ ""; "a"; "abc"; String.make 127 'x'; String.make 128 'x'; String.make 129 'x';
                String.make 256 'x'; String.make 257 'x'; String.make 100_000 'a' ]

  let show name f = Printf.printf "%s: %s\n" name (try f () with Invalid_argument m -> "Invalid_argument " ^ m)

  let () =
    Printf.printf "length %d\n" H.hash_length;
    List.iteri (fun i s -> show (string_of_int i) (fun () -> H.to_hex (H.string s))) texts;
    show "bytes" (fun () -> H.to_hex (H.bytes (Bytes.of_string "abc")));
    show "substring" (fun () -> H.to_hex (H.substring "xabcx" 1 3));
    show "bad substring" (fun () -> H.to_hex (H.substring "abc" 1 3));
    show "bad subbytes" (fun () -> H.to_hex (H.subbytes (Bytes.of_string "abc") 1 3));
    show "to_hex" (fun () -> H.to_hex "short");
    show "of_hex" (fun () -> H.of_hex "short");
    show "of_hex bad" (fun () -> H.of_hex (String.make (2 * H.hash_length) 'g'));
    show "round trip" (fun () -> string_of_bool (H.equal (H.of_hex (H.to_hex (H.string "q"))) (H.string "q")));
    show "compare" (fun () -> string_of_int (H.compare (H.string "a") (H.string "b")));
    let name = Printf.sprintf "/tmp/digest-%d-%d" H.hash_length (Hashtbl.hash (Sys.time ())) in
    let out = open_out_bin name in
    output_string out (String.make 70_000 'z');
    H.output out (H.string "end");
    close_out out;
    show "file" (fun () -> H.to_hex (H.file name));
    let input = open_in_bin name in
    show "channel" (fun () -> H.to_hex (H.channel input 70_000));
    show "input" (fun () -> H.to_hex (H.input input));
    (try ignore (H.channel input 1) with End_of_file -> print_endline "end");
    seek_in input 69_990;
    show "rest" (fun () -> H.to_hex (H.channel input (-1)));
    show "nothing" (fun () -> H.to_hex (H.channel input 0));
    close_in input;
    Sys.remove name
end

module _ = Walk (Digest.MD5)
module _ = Walk (Digest.BLAKE128)
module _ = Walk (Digest.BLAKE256)
module _ = Walk (Digest.BLAKE512)
