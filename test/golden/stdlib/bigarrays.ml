(* Bigarray and Complex, function by function. *)
open Bigarray
open Printf

let attempt name f =
  match f () with
  | () -> printf "%s: no exception\n" name
  | exception (Invalid_argument _ as e) -> printf "%s: %s\n" name (Printexc.to_string e)
  | exception Out_of_memory -> printf "%s: out of memory\n" name

let ints = Array.iter (printf " %d")
let dims_of a = ints (Genarray.dims a); print_newline ()

(* Every kind: what is stored and read, through known and unknown kinds. *)

let generic_walk (type a b) name (kind : (a, b) kind) (values : a array) (show : a -> string) =
  printf "%s (%d bytes):" name (kind_size_in_bytes kind);
  let a = Array1.of_array kind c_layout values in
  let f = Array1.of_array kind fortran_layout values in
  for i = 0 to Array1.dim a - 1 do
    assert (compare a.{i} f.{i + 1} = 0);
    printf " %s" (show a.{i})
  done;
  let g = genarray_of_array1 a in
  Genarray.set g [| 0 |] (Genarray.get g [| Array1.dim a - 1 |]);
  printf " | %s size %d hash %d %d\n" (show a.{0}) (Array1.size_in_bytes a) (Hashtbl.hash a) (Hashtbl.hash f);
  assert (Array1.kind a = kind);
  Array1.fill a values.(1);
  printf "  filled: %s %s\n" (show (Array1.unsafe_get a 0)) (show a.{Array1.dim a - 1})

let small = [| 0; 1; -1; 127; 128; 255; 256; -129; 32767; 40000; max_int; min_int |]
let reals = [| 0.; 1.5; -0.; 1e300; 3.14159265358979; 1e-40; nan; infinity; neg_infinity; 65504.; 16777217. |]
let real = sprintf "%.17g"
let complexes = Array.map (fun x -> { Complex.re = x; im = -.x }) reals
let complex { Complex.re; im } = sprintf "%.17g/%.17g" re im

let () =
  generic_walk "float32" float32 reals real;
  generic_walk "float64" float64 reals real;
  generic_walk "int8_signed" int8_signed small string_of_int;
  generic_walk "int8_unsigned" int8_unsigned small string_of_int;
  generic_walk "int16_signed" int16_signed small string_of_int;
  generic_walk "int16_unsigned" int16_unsigned small string_of_int;
  generic_walk "int" int small string_of_int;
  generic_walk "int32" int32 (Array.map Int32.of_int small) Int32.to_string;
  generic_walk "int64" int64 (Array.append [| Int64.max_int; Int64.min_int |] (Array.map Int64.of_int small)) Int64.to_string;
  generic_walk "nativeint" nativeint (Array.map Nativeint.of_int small) Nativeint.to_string;
  generic_walk "complex32" complex32 complexes complex;
  generic_walk "complex64" complex64 complexes complex;
  generic_walk "char" char [| 'a'; '\000'; '\255' |] (sprintf "%C")

(* The same where the compiler knows the kind. *)

let () =
  let f32 = Array1.create float32 c_layout 3 and f64 = Array1.create float64 fortran_layout 3 in
  f32.{0} <- 1e300; f32.{1} <- 0.1; f32.{2} <- -0.;
  f64.{1} <- 1e300; f64.{2} <- 0.1; f64.{3} <- f32.{1};
  printf "%h %h %h %h %h %h\n" f32.{0} f32.{1} f32.{2} f64.{1} f64.{2} f64.{3};
  let s8 = Array1.create int8_signed c_layout 2 and u8 = Array1.create int8_unsigned c_layout 2 in
  let s16 = Array1.create int16_signed c_layout 2 and u16 = Array1.create int16_unsigned c_layout 2 in
  Array.iter
    (fun n ->
      s8.{1} <- n; u8.{1} <- n; s16.{1} <- n; u16.{1} <- n;
      printf "%d %d %d %d;" s8.{1} u8.{1} s16.{1} u16.{1})
    small;
  print_newline ();
  let i32 = Array1.create int32 c_layout 2 and i64 = Array1.create int64 c_layout 2 in
  let nat = Array1.create nativeint c_layout 2 and plain = Array1.create int c_layout 2 in
  i32.{0} <- Int32.min_int; i64.{0} <- Int64.max_int; nat.{0} <- Nativeint.min_int; plain.{0} <- min_int;
  i32.{1} <- Int32.succ i32.{0}; i64.{1} <- Int64.succ i64.{0}; nat.{1} <- Nativeint.pred nat.{0};
  plain.{1} <- plain.{0} - 1;
  printf "%ld %ld %Ld %Ld %nd %nd %d %d\n" i32.{0} i32.{1} i64.{0} i64.{1} nat.{0} nat.{1} plain.{0} plain.{1};
  let c = Array1.create char c_layout 2 in
  c.{0} <- 'x'; c.{1} <- Char.chr 200;
  printf "%C %C\n" c.{0} c.{1};
  attempt "float64 at 0, Fortran" (fun () -> ignore (f64.{0}));
  attempt "float64 at 4, Fortran" (fun () -> f64.{4} <- 1.);
  attempt "int8 at -1" (fun () -> ignore (s8.{-1}));
  attempt "int8 at min_int" (fun () -> s8.{min_int} <- 1);
  attempt "int32 at 2" (fun () -> ignore (i32.{2}));
  printf "%g %d\n" (Array1.unsafe_get f64 2) (Array1.unsafe_get s16 1);
  Array1.unsafe_set f64 2 7.; Array1.unsafe_set u8 0 300;
  printf "%g %d\n" f64.{2} u8.{0}

