let () =
  let open Int64 in
  Printf.printf "%Ld %Ld\n" max_int min_int;
  Printf.printf "%Ld %Ld\n" (add max_int 1L) (mul 0x100000000L 0x100000000L);
  Printf.printf "%Ld %Ld %Ld\n" (div (-7L) 2L) (rem (-7L) 2L) (div min_int (-1L));
  Printf.printf "%Ld %Ld %Ld\n" (shift_left 1L 63) (shift_right min_int 63) (shift_right_logical min_int 63);
  (* FNV-1a and a xorshift generator *)
  let fnv s = String.fold_left (fun h c -> mul (logxor h (of_int (Char.code c))) 0x100000001b3L) 0xcbf29ce484222325L s in
  Printf.printf "%Lx %Lx\n" (fnv "") (fnv "hello");
  let state = ref 88172645463325252L in
  let next () =
    let x = !state in
    let x = logxor x (shift_left x 13) in
    let x = logxor x (shift_right_logical x 7) in
    let x = logxor x (shift_left x 17) in
    state := x;
    x
  in
  for _ = 1 to 5 do Printf.printf "%Lu " (next ()) done;
  print_newline ();
  let rec gcd a b = if b = 0L then a else gcd b (rem a b) in
  Printf.printf "%Ld\n" (gcd 1234567890123456789L 987654321098765432L);
  Printf.printf "%d %Ld %.0f\n" (to_int 5L) (of_float 1e15) (to_float 123456789L);
  Printf.printf "%Lx %g\n" (bits_of_float 1.0) (float_of_bits 0x4009_21FB_5444_2D18L);
  Printf.printf "%b %b %b\n" (1L = 1L) (1L == 1L || true) (compare 1L 2L < 0);
  let total = ref 0L in
  for i = 1 to 1_000_000 do total := add !total (mul (of_int i) (of_int i)) done;
  Printf.printf "%Ld\n" !total

(* stdout {expected|
9223372036854775807 -9223372036854775808
-9223372036854775808 0
-3 -1 -9223372036854775808
-9223372036854775808 -1 1
cbf29ce484222325 a430d84680aabd0b
8748534153485358512 3040900993826735515 3453997556048239312 16431732851926010853 8204724074003728306 
1
5 1000000000000000 123456789
3ff0000000000000 3.14159
true true true
333333833333500000
|expected} *)
