(* Positions of channels: reading and writing here and there, at the end, beyond it, and after closing. *)

let name = Filename.temp_file "ch" ".txt"
let attempt what f = match f () with s -> Printf.printf "%s: %s\n" what s | exception e -> Printf.printf "%s: %s\n" what (Printexc.to_string e)
let () =
  let oc = open_out_bin name in
  output_string oc (String.init 100_000 (fun i -> Char.chr (65 + i mod 26)));
  Printf.printf "%d\n" (pos_out oc);
  seek_out oc 10; output_string oc "0123";
  Printf.printf "%d %d\n" (pos_out oc) (out_channel_length oc);
  flush oc;
  Printf.printf "%d %d\n" (pos_out oc) (out_channel_length oc);
  seek_out oc 100_010; output_string oc "end"; close_out oc;
  attempt "seek closed" (fun () -> seek_out oc 0; "");
  attempt "length closed" (fun () -> string_of_int (out_channel_length oc));
  attempt "flush closed" (fun () -> flush oc; "ok");
  attempt "close closed" (fun () -> close_out oc; "ok");
  attempt "output closed" (fun () -> output_char oc 'x'; "ok");
  let ic = open_in_bin name in
  Printf.printf "%d\n" (in_channel_length ic);
  attempt "ris" (fun () -> really_input_string ic 14);
  Printf.printf "%d\n" (pos_in ic);
  attempt "ris 0" (fun () -> "[" ^ really_input_string ic 0 ^ "]");
  attempt "ris neg" (fun () -> really_input_string ic (-1));
  seek_in ic 99_990;
  attempt "ris" (fun () -> really_input_string ic 10);
  attempt "ris" (fun () -> String.escaped (really_input_string ic 13));
  Printf.printf "%d\n" (pos_in ic);
  attempt "ris past" (fun () -> really_input_string ic 1);
  Printf.printf "%d\n" (pos_in ic);
  seek_in ic 100_000;
  attempt "ris over" (fun () -> really_input_string ic 100);
  Printf.printf "%d\n" (pos_in ic);
  seek_in ic 200_000;
  Printf.printf "%d\n" (pos_in ic);
  attempt "past" (fun () -> String.make 1 (input_char ic));
  attempt "line" (fun () -> input_line ic);
  seek_in ic 5;
  Printf.printf "%c%c %d\n" (input_char ic) (input_char ic) (pos_in ic);
  seek_in ic 6;
  Printf.printf "%c %d\n" (input_char ic) (pos_in ic);
  seek_in ic 65530;
  attempt "x" (fun () -> really_input_string ic 12);
  Printf.printf "%d\n" (pos_in ic);
  seek_in ic 0; let b = Bytes.make 10 '.' in Printf.printf "%d %s\n" (input ic b 2 5) (Bytes.to_string b);
  attempt "input 0" (fun () -> string_of_int (input ic b 0 0));
  attempt "input bad" (fun () -> string_of_int (input ic b 8 5));
  attempt "really bad" (fun () -> really_input ic b 8 5; "");
  seek_in ic 0; let l = input_line ic in Printf.printf "%d %d\n" (String.length l) (pos_in ic);
  seek_in ic 0;
  attempt "bin int" (fun () -> string_of_int (input_binary_int ic));
  attempt "byte" (fun () -> string_of_int (input_byte ic));
  seek_in ic 100_011;
  attempt "bin" (fun () -> string_of_int (input_binary_int ic));
  Printf.printf "%d\n" (pos_in ic);
  close_in ic;
  attempt "closed" (fun () -> input_line ic);
  attempt "closed" (fun () -> really_input_string ic 3);
  attempt "closed" (fun () -> close_in ic; "ok");
  attempt "closed len" (fun () -> string_of_int (in_channel_length ic));
  attempt "closed seek" (fun () -> seek_in ic 1; "ok");
  let oc = open_out_gen [Open_wronly; Open_append] 0 name in Printf.printf "%d %d\n" (pos_out oc) (out_channel_length oc);
  output_string oc "++";
  Printf.printf "%d\n" (pos_out oc); flush oc;
  Printf.printf "%d %d\n" (pos_out oc) (out_channel_length oc); close_out oc;
  let oc = open_out_gen [Open_wronly; Open_excl; Open_creat] 0o600 (name ^ "2") in close_out oc;
  Sys.remove name; Sys.remove (name ^ "2");
  attempt "dir" (fun () -> let ic = open_in "/tmp" in input_line ic);
  attempt "out dir" (fun () -> let ic = open_out "/tmp" in close_out ic; "")

(* stdout {expected|
100000
14 100000
14 100000
seek closed: Sys_error("Bad file descriptor")
length closed: Sys_error("Bad file descriptor")
flush closed: ok
close closed: ok
output closed: Sys_error("Bad file descriptor")
100013
ris: ABCDEFGHIJ0123
14
ris 0: []
ris neg: Invalid_argument("Bytes.create")
ris: UVWXYZABCD
ris: \000\000\000\000\000\000\000\000\000\000end
100013
ris past: End_of_file
100013
ris over: End_of_file
100013
200000
past: End_of_file
line: End_of_file
GF 5
G 6
x: KLMNOPQRSTUV
65542
5 ..........
input 0: 0
input bad: Invalid_argument("input")
really bad: Invalid_argument("really_input")
100013 100013
bin int: 1094861636
byte: 69
bin: End_of_file
100013
closed: Sys_error("Bad file descriptor")
closed: Sys_error("Bad file descriptor")
closed: ok
closed len: Sys_error("Bad file descriptor")
closed seek: Sys_error("Bad file descriptor")
0 100013
2
2 100015
dir: Sys_error("Is a directory")
out dir: Sys_error("/tmp: Is a directory")
|expected} *)
