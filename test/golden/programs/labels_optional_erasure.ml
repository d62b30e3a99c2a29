(* Optional arguments: defaults, forwarding, when they are taken as omitted, and functions that lose them. *)

let range ?(start = 0) ?(step = 1) stop =
  let rec go i = if (step > 0 && i >= stop) || (step < 0 && i <= stop) then [] else i :: go (i + step) in
  go start

let show l = String.concat " " (List.map string_of_int l)

(* A default may use what came before it. *)
let window ?(width = 10) ?(height = width * 2) ?(title = Printf.sprintf "%dx%d" width height) () =
  Printf.sprintf "[%s %d %d]" title width height

(* ?arg hands an option on; ~arg gives its content. *)
let titled ?title ~width () = window ?title ~width ()
let countdown ?step n = range ?step ~start:n 0

(* Optional arguments are omitted as soon as an argument after them is given. *)
let greet ?(greeting = "hello") name ?(mark = "!") () = greeting ^ " " ^ name ^ mark
let hello = greet "you"
let bye = greet ~greeting:"bye"

(* A function with optional arguments where one without is expected loses them. *)
let map_ranges : (int -> int list) -> string = fun f -> show (List.concat_map f [ 1; 2; 3 ])

(* In data, with their type written, they stay. *)
type formatter = { format : ?prefix:string -> int -> string }

let decimal = { format = (fun ?(prefix = "") n -> prefix ^ string_of_int n) }
let hex = { format = (fun ?(prefix = "0x") n -> Printf.sprintf "%s%x" prefix n) }

(* The option itself tells whether it was given. *)
let describe ?name ?age () =
  match (name, age) with
  | None, None -> "nobody"
  | Some n, None -> n
  | None, Some a -> Printf.sprintf "someone of %d" a
  | Some n, Some a -> Printf.sprintf "%s of %d" n a

(* Defaults are evaluated at each call that needs them. *)
let counter = ref 0
let fresh () = incr counter; !counter
let tag ?(id = fresh ()) name = Printf.sprintf "%s-%d" name id

(* An abstraction over optional arguments: a function that wraps another with all of them. *)
let logged ?(quiet = false) f ?step x =
  let r = f ?step x in
  if not quiet then Printf.printf "(%s) " (show r);
  r

(* Recursion that passes its own optional argument. *)
let rec indent ?(depth = 0) = function
  | [] -> ""
  | word :: rest -> String.make depth '.' ^ word ^ "\n" ^ indent ~depth:(depth + 2) rest

(* A pattern under an optional argument. *)
let place ?at:((x, y) = (0, 0)) label = Printf.sprintf "%s@%d,%d" label x y

let () =
  print_endline (show (range 4));
  print_endline (show (range ~start:2 10 ~step:3));
  print_endline (show (countdown 3 ~step:(-1)));
  print_endline (window ());
  print_endline (window ~width:3 ());
  print_endline (window ~title:"t" ~height:1 ());
  print_endline (titled ~width:4 () ^ titled ~title:"named" ~width:4 ());
  print_endline (hello () ^ " " ^ hello ~mark:"?" ());
  print_endline (bye "me" () ^ " " ^ bye "all" ~mark:"." ());
  print_endline (map_ranges range);
  print_endline (map_ranges (range ~start:1));
  print_endline (String.concat " " (List.map (fun f -> f.format 255) [ decimal; hex ]) ^ hex.format ~prefix:"#" 10);
  print_endline (describe () ^ ", " ^ describe ~age:3 () ^ ", " ^ describe ~name:"Al" () ^ ", " ^ describe ~name:"Al" ~age:3 ());
  print_endline (describe ?name:(Some "Bo") ?age:None ());
  let a = tag "a" in
  let b = tag ~id:100 "b" in
  let c = tag "c" in
  print_endline (String.concat " " [ a; b; c ]);
  let l = logged countdown ~step:(-2) 5 in
  Printf.printf "%d\n" (List.length l);
  Printf.printf "%d\n" (List.length (logged ~quiet:true countdown ?step:None 0));
  print_string (indent [ "one"; "two"; "three" ]);
  print_endline (place "origin" ^ " " ^ place ~at:(3, 4) "there")

(* stdout {expected|
0 1 2 3
2 5 8
3 2 1
[10x20 10 20]
[3x6 3 6]
[t 10 1]
[4x8 4 8][named 4 8]
hello you! hello you?
bye me! bye all.
0 0 1 0 1 2
1 1 2
255 0xff#a
nobody, someone of 3, Al, Al of 3
Bo
a-1 b-100 c-2
(5 3 1) 3
0
one
..two
....three
origin@0,0 there@3,4
|expected} *)