(* Two and three dimensions. *)

let () =
  let c = Array2.create int c_layout 3 4 and f = Array2.create float64 fortran_layout 3 4 in
  for i = 0 to 2 do for j = 0 to 3 do c.{i, j} <- (10 * i) + j; f.{i + 1, j + 1} <- float ((10 * i) + j) done done;
  let flat = reshape_1 (genarray_of_array2 c) 12 in
  for i = 0 to 11 do printf " %d" flat.{i} done;
  let flat = reshape_1 (genarray_of_array2 f) 12 in
  for i = 1 to 12 do printf " %g" flat.{i} done;
  printf "\n%d %d %d\n" (Array2.dim1 c) (Array2.dim2 c) (Array2.size_in_bytes c);
  let row = Array2.slice_left c 1 and column = Array2.slice_right f 2 in
  printf "%d %d %g %g\n" (Array1.dim row) row.{3} column.{1} column.{3};
  row.{0} <- 99;
  printf "%d\n" c.{1, 0};
  let below = Array2.sub_left c 1 2 and right = Array2.sub_right f 3 2 in
  printf "%d %d %d %g %d\n" (Array2.dim1 below) below.{0, 0} below.{1, 3} right.{3, 2} (Array2.dim2 right);
  let turned = Array2.change_layout c fortran_layout in
  printf "%d %d %d\n" (Array2.dim1 turned) (Array2.dim2 turned) turned.{4, 3};
  List.iter
    (fun (i, j) -> attempt (sprintf "c.{%d,%d}" i j) (fun () -> c.{i, j} <- c.{i, j} + 1))
    [ (0, 0); (2, 3); (3, 0); (0, 4); (-1, 0); (0, -1) ];
  List.iter (fun (i, j) -> attempt (sprintf "f.{%d,%d}" i j) (fun () -> ignore f.{i, j})) [ (1, 1); (3, 4); (0, 1); (4, 1); (1, 5) ];
  attempt "slice" (fun () -> ignore (Array2.slice_left c 3));
  attempt "sub" (fun () -> ignore (Array2.sub_left c 2 2));
  attempt "sub right" (fun () -> ignore (Array2.sub_right f 0 1));
  attempt "negative sub" (fun () -> ignore (Array2.sub_left c 0 (-1)));
  attempt "of_array" (fun () -> ignore (Array2.of_array int c_layout [| [| 1 |]; [| 1; 2 |] |]));
  let m = Array2.of_array float32 fortran_layout [| [| 1.; 2. |]; [| 3.; 4. |]; [| 5.; 6. |] |] in
  printf "%g %g %g\n" m.{1, 2} m.{3, 1} (Array2.unsafe_get m 2 2);
  let n = Array2.init int32 c_layout 2 3 (fun i j -> Int32.of_int ((i * 3) + j)) in
  Array2.unsafe_set n 1 1 44l;
  printf "%ld %ld\n" n.{1, 2} n.{1, 1}

