let () =
  let show f = print_endline (string_of_float f) in
  List.iter show [ 0.; -0.; 1.; 1.5; -2.25; 100.; 1e15; 1e16; 1e21; 1e22; 123456789012.; 1234567890123.; 0.1; 1e-5; 1.0e-10; infinity; neg_infinity; nan ];
  Printf.printf "%f %.3f %e %.2e %g %g %g\n" 3.14159 2.71828 12345.678 0.00012 1e10 1e-10 0.0001;
  Printf.printf "%h %h %h\n" 1. 0.1 (-3.75);
  Printf.printf "%F %F %F %F\n" 1. 0.1 1e100 nan;
  Printf.printf "%.17g %.15g\n" 0.1 0.1;
  Printf.printf "%10.2f|%-10.2f|%+.1f|%010.3f\n" 3.14159 3.14159 3.14159 (-3.14159);
  Printf.printf "%.0f %.0f %.0f %.0f\n" 0.5 1.5 2.5 (-0.5);
  Printf.printf "%g %g\n" 5e-324 1.7976931348623157e308;
  print_float 2.5; print_newline ();
  Printf.printf "%s\n" (string_of_float (float_of_string "1e3"));
  Printf.printf "%g %g %g\n" (float_of_string "0x1.8p1") (float_of_string "1_000.5") (float_of_string "-.5")

(* stdout {expected|
0.
-0.
1.
1.5
-2.25
100.
1e+15
1e+16
1e+21
1e+22
123456789012.
1.23456789012e+12
0.1
1e-05
1e-10
inf
-inf
nan
3.141590 2.718 1.234568e+04 1.20e-04 1e+10 1e-10 0.0001
0x1p+0 0x1.999999999999ap-4 -0x1.ep+1
1. 0.1 1e+100 nan
0.10000000000000001 0.1
      3.14|3.14      |+3.1|-00003.142
0 2 2 -0
4.94066e-324 1.79769e+308
2.5
1000.
3 1000.5 -0.5
|expected} *)
