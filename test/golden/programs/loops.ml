let () =
  for i = 1 to 5 do Printf.printf "%d " i done;
  for i = 5 downto 1 do Printf.printf "%d " i done;
  for _ = 1 to 0 do print_string "never" done;
  for _ = 0 downto 1 do print_string "never" done;
  print_newline ();
  let n = ref 27 and steps = ref 0 in
  while !n <> 1 do
    n := if !n mod 2 = 0 then !n / 2 else (3 * !n) + 1;
    incr steps
  done;
  Printf.printf "%d\n" !steps;
  let count = ref 0 in
  for i = max_int - 2 to max_int do incr count; if i = max_int then Printf.printf "last\n" done;
  for i = min_int + 2 downto min_int do incr count; ignore i done;
  Printf.printf "%d\n" !count;
  let limit = ref 3 in
  for i = 1 to !limit do limit := 10; Printf.printf "%d " i done;
  print_newline ();
  (try for i = 1 to 10 do if i * i > 20 then raise Exit; Printf.printf "%d " (i * i) done with Exit -> print_endline "stop");
  for i = 1 to 3 do for j = 1 to 3 do if i <= j then Printf.printf "%d%d " i j done done;
  print_newline ();
  let fs = ref [] in
  for i = 1 to 3 do fs := (fun () -> i) :: !fs done;
  List.iter (fun f -> print_int (f ())) !fs;
  let total = ref 0 in
  for i = 0 to 9_999_999 do total := !total + (i land 3) done;
  Printf.printf " %d\n" !total

(* stdout {expected|
1 2 3 4 5 5 4 3 2 1 
111
last
6
1 2 3 
1 4 9 16 stop
11 12 13 22 23 33 
321 15000000
|expected} *)
