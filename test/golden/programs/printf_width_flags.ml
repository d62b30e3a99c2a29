(* Printf: every conversion with flags, widths, precisions, stars; %a, %t, %!, %%, nested formats. *)
let () =
  Printf.printf "[%5d][%-5d][%05d][%+d][% d][%x][%X][%#x][%o][%u]\n" 42 42 42 42 42 255 255 255 8 42;
  Printf.printf "[%5s][%-5s][%.2s][%5.1s]\n" "ab" "ab" "abcdef" "xyz" ;
  Printf.printf "[%f][%.2f][%8.3f][%-8.1f|][%08.2f][%+.1f]\n" 3.14159 2.5 2.71828 1.05 (-3.14159) 2.;
  Printf.printf "[%e][%.3E][%g][%G][%g][%g][%g]\n" 12345.678 0.00012 1e10 1e-10 100000. 1000000. 0.0001;
  Printf.printf "[%F][%F][%F][%F][%h][%H]\n" 1. 1.5 1e100 nan 1.5 (-0.1);
  Printf.printf "[%c][%C][%S][%B][%b]\n" 'a' '\n' "q\"q" true false;
  Printf.printf "[%*d][%-*d][%.*f][%*.*f]\n" 6 42 6 42 2 3.14159 8 1 2.25;
  Printf.printf "[%ld][%Ld][%nd][%lx][%Lx][%LX][%lu]\n" 5l 6L 7n (-1l) (-1L) 255L (-1l);
  Printf.printf "[%a][%t]\n" (fun ch x -> output_string ch (string_of_int (x + 1))) 41 (fun ch -> output_string ch "t");
  Printf.printf "[%%][%@][%i][%d%%]\n" 3 50;
  Printf.printf "[%d][%x]\n" (-1) (-1);
  Printf.printf "[%6.2e][%10s][%-10s]\n" 1234.5 "right" "left";
  Printf.printf "%s %s\n" (Printf.sprintf "%03d" 7) (Printf.sprintf "%+5d" 7);
  Printf.printf "[%#d][%#x]\n" 1234567 0xABCDEF;
  print_endline (Printf.sprintf "%(%d%)" (format_of_string "<%d>") 5);
  Printf.printf "%{%d %s%}\n" "%i %s";
  let k = Printf.ksprintf (fun s -> String.length s) "%d-%s" in
  Printf.printf "%d\n" (k 100 "abc");
  let fmt : (int -> string -> string, unit, string) format = "%d:%s" in
  print_endline (Printf.sprintf (fmt ^^ "!") 1 "x");
  print_endline (string_of_format fmt);
  Printf.printf "%d %f %s\n%!" 1 2. "three";
  Printf.bprintf (Buffer.create 1) "%d" 1;
  Printf.ifprintf stdout "%d" 1;
  Printf.printf "%.0f %.0f %.0f %.0f\n" 0.5 1.5 2.5 3.5;
  Printf.printf "%g %g %g %f\n" infinity neg_infinity nan infinity;
  Printf.printf "%s %s %s %s\n" (string_of_float 1e15) (string_of_float 1e16) (string_of_float 0.1) (string_of_float (-0.));
  Printf.printf "%.15g %.17g %.3g\n" 0.1 0.1 123456.

(* stdout {expected|
[   42][42   ][00042][+42][ 42][ff][FF][0xff][10][42]
[   ab][ab   ][abcdef][  xyz]
[3.141590][2.50][   2.718][1.1     |][-0003.14][+2.0]
[1.234568e+04][1.200E-04][1e+10][1E-10][100000][1e+06][0.0001]
[1.][1.5][1e+100][nan][0x1.8p+0][-0X1.999999999999AP-4]
[a]['\n']["q\"q"][true][false]
[    42][42    ][3.14][     2.2]
[5][6][7][ffffffff][ffffffffffffffff][FF][4294967295]
[42][t]
[%][@][3][50%]
[-1][7fffffffffffffff]
[1.23e+03][     right][left      ]
007    +7
[1_234_567][0xabcdef]
<5>
%i%s
7
1:x!
%d:%s
1 2.000000 three
0 2 2 4
inf -inf nan inf
1e+15 1e+16 0.1 -0.
0.1 0.10000000000000001 1.23e+05
|expected} *)
