(* Int, Int32, Int64, Nativeint, Float, and the numbers of Stdlib. *)

let attempt name f =
  match f () with
  | s -> print_endline (name ^ " = " ^ s)
  | exception e -> print_endline (name ^ " raises " ^ Printexc.to_string e)

let ints = [ 0; 1; -1; 2; -2; 7; -7; 10; 100; -100; 12345; max_int; min_int; max_int - 1; 1 lsl 31; 1 lsl 32; -1 lsl 31 ]

let () =
  List.iter
    (fun a ->
      Printf.printf "%d: %d %d %d %d %d %d %f\n" a (succ a) (pred a) (abs a) (-a) (lnot a) (Int.abs a) (float_of_int a);
      List.iter
        (fun b ->
          Printf.printf "%d,%d: %d %d %d %d %d %d %d %d %d %b %b\n" a b (a + b) (a - b) (a * b) (a land b) (a lor b)
            (a lxor b) (compare a b) (min a b) (Int.max a b) (a < b) (Int.equal a b);
          attempt "div" (fun () -> Printf.sprintf "%d %d" (a / b) (a mod b));
          let a32 = Int32.of_int a and b32 = Int32.of_int b in
          Printf.printf "%ld %ld %ld %ld %ld %ld %d %d\n" (Int32.add a32 b32) (Int32.sub a32 b32) (Int32.mul a32 b32)
            (Int32.logand a32 b32) (Int32.logor a32 b32) (Int32.logxor a32 b32) (Int32.compare a32 b32)
            (Int32.unsigned_compare a32 b32);
          attempt "div32" (fun () ->
              Printf.sprintf "%ld %ld %ld %ld" (Int32.div a32 b32) (Int32.rem a32 b32) (Int32.unsigned_div a32 b32) (Int32.unsigned_rem a32 b32));
          let a64 = Int64.mul (Int64.of_int a) 3L and b64 = Int64.of_int b in
          Printf.printf "%Ld %Ld %Ld %Ld %Ld %Ld %d %d\n" (Int64.add a64 b64) (Int64.sub a64 b64) (Int64.mul a64 b64)
            (Int64.logand a64 b64) (Int64.logor a64 b64) (Int64.logxor a64 b64) (Int64.compare a64 b64)
            (Int64.unsigned_compare a64 b64);
          attempt "div64" (fun () ->
              Printf.sprintf "%Ld %Ld %Ld %Ld" (Int64.div a64 b64) (Int64.rem a64 b64) (Int64.unsigned_div a64 b64) (Int64.unsigned_rem a64 b64));
          attempt "divn" (fun () ->
              let a = Nativeint.of_int a and b = Nativeint.of_int b in
              Printf.sprintf "%nd %nd %nd %nd" (Nativeint.div a b) (Nativeint.rem a b) (Nativeint.unsigned_div a b) (Nativeint.unsigned_rem a b)))
        ints;
      List.iter
        (fun s ->
          Printf.printf "%d %d %d " (a lsl s) (a lsr s) (a asr s);
          Printf.printf "%Ld %Ld %Ld " (Int64.shift_left (Int64.of_int a) s) (Int64.shift_right (Int64.of_int a) s) (Int64.shift_right_logical (Int64.of_int a) s);
          if s < 32 then
            Printf.printf "%ld %ld %ld" (Int32.shift_left (Int32.of_int a) s) (Int32.shift_right (Int32.of_int a) s) (Int32.shift_right_logical (Int32.of_int a) s);
          print_newline ())
        [ 0; 1; 5; 31; 32; 62 ];
      let a64 = Int64.of_int a in
      Printf.printf "%ld %Ld %nd %d %d %d\n" (Int64.to_int32 a64) (Int64.of_int32 (Int32.of_int a)) (Int64.to_nativeint a64)
        (Int64.to_int a64) (Int32.to_int (Int32.of_int a)) (Nativeint.to_int (Nativeint.of_int a));
      Printf.printf "%Ld %Ld %Ld %Ld %ld %ld %ld %ld\n" (Int64.succ a64) (Int64.pred a64) (Int64.abs a64) (Int64.lognot a64) (Int32.succ (Int32.of_int a)) (Int32.neg (Int32.of_int a)) (Int32.abs (Int32.of_int a)) (Int32.lognot (Int32.of_int a));
      Printf.printf "%g %g %Lx %lx\n" (Int64.to_float a64) (Int32.to_float (Int32.of_int a)) (Int64.bits_of_float (float a)) (Int32.bits_of_float (float a));
      print_endline
        (match Int32.unsigned_to_int (Int32.of_int a), Int64.unsigned_to_int a64 with
        | Some x, Some y -> Printf.sprintf "%d %d" x y
        | Some x, None -> Printf.sprintf "%d none" x
        | None, _ -> "none"))
    ints

