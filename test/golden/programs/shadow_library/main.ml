let () =
  Printf.printf "%d\n" (List.length [ 1; 2; 3 ]);
  Array.iter print_int (Array.of_list (List.twice [ 1; 2 ]));
  print_newline ()

(* stdout {expected|
-1
1212
|expected} *)
