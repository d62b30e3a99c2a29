let table = [ (1000, "M"); (900, "CM"); (500, "D"); (400, "CD"); (100, "C"); (90, "XC"); (50, "L"); (40, "XL"); (10, "X"); (9, "IX"); (5, "V"); (4, "IV"); (1, "I") ]

let rec to_roman n = if n = 0 then "" else let v, s = List.find (fun (v, _) -> v <= n) table in s ^ to_roman (n - v)

let of_roman s =
  let value = function 'I' -> 1 | 'V' -> 5 | 'X' -> 10 | 'L' -> 50 | 'C' -> 100 | 'D' -> 500 | 'M' -> 1000 | c -> invalid_arg (Printf.sprintf "of_roman: %C" c) in
  fst (String.fold_right (fun c (total, previous) -> let v = value c in ((if v < previous then total - v else total + v), v)) s (0, 0))

let () =
  List.iter (fun n -> Printf.printf "%d %s\n" n (to_roman n)) [ 1; 4; 9; 14; 40; 90; 400; 1994; 2024; 3999 ];
  Printf.printf "%b\n" (List.for_all (fun n -> of_roman (to_roman n) = n) (List.init 3999 succ));
  try ignore (of_roman "MZ") with Invalid_argument m -> print_endline m

(* stdout {expected|
1 I
4 IV
9 IX
14 XIV
40 XL
90 XC
400 CD
1994 MCMXCIV
2024 MMXXIV
3999 MMMCMXCIX
true
of_roman: 'Z'
|expected} *)