let () =
  let c = Array3.create float64 c_layout 2 3 4 and f = Array3.create int16_signed fortran_layout 2 3 4 in
  for i = 0 to 1 do for j = 0 to 2 do for k = 0 to 3 do
    c.{i, j, k} <- float ((100 * i) + (10 * j) + k);
    f.{i + 1, j + 1, k + 1} <- (100 * i) + (10 * j) + k
  done done done;
  let flat = reshape_1 (genarray_of_array3 c) 24 in
  for i = 0 to 23 do printf " %g" flat.{i} done;
  let flat = reshape_1 (genarray_of_array3 f) 24 in
  for i = 1 to 24 do printf " %d" flat.{i} done;
  printf "\n%d %d %d %d\n" (Array3.dim1 c) (Array3.dim2 c) (Array3.dim3 c) (Array3.size_in_bytes f);
  printf "%g %d\n" (Array3.slice_left_1 c 1 2).{3} (Array3.slice_right_1 f 3 4).{2};
  printf "%g %d\n" (Array3.slice_left_2 c 1).{2, 3} (Array3.slice_right_2 f 4).{2, 3};
  printf "%g %d\n" (Array3.sub_left c 1 1).{0, 1, 2} (Array3.sub_right f 2 2).{1, 1, 2};
  printf "%g\n" (Array3.change_layout c fortran_layout).{4, 3, 2};
  List.iter (fun (i, j, k) -> attempt (sprintf "c.{%d,%d,%d}" i j k) (fun () -> ignore c.{i, j, k})) [ (1, 2, 3); (2, 0, 0); (0, 3, 0); (0, 0, 4) ];
  attempt "of_array" (fun () -> ignore (Array3.of_array int c_layout [| [| [| 1 |] |]; [| [| 1; 2 |] |] |]));
  attempt "of_array" (fun () -> ignore (Array3.of_array int c_layout [| [| [| 1 |] |]; [||] |]));
  printf "%d\n" (Array3.of_array int fortran_layout [| [| [| 1; 2 |]; [| 3; 4 |] |]; [| [| 5; 6 |]; [| 7; 8 |] |] |]).{2, 1, 2};
  Array3.unsafe_set c 1 1 1 5.5;
  printf "%g\n" (Array3.unsafe_get c 1 1 1)

(* Any number of dimensions. *)

let () =
  let a = Genarray.create int c_layout [| 2; 3; 2; 2 |] in
  for i = 0 to 1 do for j = 0 to 2 do for k = 0 to 1 do for l = 0 to 1 do
    a.{i, j, k, l} <- (1000 * i) + (100 * j) + (10 * k) + l
  done done done done;
  printf "%d %d %d %d" (Genarray.num_dims a) (Genarray.nth_dim a 1) (Genarray.size_in_bytes a) a.{1, 2, 1, 0};
  dims_of a;
  dims_of (Genarray.slice_left a [| 1; 2 |]);
  dims_of (Genarray.sub_left a 1 1);
  dims_of (Genarray.change_layout a fortran_layout);
  printf "%d %d\n" (Genarray.get (Genarray.slice_left a [| 1; 2 |]) [| 1; 1 |]) (Genarray.get (Genarray.slice_left a [| 1; 2; 1; 1 |]) [||]);
  let f = Genarray.change_layout a fortran_layout in
  dims_of (Genarray.slice_right f [| 3; 2 |]);
  printf "%d\n" (Genarray.get (Genarray.slice_right f [| 3; 2 |]) [| 1; 2 |]);
  printf "%b %b\n" (Genarray.layout a = C_layout) (Genarray.layout f = Fortran_layout);
  attempt "too few indices" (fun () -> ignore (Genarray.get a [| 0 |]));
  attempt "too many indices" (fun () -> Genarray.set a [| 0; 0; 0; 0; 0 |] 1);
  attempt "out of bounds" (fun () -> a.{0, 0, 0, 2} <- 1);
  attempt "nth_dim" (fun () -> ignore (Genarray.nth_dim a 4));
  attempt "nth_dim" (fun () -> ignore (Genarray.nth_dim a (-1)));
  attempt "slice" (fun () -> ignore (Genarray.slice_left a [| 0; 0; 0; 0; 0 |]));
  attempt "slice" (fun () -> ignore (Genarray.slice_left a [| 2 |]));
  attempt "reshape" (fun () -> ignore (reshape a [| 5; 5 |]));
  attempt "reshape" (fun () -> ignore (reshape a [| -1; 24 |]));
  attempt "reshape" (fun () -> ignore (reshape a (Array.make 17 1)));
  dims_of (reshape a (Array.append (Array.make 14 1) [| 4; 6 |]));
  printf "%d\n" (reshape_2 a 4 6).{3, 1};
  printf "%d\n" (reshape_3 a 4 3 2).{3, 1, 1};
  attempt "reshape_0" (fun () -> ignore (reshape_0 a));
  attempt "array0" (fun () -> ignore (array0_of_genarray a));
  attempt "array1" (fun () -> ignore (array1_of_genarray a));
  attempt "array2" (fun () -> ignore (array2_of_genarray a));
  attempt "array3" (fun () -> ignore (array3_of_genarray a));
  attempt "create" (fun () -> ignore (Genarray.create int c_layout (Array.make 17 1)));
  attempt "create" (fun () -> ignore (Array1.create int c_layout (-1)));
  attempt "create" (fun () -> ignore (Array2.create float64 c_layout max_int max_int));
  let zero = Genarray.create float64 fortran_layout [||] in
  Genarray.set zero [||] 2.5;
  printf "%g %d\n" (Array0.get (array0_of_genarray zero)) (Genarray.size_in_bytes zero);
  let empty = Array2.create char c_layout 0 5 in
  Array2.fill empty 'x';
  printf "%d %d\n" (Array2.dim2 empty) (Array2.size_in_bytes empty)

