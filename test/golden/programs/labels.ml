(* Labelled arguments: any order, punning, partial application, functions as arguments. *)
let describe ~name ~age = Printf.sprintf "%s is %d" name age
let sub ~from n = from - n
let rec repeat ~times f = if times > 0 then begin f (); repeat ~times:(times - 1) f end

let () =
  print_endline (describe ~name:"Ann" ~age:30);
  print_endline (describe ~age:31 ~name:"Bob");
  let name = "Cy" and age = 32 in
  print_endline (describe ~age ~name);
  let older = describe ~age:90 in
  print_endline (older ~name:"Eve");
  let named = describe ~name:"Fay" in
  print_endline (named ~age:5);
  Printf.printf "%d %d\n" (sub ~from:10 3) (List.fold_left (fun acc n -> sub ~from:acc n) 100 [ 1; 2; 3 ]);
  Printf.printf "%d\n" (List.length (List.map (sub ~from:10) [ 1; 2 ]));
  repeat ~times:3 (fun () -> print_string "x");
  print_newline ();
  let apply ~f ~(x : int) = f x in
  Printf.printf "%d\n" (apply ~x:4 ~f:(fun n -> n * n))

(* stdout {expected|
Ann is 30
Bob is 31
Cy is 32
Eve is 90
Fay is 5
7 94
2
xxx
16
|expected} *)
