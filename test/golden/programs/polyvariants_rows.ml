(* Polymorphic variants: inheritance of rows, open and closed types, #patterns, coercions, tags of arguments. *)
type basic = [ `Red | `Green | `Blue ]
type extended = [ basic | `Grey of int | `Rgb of int * int * int ]

let basic_name : basic -> string = function `Red -> "red" | `Green -> "green" | `Blue -> "blue"

let name : extended -> string = function
  | #basic as b -> basic_name b
  | `Grey n -> "grey" ^ string_of_int n
  | `Rgb (r, g, b) -> Printf.sprintf "#%02x%02x%02x" r g b

let brighten = function `Grey n -> `Grey (n + 10) | `Rgb (r, g, b) -> `Rgb (r + 1, g + 1, b + 1) | other -> other

let rec eval eval_rest = function
  | `Num n -> n
  | `Add (a, b) -> eval_rest a + eval_rest b
and eval_add e = eval eval_add e

let rec eval_mul = function
  | `Mul (a, b) -> eval_mul a * eval_mul b
  | `Num n -> n
  | `Add (a, b) -> eval_mul a + eval_mul b

let classify = function `A -> 1 | `B _ -> 2 | `C (_, _) -> 3
let at_least (x : [> `A | `B of int ]) = match x with `A -> "a" | `B n -> "b" ^ string_of_int n | _ -> "other"
let at_most (x : [< `A | `B of int ]) = match x with `A -> "a" | `B n -> "b" ^ string_of_int n

let table = [ (`One, "one"); (`Two, "two") ]

let () =
  List.iter (fun c -> print_endline (name c)) [ `Red; `Grey 5; `Rgb (255, 0, 16) ];
  print_endline (name (brighten (`Grey 1) :> extended));
  print_endline (name ((`Blue : basic) :> extended));
  Printf.printf "%d\n" (eval_add (`Add (`Num 1, `Add (`Num 2, `Num 3))));
  Printf.printf "%d\n" (eval_mul (`Mul (`Num 4, `Add (`Num 2, `Mul (`Num 3, `Num 5)))));
  Printf.printf "%d %d %d\n" (classify `A) (classify (`B 'x')) (classify (`C (1, 2)));
  print_endline (at_least `Z ^ at_least (`B 3) ^ at_most `A);
  print_endline (List.assoc `Two table);
  Printf.printf "%b %b\n" (`A = `A) (compare (`B 1) (`B 2) < 0);
  let l = [ `Int 1; `Str "s"; `Float 2.5; `List [ `Int 2 ] ] in
  let rec show = function
    | `Int n -> string_of_int n
    | `Str s -> "\"" ^ s ^ "\""
    | `Float f -> string_of_float f
    | `List l -> "[" ^ String.concat ";" (List.map show l) ^ "]"
  in
  print_endline (show (`List l))

(* stdout {expected|
red
grey5
#ff0010
grey11
blue
6
68
1 2 3
otherb3a
two
true true
[1;"s";2.5;[2]]
|expected} *)