let () =
  let a = Array0.of_value int64 c_layout 5L in
  Array0.set a (Int64.add (Array0.get a) 1L);
  let b = Array0.create int64 c_layout in
  Array0.blit a b;
  printf "%Ld %d\n" (Array0.get b) (Array0.size_in_bytes b);
  Array0.fill b 9L;
  printf "%Ld %Ld\n" (Array0.get b) (Array0.get a);
  let line = Array1.init float64 c_layout 5 float in
  let cell = Array1.slice line 3 in
  Array0.set cell 42.;
  printf "%g\n" line.{3};
  let middle = Array1.sub line 1 3 in
  Array1.blit middle (Array1.sub line 2 3);
  for i = 0 to 4 do printf " %g" line.{i} done;
  print_newline ();
  Array1.fill (Array1.sub line 0 2) 7.;
  for i = 0 to 4 do printf " %g" line.{i} done;
  print_newline ();
  attempt "blit" (fun () -> Array1.blit middle line);
  attempt "sub" (fun () -> ignore (Array1.sub line 3 3));
  attempt "sub" (fun () -> ignore (Array1.sub line (-1) 2));
  printf "%d\n" (Array1.dim (Array1.sub line 5 0));
  let f = Array1.init int fortran_layout 4 (fun i -> i * i) in
  printf "%d %d %d\n" f.{4} (Array1.sub f 2 3).{1} (Array0.get (Array1.slice f 3))

(* Order and hashing. *)

let () =
  let v values = Array1.of_array float64 c_layout values in
  let pairs = [ ([| 1.; 2. |], [| 1.; 3. |]); ([| 1. |], [| 1.; 0. |]); ([| nan |], [| nan |]); ([| nan |], [| 1. |]); ([| 0. |], [| -0. |]); ([||], [||]) ] in
  List.iter
    (fun (x, y) ->
      let x = v x and y = v y in
      printf "%d %b %b %b %b %b %b\n" (compare x y) (x = y) (x <> y) (x < y) (x <= y) (x > y) (x >= y))
    pairs;
  let g d = Genarray.create int c_layout d in
  List.iter
    (fun (a, b) -> Genarray.fill a 1; Genarray.fill b 1; printf " %d" (compare a b))
    [ (g [| 2 |], g [| 3 |]); (g [| 2; 2 |], g [| 2 |]); (g [| 2; 3 |], g [| 2; 4 |]) ];
  print_newline ();
  let hide a = Obj.repr a in
  printf "%d %d %d\n"
    (compare (hide (Array1.create int c_layout 1)) (hide (Array1.create char c_layout 1)))
    (compare (hide (Array1.create int fortran_layout 1)) (hide (Array1.create int c_layout 1)))
    (compare (hide 5l) (hide (Array1.create int c_layout 1)));
  let bytes = Array1.init int8_signed c_layout 1000 (fun i -> i * 7) in
  let shorts = Array1.init int16_unsigned c_layout 1001 (fun i -> i * 77) in
  let words = Array1.init int c_layout 1001 (fun i -> i * 77 * 1_000_000_007) in
  let int32s = Array1.init int32 c_layout 1001 (fun i -> Int32.of_int (i * 1_000_000_007)) in
  let int64s = Array1.init int64 c_layout 1001 (fun i -> Int64.of_int (i * 77 * 1_000_000_007)) in
  let natives = Array1.init nativeint c_layout 1001 (fun i -> Nativeint.of_int (i * 77 * 1_000_000_007)) in
  let floats = Array1.init float64 c_layout 1001 (fun i -> sqrt (float i)) in
  let singles = Array1.init float32 c_layout 1001 (fun i -> sqrt (float i)) in
  let pairs = Array1.init complex64 c_layout 1001 (fun i -> { Complex.re = float i; im = sqrt (float i) }) in
  let pairs32 = Array1.init complex32 c_layout 1001 (fun i -> { Complex.re = float i; im = sqrt (float i) }) in
  for n = 0 to 270 do
    if n < 9 || n mod 15 = 3 then
      let h a = Hashtbl.hash (Array1.sub a 0 n) in
      printf "%d: %d %d %d %d %d %d %d %d %d %d\n" n (h bytes) (h shorts) (h words) (h int32s) (h int64s) (h natives) (h floats) (h singles) (h pairs) (h pairs32)
  done;
  printf "%d\n" (Hashtbl.hash (1, bytes, "x"))

