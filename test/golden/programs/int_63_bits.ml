let () =
  Printf.printf "%d %d\n" max_int min_int;
  Printf.printf "%d %d %d\n" (max_int + 1) (min_int - 1) (max_int * 2);
  Printf.printf "%d %d\n" (-min_int) (abs min_int);
  Printf.printf "%d\n" (max_int * max_int);
  Printf.printf "%d %d\n" (min_int / -1) (min_int mod -1);
  Printf.printf "%d %d %d %d\n" (7 / 2) (-7 / 2) (7 / -2) (-7 / -2);
  Printf.printf "%d %d %d %d\n" (7 mod 2) (-7 mod 2) (7 mod -2) (-7 mod -2);
  Printf.printf "%d %d %d\n" (1 lsl 61) (1 lsl 62) (3 lsl 62);
  Printf.printf "%d %d %d\n" (-1 lsr 1) (-1 lsr 62) (-1 asr 62);
  Printf.printf "%d %d\n" (min_int asr 62) (min_int lsr 62);
  Printf.printf "%d %d %d %d\n" (12 land 10) (12 lor 10) (12 lxor 10) (lnot 12);
  Printf.printf "%x %o %X\n" max_int min_int (-1);
  Printf.printf "%d %d\n" 0x3FFFFFFFFFFFFFFF 0x4000000000000000;
  let rec power b n = if n = 0 then 1 else b * power b (n - 1) in
  for i = 0 to 8 do Printf.printf "%d " (power 10 (i * 3)) done;
  print_newline ();
  let hash s = String.fold_left (fun h c -> (h * 1000003) lxor Char.code c) 0x345678 s in
  Printf.printf "%d %d\n" (hash "overflow") (hash "wraps around silently in sixty-three bits");
  let rec lcg n x = if n = 0 then x else lcg (n - 1) ((x * 2862933555777941757) + 3037000493) in
  Printf.printf "%d\n" (lcg 1000 1);
  Printf.printf "%d %d %d\n" (compare max_int min_int) (max 1 (-1)) (min max_int min_int)

(* stdout {expected|
4611686018427387903 -4611686018427387904
-4611686018427387904 4611686018427387903 -2
-4611686018427387904 -4611686018427387904
1
-4611686018427387904 0
3 -3 -3 3
1 -1 1 -1
2305843009213693952 -4611686018427387904 -4611686018427387904
4611686018427387903 1 -1
-1 1
8 14 6 -13
3fffffffffffffff 400000000000000000000 7FFFFFFFFFFFFFFF
4611686018427387903 -4611686018427387904
1 1000 1000000 1000000000 1000000000000 1000000000000000 1000000000000000000 3875820019684212736 2003764205206896640 
-1166253444147524614 3300249786008348925
-4113837601519475207
1 1 -4611686018427387904
|expected} *)
