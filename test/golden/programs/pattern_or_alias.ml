type shape = Square of int | Rect of int * int | Circle of int | Tri of int * int * int

let area = function
  | Square s | Rect (s, _) when s = 0 -> 0
  | Square w | Rect (w, 1) -> w * w
  | Rect (w, h) -> w * h
  | (Circle r | Tri (r, _, _)) as s -> ( match s with Circle _ -> 3 * r * r | _ -> r)

let f = function
  | ((1 | 2) as a), ((3 | 4) as b) -> Printf.sprintf "low %d %d" a b
  | (a, b) as p when a = b -> Printf.sprintf "same %d" (fst p)
  | (0, x | x, 0) -> Printf.sprintf "zero and %d" x
  | _ -> "other"

let g = function (x :: _ as whole), _ | ([] as whole), x -> x + List.length whole

let vowels s =
  let n = ref 0 in
  String.iter (function 'a' | 'e' | 'i' | 'o' | 'u' | 'A' .. 'C' -> incr n | _ -> ()) s;
  !n

let () =
  List.iter (fun s -> Printf.printf "%d " (area s)) [ Square 0; Square 3; Rect (0, 4); Rect (5, 1); Rect (2, 3); Circle 2; Tri (7, 1, 1) ];
  print_newline ();
  List.iter (fun p -> print_endline (f p)) [ (1, 3); (2, 4); (5, 5); (0, 9); (8, 0); (6, 7) ];
  Printf.printf "%d %d\n" (g ([ 5; 6 ], 1)) (g ([], 9));
  Printf.printf "%d\n" (vowels "abcABCxyzeiou")

(* stdout {expected|
0 9 0 25 6 12 7 
low 1 3
low 2 4
same 5
zero and 9
zero and 8
other
7 9
8
|expected} *)
