(* The expectation is what OCaml 5.4 printed. *)
open Random
let () =
  Random.init 42;
  for _=1 to 5 do Printf.printf "%b %d %d %d %.17g %ld %Ld %nd %d\n" (bool ()) (bits ()) (int 1000) (full_int 5000000000) (float 1.0) (int32 100000l) (int64 1000000000000000L) (nativeint 10n) (int_in_range ~min:(-5) ~max:5) done;
  for _ = 1 to 20 do print_string (if bool () then "1" else "0") done; print_newline ();
  for _=1 to 5 do Printf.printf "%ld %Ld %nd %d %d %d\n" (int32_in_range ~min:(-2000000000l) ~max:2000000000l)
   (int64_in_range ~min:(-7L) ~max:3L) (nativeint_in_range ~min:Nativeint.min_int ~max:10n) (int_in_range ~min:min_int ~max:max_int)
   (full_int 2000000000) (int_in_range ~min:(-2_000_000_000) ~max:2_000_000_000) done;
  for _=1 to 3 do Printf.printf "%ld %Ld %nd %d\n" (bits32 ()) (bits64 ()) (nativebits ()) (full_int max_int) done;
  let s = State.make [|1;2;3|] in
  let b = State.to_binary_string s in
  Printf.printf "%S\n" b;
  let t = State.split s in
  Printf.printf "%d %d\n" (State.bits s) (State.bits t);
  let s' = State.of_binary_string b in Printf.printf "%d\n" (State.bits s');
  (try ignore (int 0) with Invalid_argument m -> print_endline m);
  (try ignore (full_int 0) with Invalid_argument m -> print_endline m);
  (try ignore (int32 0l) with Invalid_argument m -> print_endline m);
  (try ignore (int64 0L) with Invalid_argument m -> print_endline m);
  (try ignore (nativeint 0n) with Invalid_argument m -> print_endline m);
  (try ignore (int_in_range ~min:1 ~max:0) with Invalid_argument m -> print_endline m);
  (try ignore (int32_in_range ~min:1l ~max:0l) with Invalid_argument m -> print_endline m);
  (try ignore (int64_in_range ~min:1L ~max:0L) with Invalid_argument m -> print_endline m);
  (try ignore (nativeint_in_range ~min:1n ~max:0n) with Invalid_argument m -> print_endline m);
  Random.init 7; let a = Array.init 10 Fun.id in Array.shuffle ~rand:Random.int a; Array.iter (Printf.printf "%d ") a; print_newline ();
  Random.init 7; let a = Array.init 300 string_of_int in Array.shuffle ~rand:Random.int a; print_endline (String.concat " " (Array.to_list a));
  (try Array.shuffle ~rand:(fun _ -> 11) [|1;2;3|] with Invalid_argument m -> print_endline m);
  let h = Hashtbl.create ~random:true 10 in Hashtbl.add h 1 2; print_int (Hashtbl.find h 1)
