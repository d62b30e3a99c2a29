(* Optional arguments with and without defaults. *)
let greet ?(greeting = "Hello") ?name () =
  match name with None -> greeting ^ "!" | Some n -> greeting ^ ", " ^ n ^ "!"

let range ?(from = 0) ?(step = 1) upto =
  let rec go i acc = if i >= upto then List.rev acc else go (i + step) (i :: acc) in
  go from []

let count = ref 0
let fresh ?(prefix = (incr count; "p" ^ string_of_int !count)) x = prefix ^ x
let wrapped ?greeting () = greet ?greeting ~name:"wrap" ()
let show l = String.concat "," (List.map string_of_int l)

let () =
  print_endline (greet ());
  print_endline (greet ~name:"Ann" ());
  print_endline (greet ~greeting:"Bye" ());
  print_endline (greet ~name:"Bob" ~greeting:"Hi" ());
  print_endline (greet ?name:(Some "Cy") ());
  print_endline (greet ?name:None ());
  print_endline (wrapped () ^ wrapped ~greeting:"Yo" ());
  print_endline (show (range 5));
  print_endline (show (range ~from:2 5));
  print_endline (show (range ~step:3 ~from:1 12));
  print_endline (fresh "a" ^ fresh "b" ^ fresh ~prefix:"given" "c" ^ fresh "d");
  let partial = greet ~greeting:"Dear" in
  print_endline (partial ~name:"Sir" ());
  print_endline (show (List.concat_map (range ~from:1 ~step:1) [ 2; 3 ]));
  let apply (f : ?x:int -> unit -> int) = f ~x:5 () in
  Printf.printf "%d\n" (apply (fun ?(x = 1) () -> x * 2))

(* stdout {expected|
Hello!
Hello, Ann!
Bye!
Hi, Bob!
Hello, Cy!
Hello!
Hello, wrap!Yo, wrap!
0,1,2,3,4
2,3,4
1,4,7,10
p3ap2bgivencp1d
Dear, Sir!
1,1,2
10
|expected} *)