let () =
  List.iter
    (fun s ->
      attempt s (fun () -> string_of_int (int_of_string s));
      attempt s (fun () -> Int32.to_string (Int32.of_string s));
      attempt s (fun () -> Int64.to_string (Int64.of_string s));
      attempt s (fun () -> Nativeint.to_string (Nativeint.of_string s));
      attempt s (fun () -> string_of_float (float_of_string s));
      attempt s (fun () -> match int_of_string_opt s with None -> "none" | Some n -> string_of_int n);
      attempt s (fun () -> match float_of_string_opt s with None -> "none" | Some n -> string_of_float n))
    [ "0"; "12"; "-12"; "+12"; "0x1F"; "0X1f"; "-0x1F"; "0b101"; "0o17"; "0u123"; "1_000"; "_1"; ""; "-"; "abc"; "12a"; " 12"; "12 ";
      "4611686018427387903"; "4611686018427387904"; "-4611686018427387904"; "-4611686018427387905"; "0x7fffffffffffffff"; "0x8000000000000000";
      "2147483647"; "2147483648"; "0xffffffff"; "0x100000000"; "9223372036854775807"; "9223372036854775808"; "0u18446744073709551615"; "1.5"; "1e3"; "1."; ".5"; "1e"; "0x1.8p3"; "nan"; "inf"; "-infinity"; "1e400"; "1__2.3"; "--1" ];
  List.iter (fun b -> attempt b (fun () -> string_of_bool (bool_of_string b))) [ "true"; "false"; "True"; "" ]

let floats = [ 0.; -0.; 1.; -1.; 0.5; 1.5; 2.5; -2.5; 1e10; 1e-10; 123.456; infinity; neg_infinity; nan; max_float; min_float; epsilon_float; 4.5e15; 1e300 ]

let () =
  (* Fewer digits than there are: mathematical libraries differ in the last one. The sign of nan is nobody's promise. *)
  let f x = if Float.is_nan x then "nan" else Printf.sprintf "%.13g" x in
  List.iter
    (fun x ->
      print_endline
        (String.concat " "
           (List.map f
              [ sqrt (abs_float x); exp x; log x; log10 x; cos x; sin x; tan x; atan x; ceil x; floor x; expm1 x; log1p x; cosh x; sinh x; tanh x; Float.cbrt x; Float.round x; Float.trunc x; Float.succ x; Float.pred x; Float.exp2 x; Float.log2 x; acosh x; asinh x; Float.erf x ]));
      Printf.printf "%b %b %b %b %b %d\n" (Float.is_nan x) (Float.is_finite x) (Float.is_infinite x) (Float.is_integer x) (Float.sign_bit x) (Float.hash x);
      let m, e = frexp x and fr, ip = modf x in
      Printf.printf "%s %d %s %s %s\n" (f m) e (f fr) (f ip) (f (ldexp x 3));
      (match classify_float x with FP_normal -> print_string "normal" | FP_subnormal -> print_string "subnormal" | FP_zero -> print_string "zero" | FP_infinite -> print_string "infinite" | FP_nan -> print_string "nan");
      print_newline ();
      List.iter
        (fun y ->
          print_endline (String.concat " " (List.map f [ x +. y; x -. y; x *. y; x /. y; (if x <> x || y <> y then 0. else x ** y); atan2 x y; (if x <> x || y <> y then 0. else hypot x y); mod_float x y; copysign x y; Float.min x y; Float.max x y; Float.min_num x y; Float.max_num x y; Float.next_after x y; Float.fma x y 1. ]));
          let a, b = Float.min_max x y and c, d = Float.min_max_num x y in
          print_endline (String.concat " " (List.map f [ a; b; c; d ]));
          Printf.printf "%b %b %b %b %d %b\n" (x = y) (x < y) (x <= y) (x <> y) (compare x y) (Float.equal x y))
        floats)
    floats;
  List.iter (fun x -> Printf.printf "%d " (int_of_float x)) [ 1.5; -1.5; 1e15; 0.999; -0.999 ];
  Printf.printf "%s %s\n" (f Float.pi) (string_of_float Float.epsilon)

let () =
  let module A = Float.Array in
  let a = A.init 5 (fun i -> float i *. 1.5) in
  let show a = String.concat " " (List.map string_of_float (A.to_list a)) in
  print_endline (show a);
  A.set a 2 9.;
  attempt "get" (fun () -> string_of_float (A.get a 5));
  print_endline (show (A.append a (A.make 2 0.5)));
  print_endline (show (A.sub a 1 3));
  attempt "sub" (fun () -> show (A.sub a 3 3));
  A.blit a 0 a 1 3;
  print_endline (show a);
  A.fill a 0 2 (-1.);
  print_endline (show a);
  A.sort compare a;
  print_endline (show a);
  print_endline (show (A.map (fun x -> x *. 2.) a) ^ " " ^ string_of_float (A.fold_left ( +. ) 0. a));
  print_endline (show (A.concat [ a; A.of_list [ 7. ]; A.create 0 ]));
  print_endline (show (A.of_seq (A.to_seq a)) ^ string_of_bool (A.mem 9. a) ^ string_of_bool (A.exists (fun x -> x > 100.) a));
  print_endline (String.concat "," (Array.to_list (A.map_to_array string_of_float a)));
  print_endline (show (A.map_from_array float [| 1; 2; 3 |]))
