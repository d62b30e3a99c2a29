(* Partial application, over-application, functions that return functions. *)
let add3 a b c = (a * 100) + (b * 10) + c
let choose b = if b then fun x y -> x - y else fun x y -> y - x
let apply f x = f x
let rec iterate n f x = if n = 0 then x else iterate (n - 1) f (f x)

let noisy a =
  Printf.printf "a=%d " a;
  fun b ->
    Printf.printf "b=%d " b;
    fun c ->
      Printf.printf "c=%d\n" c;
      a + b + c

let () =
  let p1 = add3 1 in
  let p2 = p1 2 in
  Printf.printf "%d %d %d\n" (p2 3) (p1 4 5) (add3 6 7 8);
  Printf.printf "%d %d\n" (choose true 10 3) (choose false 10 3);
  Printf.printf "%d\n" (apply (apply add3 9) 8 7);
  let n = noisy 1 in
  print_endline "after one argument";
  let m = n 2 in
  Printf.printf "%d\n" (m 3);
  Printf.printf "%d\n" (noisy 4 5 6);
  let flip f x y = f y x in
  Printf.printf "%d %s\n" (flip ( - ) 1 10) (flip ( ^ ) "a" "b");
  List.iter (fun f -> Printf.printf "%d " (f 3)) (List.map add3 [ 1; 2 ] |> List.map (fun f -> f 0));
  print_newline ();
  let many a b c d e f g h i j = [ a; b; c; d; e; f; g; h; i; j ] in
  let half = many 1 2 3 4 5 in
  List.iter print_int (half 6 7 8 9 0);
  List.iter print_int (half 0 0 0 0 0);
  print_newline ();
  Printf.printf "%d %d\n" (iterate 3 (fun x -> x * 2) 1) (iterate 2 (fun f x -> f (f x)) succ 0)

(* stdout {expected|
123 145 678
7 -7
987
a=1 after one argument
b=2 c=3
6
a=4 b=5 c=6
15
9 ba
103 203 
12345678901234500000
8 4
|expected} *)
