let color = function `Red -> "red" | `Green -> "green" | `Rgb (r, g, b) -> Printf.sprintf "%d/%d/%d" r g b

let rec eval = function `Num n -> n | `Add (a, b) -> eval a + eval b | `Neg e -> -eval e

type basic = [ `A | `B of int ]
type extended = [ basic | `C of string ]

let basic : basic -> string = function `A -> "a" | `B n -> "b" ^ string_of_int n
let extended : extended -> string = function #basic as b -> basic b | `C s -> "c" ^ s
let default = function `X -> 1 | `Y n -> n | _ -> 0

let () =
  List.iter (fun c -> print_endline (color c)) [ `Red; `Green; `Rgb (1, 2, 3) ];
  Printf.printf "%d\n" (eval (`Add (`Num 3, `Neg (`Add (`Num 4, `Num 5)))));
  List.iter (fun x -> print_endline (extended x)) [ `A; `B 2; `C "see" ];
  print_endline (extended (`B 7 :> extended));
  Printf.printf "%d %d %d\n" (default `X) (default (`Y 5)) (default (`Z "other"));
  Printf.printf "%b %b\n" (`A = `A) (`B 1 = `B 2);
  let f = function `Some x -> x | `None -> 0 in
  Printf.printf "%d %d\n" (f (`Some 4)) (f `None);
  let l = [ `Int 1; `Str "s"; `List [ `Int 2; `Str "t" ] ] in
  let rec show = function `Int n -> string_of_int n | `Str s -> s | `List l -> "[" ^ String.concat " " (List.map show l) ^ "]" in
  print_endline (show (`List l));
  let on_option o = match o with Some (`Ok | `Fine) -> "good" | Some (`Bad why) -> why | None -> "nothing" in
  List.iter (fun o -> print_endline (on_option o)) [ Some `Ok; Some `Fine; Some (`Bad "broken"); None ]

(* stdout {expected|
red
green
1/2/3
-6
a
b2
csee
b7
1 5 0
true false
4 0
[1 s [2 t]]
good
good
broken
nothing
|expected} *)
