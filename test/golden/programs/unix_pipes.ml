(* Pipes inside of a program, and waiting for them. *)
(* libraries unix *)

open Unix

let attempt what f =
  match f () with
  | n -> Printf.printf "%s: %d\n" what n
  | exception Unix_error (e, f, _) -> Printf.printf "%s: %s in %s\n" what (error_message e) f

let read_string fd n =
  let buffer = Bytes.create n in
  let n = read fd buffer 0 n in
  Bytes.sub_string buffer 0 n

let simple () =
  let reader, writer = pipe () in
  Printf.printf "%d\n" (write_substring writer "hello, pipe" 0 11);
  Printf.printf "%S\n" (read_string reader 5);
  Printf.printf "%S\n" (read_string reader 100);
  Printf.printf "%b\n" ((fstat reader).st_kind = S_FIFO);
  attempt "read the writing end" (fun () -> read writer (Bytes.create 1) 0 1);
  attempt "write to the reading end" (fun () -> write_substring reader "x" 0 1);
  attempt "seek" (fun () -> lseek reader 0 SEEK_CUR);
  set_nonblock reader;
  attempt "nothing there" (fun () -> read reader (Bytes.create 1) 0 1);
  clear_nonblock reader;
  ignore (write_substring writer "rest" 0 4);
  close writer;
  Printf.printf "%S\n" (read_string reader 100);
  Printf.printf "%S\n" (read_string reader 100);
  close reader

let full () =
  let reader, writer = pipe () in
  set_nonblock writer;
  let block = Bytes.make 4096 'x' in
  let rec fill n = match single_write writer block 0 4096 with count -> fill (n + count) | exception Unix_error (EAGAIN, _, _) -> n in
  Printf.printf "%d\n" (fill 0);
  let _, can_write, _ = select [] [ writer ] [] 0. in
  Printf.printf "%d\n" (List.length can_write);
  Printf.printf "%d\n" (read reader (Bytes.create 5000) 0 5000);
  let _, can_write, _ = select [] [ writer ] [] 0. in
  Printf.printf "%d\n" (List.length can_write);
  close reader;
  close writer

let selecting () =
  let r1, w1 = pipe () in
  let r2, w2 = pipe () in
  let show () =
    let readable, writable, exceptional = select [ r1; r2 ] [ w1; w2 ] [] 0.01 in
    let name fd = if fd = r1 then "r1" else if fd = r2 then "r2" else if fd = w1 then "w1" else "w2" in
    Printf.printf "[%s] [%s] %d\n" (String.concat " " (List.map name readable)) (String.concat " " (List.map name writable))
      (List.length exceptional)
  in
  show ();
  ignore (write_substring w2 "x" 0 1);
  show ();
  ignore (write_substring w1 "x" 0 1);
  show ();
  ignore (read r2 (Bytes.create 10) 0 10);
  show ();
  close w1;
  ignore (read r1 (Bytes.create 10) 0 10);
  close w2;
  let readable, _, _ = select [ r1; r2 ] [] [] (-1.) in
  Printf.printf "%d\n" (List.length readable);
  let start = gettimeofday () in
  let reader, writer = pipe () in
  let a, b, c = select [ reader ] [] [] 0.05 in
  Printf.printf "%d %b\n" (List.length a + List.length b + List.length c) (gettimeofday () -. start >= 0.04);
  List.iter close [ r1; r2; reader; writer ]

let channels () =
  let reader, writer = pipe () in
  let ic = in_channel_of_descr reader and oc = out_channel_of_descr writer in
  List.iter (fun line -> output_string oc (line ^ "\n")) [ "one"; "two"; "three" ];
  flush oc;
  Printf.printf "%s, %s\n" (input_line ic) (input_line ic);
  close_out oc;
  Printf.printf "%s\n" (input_line ic);
  (match input_line ic with line -> print_endline line | exception End_of_file -> print_endline "the end");
  close_in ic

let () =
  simple ();
  full ();
  selecting ();
  channels ()

(* stdout {expected|
11
"hello"
", pipe"
true
read the writing end: Bad file descriptor in read
write to the reading end: Bad file descriptor in write
seek: Illegal seek in lseek
nothing there: Resource temporarily unavailable in read
"rest"
""
65536
0
5000
1
[] [w2 w1] 0
[r2] [w2 w1] 0
[r2 r1] [w2 w1] 0
[r1] [w2 w1] 0
2
0 true
two, one
three
the end
|expected} *)
