(* One definition used at several types; generalisation and the value restriction. *)
let id x = x
let pair x = (x, x)
let compose f g x = f (g x)
let twice f = compose f f

let () =
  Printf.printf "%d %s %b\n" (id 3) (id "three") (id true);
  let a, b = pair 'x' in
  Printf.printf "%c%c %s\n" a b (fst (pair "y"));
  Printf.printf "%d %s\n" (twice succ 5) (twice (fun s -> s ^ s) "ab");
  let rec map f = function [] -> [] | x :: rest -> f x :: map f rest in
  List.iter print_string (map string_of_int (map String.length [ "a"; "bb"; "ccc" ]));
  print_newline ();
  (* A local polymorphic function *)
  let swap (x, y) = (y, x) in
  let n, s = swap ("left", 1) and f, g = swap (2.5, 'c') in
  Printf.printf "%d %s %c %g\n" n s f g;
  (* Weak variables become ground at their first use. *)
  let cell = ref [] in
  cell := [ 1; 2 ];
  Printf.printf "%d\n" (List.length !cell);
  let empty = [] in
  Printf.printf "%d %d\n" (List.length (1 :: empty)) (List.length ("a" :: empty))

(* stdout {expected|
3 three true
xx y
7 abababab
123
1 left c 2.5
2
1 1
|expected} *)
