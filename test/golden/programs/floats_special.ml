(* Floats: special values, comparisons, rounding, decomposition, classification, conversions. *)

let values = [ 0.; -0.; 1.; -1.; infinity; neg_infinity; nan; max_float; min_float; epsilon_float; 5e-324 ]
let show f = Printf.sprintf "%h" f

let kind f =
  match classify_float f with
  | FP_normal -> "normal"
  | FP_subnormal -> "subnormal"
  | FP_zero -> "zero"
  | FP_infinite -> "infinite"
  | FP_nan -> "nan"

let () =
  List.iter (fun f -> Printf.printf "%s %s %b %b %b\n" (show (Float.abs f)) (kind f) (Float.is_finite f) (Float.is_integer f) (Float.is_nan f)) values

(* nan is equal to nothing, compare puts it below everything. *)
let () =
  let b = Printf.printf "%b " in
  b (nan = nan); b (nan < 1.); b (nan > 1.); b (nan <> nan); b (compare nan nan = 0); b (Float.equal nan nan);
  b (compare nan neg_infinity < 0); b (0. = -0.); b (compare 0. (-0.) = 0); b (1. /. 0. = infinity); b (1. /. -0. = neg_infinity);
  print_newline ();
  Printf.printf "%g %g %g\n" (min nan 1.) (max 1. nan) (Float.min 1. nan);
  Printf.printf "%h %h %h\n" (Float.min 0. (-0.)) (Float.max (-0.) 0.) (Float.min_num 1. nan);
  List.iter (fun f -> Printf.printf "%b " (Float.is_nan f)) [ infinity -. infinity; 0. *. infinity; sqrt (-1.); 0. /. 0. ];
  List.iter (Printf.printf "%g ") (List.sort compare [ 1.; infinity; -1.; 0.; neg_infinity ]);
  print_newline ()

let () =
  List.iter
    (fun f -> Printf.printf "%g: floor %g ceil %g trunc %g round %g int %d\n" f (floor f) (ceil f) (Float.trunc f) (Float.round f) (int_of_float f))
    [ 2.5; -2.5; 0.5; -0.5; 1.4999; 3.; -7.9; 0.49999999999999994 ]

let () =
  let pair (a, b) = Printf.printf "(%g %g) " a b in
  List.iter (fun f -> pair (modf f)) [ 3.75; -3.75; 0.; infinity ];
  print_newline ();
  List.iter (fun f -> let m, e = frexp f in Printf.printf "%g*2^%d " m e) [ 8.; 0.1; -3.; 0.; 5e-324 ];
  print_newline ();
  List.iter (fun (m, e) -> Printf.printf "%g " (ldexp m e)) [ (0.5, 4); (1., -1074); (1., 1024); (-0.75, 2) ];
  print_newline ();
  Printf.printf "%g %g %g %g\n" (Float.fma 2. 3. 4.) (Float.rem 7.5 2.) (mod_float (-7.5) 2.) (copysign 3. (-0.));
  Printf.printf "%h %h %h\n" (Float.succ 1.) (Float.pred 1.) (Float.succ 0.);
  Printf.printf "%b %b\n" (Float.sign_bit (-0.)) (Float.sign_bit 1.);
  Printf.printf "%.17g %.17g %.17g\n" (0.1 +. 0.2) (1. /. 3.) 1e23;
  Printf.printf "%g %g %g\n" (hypot 3. 4.) (expm1 1e-10) (log1p 1e-10);
  Printf.printf "%.3f %.3f %.3f %.3f\n" (atan2 (-1.) (-1.)) (sinh 1.) (cosh 1.) (tanh 0.5);
  Printf.printf "%.12g %.12g %.12g\n" Float.pi (exp 1.) (log10 1e5)

let () =
  List.iter (fun s -> match float_of_string_opt s with Some f -> Printf.printf "%h " f | None -> print_string "none ")
    [ "1."; ".5"; "1e3"; "1E-3"; "0x1p-2"; "0x1.8p1"; "1_000.5"; "inf"; "-infinity"; "nan"; "1e400"; "x"; ""; "1e"; "0x"; "1 " ];
  print_newline ();
  List.iter (fun f -> print_string (string_of_float f ^ " ")) [ 1.; 0.1; 1e15; 1e16; 1.5e300; -0.; nan; infinity; 123456789.123; 1e-7 ];
  print_newline ();
  List.iter (fun f -> print_string (Float.to_string f ^ " ")) [ 100.; 1e12; 12345678901234. ];
  print_newline ();
  Printf.printf "%d %d %d\n" (int_of_float 1e10) (Float.to_int (-1.99)) (truncate 9.99);
  Printf.printf "%d %d\n" (Float.compare 1. 2.) (Hashtbl.hash 0. - Hashtbl.hash (-0.));
  Printf.printf "%h %h\n" (float_of_int max_int) (float_of_int (1 lsl 53 + 1))

(* stdout {expected|
0x0p+0 zero true true false
0x0p+0 zero true true false
0x1p+0 normal true true false
0x1p+0 normal true true false
infinity infinite false false false
infinity infinite false false false
nan nan false false true
0x1.fffffffffffffp+1023 normal true true false
0x1p-1022 normal true false false
0x1p-52 normal true false false
0x0.0000000000001p-1022 subnormal true false false
false false false true true true true true true true true 
1 nan nan
-0x0p+0 0x0p+0 0x1p+0
true true true true -inf -1 0 1 inf 
2.5: floor 2 ceil 3 trunc 2 round 3 int 2
-2.5: floor -3 ceil -2 trunc -2 round -3 int -2
0.5: floor 0 ceil 1 trunc 0 round 1 int 0
-0.5: floor -1 ceil -0 trunc -0 round -1 int 0
1.4999: floor 1 ceil 2 trunc 1 round 1 int 1
3: floor 3 ceil 3 trunc 3 round 3 int 3
-7.9: floor -8 ceil -7 trunc -7 round -8 int -7
0.5: floor 0 ceil 1 trunc 0 round 0 int 0
(0.75 3) (-0.75 -3) (0 0) (0 inf) 
0.5*2^4 0.8*2^-3 -0.75*2^2 0*2^0 0.5*2^-1073 
8 4.94066e-324 inf -3 
10 1.5 -1.5 -3
0x1.0000000000001p+0 0x1.fffffffffffffp-1 0x0.0000000000001p-1022
true false
0.30000000000000004 0.33333333333333331 9.9999999999999992e+22
5 1e-10 1e-10
-2.356 1.175 1.543 0.462
3.14159265359 2.71828182846 5
0x1p+0 0x1p-1 0x1.f4p+9 0x1.0624dd2f1a9fcp-10 0x1p-2 0x1.8p+1 0x1.f44p+9 infinity -infinity nan infinity none none none none none 
1. 0.1 1e+15 1e+16 1.5e+300 -0. nan inf 123456789.123 1e-07 
100. 1e+12 1.23456789012e+13 
10000000000 -1 9
-1 0
0x1p+62 0x1p+53
|expected} *)
