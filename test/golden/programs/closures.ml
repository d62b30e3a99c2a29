(* Functions that keep their environment. *)
let make_counter start step =
  let n = ref start in
  let next () =
    let v = !n in
    n := v + step;
    v
  and reset () = n := start in
  (next, reset)

let rec curry_list = function [] -> fun acc -> acc | f :: rest -> fun acc -> curry_list rest (f acc)

let () =
  let a, reset_a = make_counter 0 1 and b, _ = make_counter 100 (-10) in
  for _ = 1 to 3 do
    Printf.printf "%d %d\n" (a ()) (b ())
  done;
  reset_a ();
  Printf.printf "%d %d\n" (a ()) (b ());
  let adders = List.init 5 (fun i x -> x + i) in
  List.iter (fun f -> Printf.printf "%d " (f 10)) adders;
  print_newline ();
  Printf.printf "%d\n" (curry_list [ succ; ( * ) 2; (fun x -> x - 3) ] 7);
  let compose_all fs x = List.fold_left (fun acc f -> f acc) x fs in
  Printf.printf "%s\n" (compose_all [ String.uppercase_ascii; (fun s -> s ^ "!"); String.escaped ] "say \"hi\"");
  let x = 1 in
  let f y = x + y in
  let x = 100 in
  Printf.printf "%d %d\n" (f 1) x

(* stdout {expected|
0 100
1 90
2 80
0 70
10 11 12 13 14 
13
SAY \"HI\"!
2 100
|expected} *)