(* Marshalled arrays. *)

let () =
  let round a =
    let text = Marshal.to_string a [] in
    printf "%d %s " (String.length text) (Digest.to_hex (Digest.string text));
    let b : (_, _, _) Genarray.t = Marshal.from_string text 0 in
    printf "%b\n" (compare a b = 0)
  in
  round (genarray_of_array2 (Array2.init float64 c_layout 3 5 (fun i j -> float (i - j))));
  round (Genarray.change_layout (genarray_of_array1 (Array1.init int c_layout 7 (fun i -> i - 3))) fortran_layout);
  round (genarray_of_array1 (Array1.of_array int c_layout small));
  round (genarray_of_array1 (Array1.init char c_layout 70000 (fun i -> Char.chr (i land 255))));
  round (genarray_of_array1 (Array1.sub (Array1.of_array complex32 c_layout complexes) 1 2));
  let shared = Array1.init int32 c_layout 3 Int32.of_int in
  let a, b = (Marshal.from_string (Marshal.to_string (shared, shared) []) 0 : (int32, int32_elt, c_layout) Array1.t * _) in
  a.{0} <- 9l;
  printf "%ld %b\n" b.{0} (a == b)

(* Data lives as long as a view of it. *)

let () =
  let views = Array.init 50 (fun i -> Array1.sub (Array1.init int c_layout 1000 (fun j -> (i * 1000) + j)) 500 10) in
  for _ = 1 to 200 do ignore (Sys.opaque_identity (Array1.create float64 c_layout 10000)) done;
  Gc.full_major ();
  let sum = ref 0 in
  Array.iter (fun v -> for k = 0 to 9 do sum := !sum + v.{k} done) views;
  printf "%d\n" !sum;
  let finalised = ref 0 in
  for _ = 1 to 10 do Gc.finalise (fun _ -> incr finalised) (Array1.create int c_layout 100) done;
  Gc.full_major ();
  printf "%b\n" (!finalised >= 9)

(* Complex numbers. *)

let () =
  let c re im = { Complex.re; im } in
  let show name z = printf "%s %.12g %.12g\n" name z.Complex.re z.Complex.im in
  let numbers = [ c 3. 4.; c (-3.) 4.; c (-3.) (-4.); c 0. (-2.); c 2. 0.; c (-2.) 0.; c 1e200 1e200; c 0.001 1000. ] in
  List.iter
    (fun z ->
      Complex.(
        show "z" z; show "neg" (neg z); show "conj" (conj z); show "add" (add z i); show "sub" (sub z one);
        show "mul" (mul z (c 1. 2.)); show "div" (div z (c 1. 2.)); show "div" (div (c 1. 2.) z); show "inv" (inv z);
        show "sqrt" (sqrt z); show "log" (log z); show "pow" (pow z (c 0.5 0.25)));
      printf "%.12g %.12g %.12g\n" (Complex.norm2 z) (Complex.norm z) (Complex.arg z))
    numbers;
  show "zero" (Complex.sqrt Complex.zero);
  show "polar" (Complex.polar 2. 1.);
  show "exp" (Complex.exp (c 1. 2.))
