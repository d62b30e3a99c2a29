(* Messages that are no messages, and OCaml 5's words for them. The expectation is what OCaml 5.4 printed. *)
let t f = try ignore (f ()) with Invalid_argument m -> print_endline ("IA " ^ m) | Failure m -> print_endline ("F " ^ m) | End_of_file -> print_endline "EOF" | e -> print_endline (Printexc.to_string e)
let () = Printf.printf "%d\n" Marshal.header_size;
 let s = Bytes.of_string (Marshal.to_string [1;2;3] []) in
 Printf.printf "%S %d %d\n" (Bytes.to_string s) (Marshal.data_size s 0) (Marshal.total_size s 0);
 t (fun () -> Marshal.data_size s 1);
 t (fun () -> Marshal.data_size s (-1));
 t (fun () -> Marshal.data_size s 100);
 t (fun () -> Marshal.total_size s 100);
 t (fun () -> Marshal.total_size s 1);
 t (fun () -> Marshal.from_bytes s 1);
 t (fun () -> Marshal.from_bytes s (-1));
 t (fun () -> Marshal.from_string (Bytes.to_string s) (-1));
 t (fun () -> Marshal.from_string (Bytes.sub_string s 0 22) 0);
 t (fun () -> Marshal.from_string (Bytes.sub_string s 0 19) 0);
 t (fun () -> Marshal.to_string (fun x -> x) []);
 t (fun () -> Marshal.to_string stdout []);
 t (fun () -> Marshal.to_string (Obj.new_block 251 1) []);
 t (fun () -> Marshal.to_string (1 lsl 40) [Compat_32]);
 t (fun () -> Marshal.to_buffer (Bytes.create 10) 0 10 [1;2;3] []);
 t (fun () -> Marshal.to_buffer (Bytes.create 21) 0 21 [1;2;3] []);
 t (fun () -> Marshal.to_buffer (Bytes.create 10) 0 11 [1;2;3] []);
 t (fun () -> Marshal.to_buffer (Bytes.create 10) 1 (-1) [1;2;3] []);
 let b c = "\x84\x95\xa6\xbe\000\000\000" ^ String.make 1 (Char.chr (String.length c)) ^ "\000\000\000\005\000\000\000\005\000\000\000\005" ^ c in
 t (fun () -> Marshal.from_string (b "\x10\000\000\000\000aaaaaaaaaaaaaaaa") 0);
 t (fun () -> Marshal.from_string (b "\x12_z\000") 0);
 t (fun () -> Marshal.from_string (b "\x18_z\000") 0);
 t (fun () -> Marshal.from_string (b "\x19_z\000") 0);
 t (fun () -> Marshal.from_string (b "\x1f") 0);
 t (fun () -> Marshal.from_string ("\x84\x95\xa6\xbd" ^ String.make 100 'a') 0);
 t (fun () -> Marshal.from_string ("\x84\x95\xa6\xbd\010\002\002\002\002\002\002\002\002\002\002\002\002" ^ String.make 100 'a') 0)
