(* The bytes that Marshal writes: each message's length and digest, short ones in full; and what is read back. *)

type t = A | B of int | C of float | D of string | F of t | G of t * t | H of int * t | R of { x : float; y : float }
type fr = { a : float; mutable b : float }
let count = ref 0

let emit v flags =
  let s = Marshal.to_string v flags in
  incr count;
  Printf.printf "%d: %d %s" !count (String.length s) (Digest.to_hex (Digest.string s));
  if String.length s < 60 then String.iter (fun c -> Printf.printf " %02x" (Char.code c)) s;
  let b = Marshal.to_bytes v flags in
  let back : Obj.t = Marshal.from_bytes b 0 in
  let same = Marshal.to_string back flags = s in
  let buffer = Bytes.make (Bytes.length b + 2) '-' in
  let written = Marshal.to_buffer buffer 1 (Bytes.length b) v flags in
  print_endline (if same && Bytes.sub buffer 1 written = b && Bytes.to_string b = s then " same" else " DIFFERENT")
let s n = String.make n 'q'
let () =
  List.iter (fun n -> emit n []) [0;1;63;64;-1;127;128;-128;-129;255;256;32767;32768;-32768;-32769;(1 lsl 30)-1;1 lsl 30; -(1 lsl 30); -(1 lsl 30)-1; max_int; min_int];
  List.iter (fun n -> emit (s n) []) [0;1;7;8;31;32;255;256;65535;65536;100000];
  List.iter (fun f -> emit f []) [0.;1.5;infinity;-0.];
  List.iter (fun n -> emit (Array.make n 1.25) []) [0;1;2;255;256;1000;100000];
  List.iter (fun n -> emit (Array.init n (fun i -> i)) []) [0;1;7;8;15;16;1000];
  emit (A, B 1, C 2.5, D (s 3), F A, G (A, B 2), H (3, A), R { x = 1.; y = float 2 }) [];
  emit { a = float 1; b = float 2 } [];
  List.iter (fun i -> emit (Int32.of_int i) []; emit (Int64.of_int i) []; emit (Nativeint.of_int i) []) [0;1;-1;123456789;-123456789];
  emit (Int64.shift_left 1L 40) []; emit (Nativeint.shift_left 1n 40) []; emit Int64.min_int []; emit Nativeint.min_int [];
  let x = D (s 5) in let y = G (x, x) in
  emit (G (y, G (x, y))) []; emit (G (y, G (x, y))) [Marshal.No_sharing];
  let l = List.init 1000 (fun i -> s (i mod 7)) in
  emit l []; emit (l, List.rev l) []; emit (l, l) [Marshal.No_sharing];
  let many = List.init 70000 (fun i -> ref i) in
  emit (many, many) []; emit (List.rev_append many many) [];
  let rec c = 1 :: 2 :: c in emit c [];
  let lz = lazy (s 3) in ignore (Lazy.force lz); emit lz [];
  let lf = lazy (float_of_int (Array.length [| 1; 2 |])) in ignore (Lazy.force lf); emit lf [];
  let h = Hashtbl.create 10 in for i = 1 to 100 do Hashtbl.add h (string_of_int i) i done; emit h [];
  emit (Some (Array.init 300 (fun i -> Some i))) [Marshal.Compat_32];
  emit (ref (ref (ref 1)), [| [| 1 |]; [||] |], ((), 'c', true)) [];
  emit (Bytes.make 10 'x') [];
  let deep = List.fold_left (fun acc i -> H (i, acc)) A (List.init 100_000 (fun i -> i)) in emit deep [];
  let left = ref A in for _ = 1 to 100_000 do left := G (!left, A) done; emit !left [];
  let name = "/tmp/marshal-" ^ string_of_int (Hashtbl.hash (Sys.time ())) in
  let out = open_out_bin name in
  output_value out [ 1; 2; 3 ];
  Marshal.to_channel out (String.make 100_000 'z') [];
  output_value out (Array.init 50_000 string_of_int);
  output_value out 42;
  Marshal.to_channel out (fun x -> x + !count) [ Marshal.Closures ];
  close_out out;
  let input = open_in_bin name in
  let (l : int list) = input_value input in
  let (z : string) = Marshal.from_channel input in
  let (a : string array) = input_value input in
  let (n : int) = input_value input in
  let (f : int -> int) = input_value input in
  Printf.printf "%d %d %s %d %d\n" (List.length l) (String.length z) a.(49_999) n (f 0 - !count);
  (try ignore (input_value input) with End_of_file -> print_endline "End_of_file");
  close_in input;
  Sys.remove name;
  let show name f =
    try ignore (f ()) with
    | Failure m -> Printf.printf "%s: Failure %s\n" name m
    | Invalid_argument m -> Printf.printf "%s: Invalid_argument %s\n" name m
  in
  let to_string v flags () = Marshal.to_string v flags in
  show "function" (to_string (fun x -> x) []);
  show "channel" (to_string stdout []);
  show "inside" (to_string [ Some print_newline ] []);
  show "integer" (to_string (1 lsl 40) [ Marshal.Compat_32 ]);
  show "array" (to_string (Array.make (1 lsl 22) 0) [ Marshal.Compat_32 ]);
  show "buffer" (fun () -> Marshal.to_buffer (Bytes.create 21) 0 21 [ 1; 2; 3 ] []);
  show "range" (fun () -> Marshal.to_buffer (Bytes.create 21) 10 12 [ 1; 2; 3 ] []);
  show "size" (fun () -> Marshal.data_size (Bytes.make 40 'x') 3);
  show "size range" (fun () -> Marshal.data_size (Bytes.make 40 'x') 38);
  show "from" (fun () -> Marshal.from_bytes (Bytes.make 40 'x') 38);
  show "negative" (fun () -> Marshal.from_string (Marshal.to_string 1 []) (-1));
  show "cut" (fun () -> Marshal.from_string (String.sub (Marshal.to_string "abc" []) 0 22) 0)
