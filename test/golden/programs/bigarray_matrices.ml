(* Bigarrays: kinds, layouts, slices that share, several dimensions, blits and reshaping. *)
open Bigarray

let show_1 a = String.concat " " (List.init (Array1.dim a) (fun i -> string_of_int a.{i}))

let () =
  let a = Array1.of_array int c_layout [| 1; 2; 3; 4; 5; 6 |] in
  print_endline (show_1 a);
  let middle = Array1.sub a 2 3 in
  Array1.fill middle 0;
  print_endline (show_1 a);
  Array1.blit (Array1.of_array int c_layout [| 7; 8; 9 |]) middle;
  Printf.printf "%s %d\n" (show_1 a) (Array1.size_in_bytes a);
  (try ignore a.{6} with Invalid_argument m -> print_endline m)

(* Small kinds wrap around. *)
let () =
  let u8 = Array1.create int8_unsigned c_layout 3 and s8 = Array1.create int8_signed c_layout 3 and s16 = Array1.create int16_signed c_layout 3 in
  List.iteri (fun i n -> u8.{i} <- n; s8.{i} <- n; s16.{i} <- n) [ 255; 128; 65536 + 40000 ];
  for i = 0 to 2 do Printf.printf "%d %d %d; " u8.{i} s8.{i} s16.{i} done;
  let f32 = Array1.create float32 c_layout 1 and i32 = Array1.create int32 c_layout 1 and c = Array1.create complex64 c_layout 1 in
  f32.{0} <- 0.1;
  i32.{0} <- Int32.min_int;
  c.{0} <- { Complex.re = 1.; im = -1. };
  Printf.printf "%.10f %ld %g\n" f32.{0} i32.{0} c.{0}.im

let multiply a b =
  let n = Array2.dim1 a and m = Array2.dim2 b and k = Array2.dim2 a in
  let c = Array2.create float64 c_layout n m in
  for i = 0 to n - 1 do
    for j = 0 to m - 1 do
      c.{i, j} <- 0.;
      for x = 0 to k - 1 do c.{i, j} <- c.{i, j} +. (a.{i, x} *. b.{x, j}) done
    done
  done;
  c

let show_2 a =
  String.concat "; "
    (List.init (Array2.dim1 a) (fun i -> String.concat " " (List.init (Array2.dim2 a) (fun j -> Printf.sprintf "%g" a.{i, j}))))

let () =
  let m = Array2.of_array float64 c_layout [| [| 1.; 2. |]; [| 3.; 4. |]; [| 5.; 6. |] |] in
  let t = Array2.of_array float64 c_layout [| [| 1.; 0.; 1. |]; [| 0.; 1.; 1. |] |] in
  print_endline (show_2 (multiply m t));
  let row = Array2.slice_left m 1 in
  row.{0} <- 30.;
  print_endline (show_2 m);
  (* Fortran's layout counts from one, by columns. *)
  let f = Array2.init float64 fortran_layout 2 3 (fun i j -> float_of_int ((10 * i) + j)) in
  let column = Array2.slice_right f 2 in
  Printf.printf "%g %g %g\n" f.{2, 3} column.{1} (reshape_1 (genarray_of_array2 f) 6).{3};
  let g = Genarray.create int c_layout [| 2; 2; 2; 2 |] in
  Genarray.fill g 1;
  Genarray.set g [| 1; 0; 1; 0 |] 5;
  let flat = reshape_1 g 16 in
  Printf.printf "%s %d\n" (show_1 flat) (Genarray.num_dims g);
  let cube = Array3.create char c_layout 2 2 2 in
  Array3.fill cube '.';
  cube.{1, 1, 0} <- 'x';
  print_endline (String.init 8 (fun i -> (reshape_1 (genarray_of_array3 cube) 8).{i}));
  Printf.printf "%b %d\n" (Array1.sub flat 0 4 = Array1.sub flat 4 4) (compare (Array1.sub flat 0 2) (Array1.sub flat 10 2))

(* stdout {expected|
1 2 3 4 5 6
1 2 0 0 0 6
1 2 7 8 9 6 48
index out of bounds
255 -1 255; 128 -128 128; 64 64 -25536; 0.1000000015 -2147483648 -1
1 2 3; 3 4 7; 5 6 11
1 2; 30 4; 5 6
23 12 12
1 1 1 1 1 1 1 1 1 1 5 1 1 1 1 1 4
......x.
true -1
|expected} *)
