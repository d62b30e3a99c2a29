(* Labels and optional arguments: omission, partial application, erasure, defaults that use earlier ones, functions as arguments. *)
let f ?(a = 1) ?(b = a * 10) ~c d = Printf.sprintf "%d %d %d %d" a b c d
let g ~x ~y = x - y
let h ?x () = match x with None -> "none" | Some n -> string_of_int n
let wrap ?x () = h ?x ()
let apply ~f x = f x
let many ~a ~b ?(c = 0) ~d () = a + (10 * b) + (100 * c) + (1000 * d)
let labelled_result () ~z = z * 2
let rec count ?(from = 0) = function [] -> from | _ :: rest -> count ~from:(from + 1) rest
let operator ~compare a b = compare a b < 0
let bump ?(by = 1) x = x + by
let pipeline = List.map (bump ~by:5)
let compose ~f ~g x = g (f x)

let () =
  print_endline (f ~c:3 4);
  print_endline (f ~c:3 ~a:2 4);
  print_endline (f 4 ~b:7 ~c:3);
  print_endline (f ?a:None ?b:(Some 5) ~c:0 0);
  Printf.printf "%d %d\n" (g ~y:1 ~x:5) ((g ~y:2) ~x:9);
  print_endline (h () ^ h ~x:4 () ^ wrap () ^ wrap ~x:5 ());
  Printf.printf "%d\n" (apply ~f:(fun x -> x * x) 7);
  let partial = many ~b:2 in
  Printf.printf "%d %d\n" (partial ~d:4 ~a:1 ()) (partial ~a:1 ~c:3 ~d:0 ());
  Printf.printf "%d\n" (labelled_result () ~z:21);
  Printf.printf "%d\n" (count [ 1; 2; 3 ]);
  Printf.printf "%b\n" (operator ~compare 1 2);
  List.iter (Printf.printf "%d ") (pipeline [ 1; 2 ]);
  List.iter (fun f -> Printf.printf "%d " (f 1)) [ bump ~by:2; (fun x -> bump x); bump ~by:3 ];
  Printf.printf "%s\n" (compose ~g:string_of_int 3 ~f:(( + ) 1));
  let x = 1 and y = 2 in
  Printf.printf "%d\n" (g ~x ~y);
  List.iter (Printf.printf "%d;") (List.map succ [ 1; 2; 3 ]);
  print_newline ()

(* stdout {expected|
1 10 3 4
2 20 3 4
1 7 3 4
1 5 0 0
4 7
none4none5
49
4021 321
42
3
true
6 7 3 2 4 4
-1
2;3;4;
|expected} *)
