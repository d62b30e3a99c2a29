(* All forms of numeric, character and string literals. *)
let () =
  List.iter (Printf.printf "%d ") [ 0; 1_000_000; 0xFF; 0Xff; 0o17; 0O17; 0b1010; 0B1111_0000; -5; 0x7fff_ffff; max_int; min_int ];
  print_newline ();
  List.iter (Printf.printf "%h ") [ 1.; 1.5e3; 1e-3; 1_000.000_1; 0x1p4; 0x1.8p1; 0xA.8p-2; 1E5; 1.e+2; 3e0 ];
  print_newline ();
  List.iter (Printf.printf "%ld ") [ 0l; 0xFFFFFFFFl; 0b101l; -1l; 2147483647l; 0o777l ];
  List.iter (Printf.printf "%Ld ") [ 0L; 0xFFFFFFFFFFFFFFFFL; 9223372036854775807L; -9223372036854775808L ];
  List.iter (Printf.printf "%nd ") [ 0n; 0x7Fn; -3n ];
  print_newline ();
  List.iter (fun c -> Printf.printf "%d " (Char.code c)) [ 'a'; '\n'; '\t'; '\\'; '\''; '"'; ' '; '\065'; '\x41'; '\o101'; '\b'; '\r'; '\255' ];
  print_newline ();
  print_endline "tab\there \"quoted\" back\\slash \065\x42\o103 \u{48}\u{e9}\u{1F42B}";
  print_endline "a line that \
                 continues here\
                 \ with a blank";
  print_endline {|raw "string" with \n no escapes|};
  print_endline {id|contains |} and {| inside|id};
  print_string {|two
lines
|};
  Printf.printf "%S\n" "\000\001\127\128\255\n\t\"\\";
  Printf.printf "%C %C %C\n" 'x' '\'' '\200';
  Printf.printf "%d\n" (String.length "\u{1F42B}");
  print_endline (String.escaped "caf\u{e9}\n");
  Printf.printf "%B %B\n" true false;
  Printf.printf "%d %d %d\n" (-7 / 2) (-7 mod 2) (7 mod -2);
  Printf.printf "%d\n" (1 lsl 62);
  Printf.printf "%d %d\n" (min_int asr 1) (min_int lsr 1);
  Printf.printf "%d\n" ~-5;
  Printf.printf "%g %g\n" (-.2.5) (~-.3.)

(* stdout {expected|
0 1000000 255 255 15 15 10 240 -5 2147483647 4611686018427387903 -4611686018427387904 
0x1p+0 0x1.77p+10 0x1.0624dd2f1a9fcp-10 0x1.f4000346dc5d6p+9 0x1p+4 0x1.8p+1 0x1.5p+1 0x1.86ap+16 0x1.9p+6 0x1.8p+1 
0 -1 5 -1 2147483647 511 0 -1 9223372036854775807 -9223372036854775808 0 127 -3 
97 10 9 92 39 34 32 65 65 65 8 13 255 
tab	here "quoted" back\slash ABC Hé🐫
a line that continues here with a blank
raw "string" with \n no escapes
contains |} and {| inside
two
lines
"\000\001\127\128\255\n\t\"\\"
'x' '\'' '\200'
4
caf\195\169\n
true false
-3 -1 1
-4611686018427387904
-2305843009213693952 2305843009213693952
-5
-2.5 -3
|expected} *)
