(* Integers of every width at their limits: wrapping, division, shifts, conversions. *)

let () =
  let show name l = Printf.printf "%s: %s\n" name (String.concat " " (List.map string_of_int l)) in
  show "limits" [ max_int; min_int; max_int + 1; min_int - 1; -min_int; abs min_int ];
  show "products" [ max_int * 2; max_int * max_int; min_int * min_int; min_int * -1; 4611686018427387 * 1000003 ];
  show "division" [ 7 / 2; -7 / 2; 7 / -2; -7 / -2; min_int / -1; min_int / 2; max_int / min_int ];
  show "remainder" [ 7 mod 2; -7 mod 2; 7 mod -2; -7 mod -2; min_int mod -1; min_int mod max_int ];
  show "shifts" [ 1 lsl 61; 1 lsl 62; 1 lsl 63; -1 lsr 1; -1 lsr 62; -1 asr 5; min_int asr 62; 5 lsl 0 ];
  show "bits" [ lnot 0; lnot max_int; 0xFF land 0x0F; 0xF0 lor 0x0F; 0xFF lxor 0x0F; -1 land 0xFFFF; min_int lxor max_int ];
  show "literals" [ 0x7FFF_FFFF; 0o777; 0b1010_1010; 1_000_000; -0x10; 0xFFFFFFFFFFFFFFF ]

(* Euclidean and floor division from the truncating one. *)
let div_floor a b = let q = a / b in if a mod b <> 0 && (a < 0) <> (b < 0) then q - 1 else q
let mod_floor a b = a - (b * div_floor a b)

let rec power base n =
  if n = 0 then 1
  else
    let half = power base (n / 2) in
    if n mod 2 = 0 then half * half else half * half * base

let () =
  List.iter (fun (a, b) -> Printf.printf "%d %d; " (div_floor a b) (mod_floor a b)) [ (7, 2); (-7, 2); (7, -2); (-7, -2); (6, 3) ];
  print_newline ();
  Printf.printf "%d %d %d\n" (power 3 39) (power 3 40) (power 2 62);
  let rec bits n = if n = 0 then 0 else (n land 1) + bits (n lsr 1) in
  Printf.printf "%d %d %d\n" (bits max_int) (bits min_int) (bits (-1))

let () =
  let open Int32 in
  let show name l = Printf.printf "%s: %s\n" name (String.concat " " (List.map to_string l)) in
  show "int32" [ max_int; min_int; add max_int 1l; neg min_int; mul 65536l 65536l; mul 46341l 46341l ];
  show "division" [ div (-7l) 2l; rem (-7l) 2l; div min_int 3l; unsigned_div (-1l) 2l; unsigned_rem (-1l) 10l ];
  show "shifts" [ shift_left 1l 31; shift_right min_int 31; shift_right_logical (-1l) 4; lognot 5l ];
  Printf.printf "%d %d %lu %lx\n" (to_int (-1l)) (to_int max_int) (-1l) (-2l);
  show "from" [ of_int 0x1_0000_0005; of_int (-1); of_float 2e9; of_float (-1.9); of_string "0xFFFFFFFF"; of_string "-0b11" ]

let () =
  let open Int64 in
  let show name l = Printf.printf "%s: %s\n" name (String.concat " " (List.map to_string l)) in
  show "int64" [ max_int; min_int; add max_int 1L; neg min_int; mul 0x1_0000_0000L 0x1_0000_0000L; sub 0L 1L ];
  show "division" [ div min_int 10L; rem min_int 10L; unsigned_div (-1L) 10L; unsigned_rem (-1L) 10L ];
  show "shifts" [ shift_left 1L 63; shift_right min_int 63; shift_right_logical min_int 63; logxor (-1L) 1L ];
  Printf.printf "%Lu %Lx %Lo\n" (-1L) (-1L) 8L;
  Printf.printf "%d %ld\n" (to_int max_int) (to_int32 0x1234_5678_9ABCL);
  show "bits" [ bits_of_float 1.0; bits_of_float (-0.); bits_of_float infinity; of_float 1e18; of_string "0u18446744073709551615" ];
  Printf.printf "%g\n" (float_of_bits 0x4009_21FB_5444_2D18L);
  Printf.printf "%d %d %d\n" (compare (-1L) 1L) (unsigned_compare (-1L) 1L) (compare 5L 5L)

let () =
  let open Nativeint in
  Printf.printf "%nd %nd %d\n" max_int (add max_int 1n) size;
  Printf.printf "%nx %nu\n" (shift_right_logical (-1n) 60) (of_int (-1));
  let fails f x = match f x with _ -> "fine" | exception Failure m -> m in
  print_endline (fails int_of_string "4611686018427387904");
  print_endline (fails Int32.of_string "4294967296");
  print_endline (fails Int64.of_string "9223372036854775808");
  print_endline (fails int_of_string "-4611686018427387904");
  print_endline (fails int_of_string "1_000");
  print_endline (fails int_of_string "0x");
  List.iter (fun s -> match int_of_string_opt s with Some n -> Printf.printf "%d " n | None -> print_string "none ")
    [ "0x7fffffffffffffff"; "0u123"; "+5"; "-0"; " 1"; "1 "; ""; "0b2"; "0o17"; "--1"; "_1"; "1_" ];
  print_newline ();
  List.iter (fun f -> try ignore (f 0) with Division_by_zero -> print_string "division by zero ")
    [ (fun n -> 1 / n); (fun n -> 1 mod n); (fun n -> Int32.(to_int (div 1l (of_int n)))); (fun n -> Int64.(to_int (rem 1L (of_int n)))) ];
  print_newline ()

(* stdout {expected|
limits: 4611686018427387903 -4611686018427387904 -4611686018427387904 4611686018427387903 -4611686018427387904 -4611686018427387904
products: -2 1 0 -4611686018427387904 13835058054378161
division: 3 -3 -3 3 -4611686018427387904 -2305843009213693952 0
remainder: 1 -1 1 -1 0 -1
shifts: 2305843009213693952 -4611686018427387904 0 4611686018427387903 1 -1 -1 5
bits: -1 -4611686018427387904 15 255 240 65535 -1
literals: 2147483647 511 170 1000000 -16 1152921504606846975
3 1; -4 1; -4 -1; 3 -1; 2 0; 
4052555153018976267 2934293422202152993 -4611686018427387904
62 1 63
int32: 2147483647 -2147483648 -2147483648 -2147483648 0 -2147479015
division: -3 -1 -715827882 2147483647 5
shifts: -2147483648 -1 268435455 -6
-1 2147483647 4294967295 fffffffe
from: 5 -1 2000000000 -1 -1 -3
int64: 9223372036854775807 -9223372036854775808 -9223372036854775808 -9223372036854775808 0 -1
division: -922337203685477580 -8 1844674407370955161 5
shifts: -9223372036854775808 -1 1 -2
18446744073709551615 ffffffffffffffff 10
-1 1450744508
bits: 4607182418800017408 -9223372036854775808 9218868437227405312 1000000000000000000 -1
3.14159
-1 1 0
9223372036854775807 -9223372036854775808 64
f 18446744073709551615
int_of_string
Int32.of_string
Int64.of_string
fine
fine
int_of_string
-1 123 5 0 none none none none 15 none none 1 
division by zero division by zero division by zero division by zero 
|expected} *)
