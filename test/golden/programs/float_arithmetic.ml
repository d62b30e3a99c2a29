let () =
  Printf.printf "%g %g %g %g\n" (1. +. 2.) (1. -. 2.) (3. *. 4.) (1. /. 3.);
  Printf.printf "%g %g %g\n" (1. /. 0.) (-1. /. 0.) (0. /. 0.);
  Printf.printf "%b %b %b %b\n" (nan = nan) (nan <> nan) (nan < 1.) (compare nan nan = 0);
  Printf.printf "%b %d %d\n" (0. = -0.) (compare 0. (-0.)) (compare nan neg_infinity);
  Printf.printf "%g %g %g\n" (2. ** 10.) (sqrt 2.) (exp 1.);
  Printf.printf "%.12f %.12f %.12f\n" (sin 1.) (cos 1.) (atan2 1. (-1.));
  Printf.printf "%g %g %g %g\n" (floor (-2.5)) (ceil (-2.5)) (Float.round 2.5) (Float.trunc (-2.7));
  Printf.printf "%d %d %d\n" (int_of_float 3.99) (int_of_float (-3.99)) (truncate 1e10);
  Printf.printf "%g %g\n" (mod_float 7.5 2.) (mod_float (-7.5) 2.);
  Printf.printf "%g %g\n" (min 1. 2.) (max (-1.) (-2.));
  Printf.printf "%b\n" (0.1 +. 0.2 = 0.3);
  let m, e = frexp 10. in
  Printf.printf "%g %d %g\n" m e (ldexp 0.75 4);
  let rec newton x guess = let next = (guess +. (x /. guess)) /. 2. in if abs_float (next -. guess) < 1e-12 then next else newton x next in
  Printf.printf "%.10f\n" (newton 2. 1.);
  let pi = 4. *. atan 1. in
  Printf.printf "%.15f\n" pi;
  let sum = ref 0. in
  for i = 1 to 1_000_000 do sum := !sum +. (1. /. (float i *. float i)) done;
  Printf.printf "%.12f\n" (sqrt (6. *. !sum));
  Printf.printf "%g %g\n" epsilon_float (float max_int)

(* stdout {expected|
3 -1 12 0.333333
inf -inf -nan
false true false true
true 0 -1
1024 1.41421 2.71828
0.841470984808 0.540302305868 2.356194490192
-3 -2 3 -2
3 -3 10000000000
1.5 -1.5
1 -1
false
0.625 4 12
1.4142135624
3.141592653589793
3.141591698661
2.22045e-16 4.61169e+18
|expected} *)
