let () =
  let open Int32 in
  Printf.printf "%ld %ld\n" max_int min_int;
  Printf.printf "%ld %ld %ld\n" (add max_int 1l) (mul max_int 2l) (neg min_int);
  Printf.printf "%ld %ld %ld %ld\n" (div (-7l) 2l) (rem (-7l) 2l) (div min_int (-1l)) (rem min_int (-1l));
  Printf.printf "%ld %ld %ld\n" (shift_left 1l 31) (shift_right min_int 31) (shift_right_logical min_int 31);
  Printf.printf "%ld %d %ld\n" (of_int 0x1_2345_6789) (to_int (-5l)) (of_float (-3.9));
  (try ignore (div 1l 0l) with Division_by_zero -> print_endline "division by zero");
  let crc_table =
    Array.init 256 (fun n ->
        let c = ref (of_int n) in
        for _ = 0 to 7 do
          c := if logand !c 1l <> 0l then logxor 0xEDB88320l (shift_right_logical !c 1) else shift_right_logical !c 1
        done;
        !c)
  in
  let crc s =
    let update c ch = logxor crc_table.(to_int (logand (logxor c (of_int (Char.code ch))) 0xFFl)) (shift_right_logical c 8) in
    logxor (String.fold_left update 0xFFFFFFFFl s) 0xFFFFFFFFl
  in
  Printf.printf "%lx %lx\n" (crc "123456789") (crc "");
  Printf.printf "%b %b %d\n" (1l < 2l) (equal 3l 3l) (compare (-1l) 1l);
  Printf.printf "%s %s\n" (to_string 123l) (try to_string (of_string "99999999999") with Failure m -> m)

(* stdout {expected|
2147483647 -2147483648
-2147483648 -2 -2147483648
-3 -1 -2147483648 0
-2147483648 -1 1
591751049 -5 -3
division by zero
cbf43926 0
true true -1
123 Int32.of_string
|expected} *)
