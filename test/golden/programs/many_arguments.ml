let f16 a b c d e f g h i j k l m n o p = a + (2 * b) + (3 * c) + (4 * d) + (5 * e) + (6 * f) + (7 * g) + (8 * h) + (9 * i) + (10 * j) + (11 * k) + (12 * l) + (13 * m) + (14 * n) + (15 * o) + (16 * p)

let mixed (a : int) (b : float) c (d : int64) e (f : float) = float a +. b +. float (String.length c) +. Int64.to_float d +. (if e then 1. else 0.) +. f

let rec spin a b c d e f n = if n = 0 then Printf.sprintf "%d %g %s %Ld %b %g" a b c d e f else spin (a + 1) (b +. 0.5) c (Int64.add d 2L) (not e) (f *. 1.5) (n - 1)

let () =
  Printf.printf "%d\n" (f16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16);
  let p = f16 1 2 3 in
  let q = p 4 5 6 7 8 9 10 in
  Printf.printf "%d %d\n" (q 11 12 13 14 15 16) (q 0 0 0 0 0 0);
  Printf.printf "%g\n" (mixed 1 2.5 "abc" 4L true 5.25);
  print_endline (spin 0 0. "s" 0L true 1. 10);
  let apply f = f 1 2 3 4 5 6 7 8 in
  print_endline (apply (Printf.sprintf "%d%d%d%d%d%d%d%d"))

(* stdout {expected|
1496
1496 385
16.75
10 5 s 20 true 57.665
12345678
|expected} *)
