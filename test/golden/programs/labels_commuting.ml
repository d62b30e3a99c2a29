(* Labels: any order in full applications, partial applications by label, punning, functions as arguments. *)

let volume ~width ~height ~depth = Printf.sprintf "%dx%dx%d" width height depth

(* Applied to some labels, what remains is a function of the others, in their order. *)
let flat = volume ~depth:1
let tall = volume ~height:100

let slice ~from ~until text = String.sub text from (until - from)

let sum_by ~f l = List.fold_left (fun acc x -> acc + f x) 0 l
let apply_twice ~(f : int -> int) x = f (f x)

(* A labelled function given where a labelled function is expected. *)
let fold_text ~(step : acc:string -> char -> string) ~init text =
  let acc = ref init in
  String.iter (fun c -> acc := step ~acc:!acc c) text;
  !acc

let vowel ~acc c = if String.contains "aeiou" c then acc ^ String.make 1 c else acc

(* Labels in types, data and methods. *)
type handler = { on : code:int -> string -> string }

let handler = { on = (fun ~code text -> Printf.sprintf "%d %s" code text) }

class canvas =
  object
    val buffer = Buffer.create 16
    method line ~x ~y ?(style = "-") length =
      Buffer.add_string buffer (Printf.sprintf "%d,%d:" x y);
      for _ = 1 to length do Buffer.add_string buffer style done;
      Buffer.add_char buffer '\n'
    method text = Buffer.contents buffer
  end

(* The same label twice, and labels that look like types. *)
let between ~bound:low ~bound:high x = x >= low && x <= high
let pair ~int:(n : int) ~string:(s : string) = (n, s)

(* A pattern under a label. *)
let norm ~point:(x, y) = sqrt ((x *. x) +. (y *. y))
let head_or ~default = function [] -> default | x :: _ -> x

(* Without labels a full application may leave them out. *)
let subtract ~a ~b = a - b

(* An operator with labels, and a higher-order flip. *)
let ( |>~ ) x f = f ~x

let flip f ~a ~b = f ~a:b ~b:a

let () =
  print_endline (volume ~depth:3 ~width:1 ~height:2);
  print_endline (flat ~height:5 ~width:6);
  print_endline ((tall ~depth:2) ~width:3);
  print_endline (slice ~until:5 ~from:2 "abcdefg");
  let width = 7 and height = 8 in
  print_endline (volume ~height ~width ~depth:(width + height));
  Printf.printf "%d\n" (sum_by [ "a"; "bcd" ] ~f:String.length);
  Printf.printf "%d\n" (List.fold_left (fun n f -> n + f 10) 0 [ apply_twice ~f:succ; apply_twice ~f:(( * ) 3) ]);
  print_endline (fold_text ~step:vowel ~init:">" "labelled argument");
  print_endline (handler.on "not found" ~code:404);
  let c = new canvas in
  c#line ~y:1 ~x:0 3;
  c#line ~x:5 ~y:6 ~style:"=" 2;
  print_string c#text;
  Printf.printf "%b %b\n" (between ~bound:1 ~bound:5 3) (between ~bound:1 ~bound:5 9);
  Printf.printf "%d%s\n" (fst (pair ~string:"s" ~int:1)) (snd (pair ~int:1 ~string:"s"));
  Printf.printf "%g %d\n" (norm ~point:(3., 4.)) (head_or ~default:0 []);
  Printf.printf "%d\n" ((flip subtract) ~a:1 ~b:10);
  Printf.printf "%d\n" (5 |>~ fun ~x -> x * x)

(* stdout {expected|
1x2x3
6x5x1
3x100x2
cde
7x8x15
4
102
>aeeaue
404 not found
0,1:---
5,6:==
true false
1s
5 0
9
25
|expected} *)
