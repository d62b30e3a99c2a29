type color = Red | Green | Blue | Rgb of int * int * int | Named of string

let to_string = function
  | Red -> "red"
  | Green -> "green"
  | Blue -> "blue"
  | Rgb (255, 255, 255) -> "white"
  | Rgb (r, 0, 0) -> "reddish " ^ string_of_int r
  | Rgb (r, g, b) when r = g && g = b -> "grey " ^ string_of_int r
  | Rgb (r, g, _) -> Printf.sprintf "rgb %d %d" r g
  | Named "" -> "anonymous"
  | Named s -> s

let classify n =
  match n with
  | 0 -> "zero"
  | 1 | 2 | 3 -> "small"
  | n when n < 0 -> "negative"
  | 1000000 -> "million"
  | _ -> "big"

let rec last = function [] -> None | [ x ] -> Some x | _ :: rest -> last rest
let starts_with_two = function 1 :: 2 :: _ -> true | _ -> false

let () =
  List.iter
    (fun c -> print_endline (to_string c))
    [ Red; Green; Blue; Rgb (255, 255, 255); Rgb (7, 0, 0); Rgb (9, 9, 9); Rgb (1, 2, 3); Named ""; Named "teal" ];
  List.iter (fun n -> print_endline (classify n)) [ 0; 2; -5; 1000000; 17; min_int ];
  Printf.printf "%s\n" (match last [ 1; 2; 3 ] with Some n -> string_of_int n | None -> "none");
  Printf.printf "%b %b %b\n" (starts_with_two [ 1; 2; 3 ]) (starts_with_two [ 1; 3 ]) (starts_with_two [ 1 ])

(* stdout {expected|
red
green
blue
white
reddish 7
grey 9
rgb 1 2
anonymous
teal
zero
small
negative
million
big
negative
3
true false false
|expected} *)
