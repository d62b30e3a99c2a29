(* Formats as values: stored, concatenated, passed on, with %a and %t, continuations, and partial application. *)

let greeting : (string -> int -> string, unit, string) format = "%s is %d"
let formats : (int -> string, unit, string) format list = [ "%d"; "%5d|"; "%-5d|"; "%05d"; "%+d"; "% d"; "%x"; "%#x"; "%X"; "%#o"; "%u" ]

let log_lines = ref []
let log level fmt = Printf.ksprintf (fun s -> log_lines := (level ^ ": " ^ s) :: !log_lines) fmt
let fail fmt = Printf.ksprintf failwith fmt
let if_enabled enabled fmt = if enabled then Printf.printf fmt else Printf.ifprintf stdout fmt

type tree = Leaf | Node of tree * int * tree

let rec print_tree oc = function
  | Leaf -> output_string oc "."
  | Node (l, n, r) -> Printf.fprintf oc "(%a %d %a)" print_tree l n print_tree r

let rec show_tree () = function Leaf -> "." | Node (l, n, r) -> Printf.sprintf "<%a %d %a>" show_tree l n show_tree r
let rec add_tree b = function Leaf -> Buffer.add_char b '-' | Node (l, n, r) -> Printf.bprintf b "{%a %d %a}" add_tree l n add_tree r
let list show sep () l = String.concat sep (List.map (show ()) l)

let () =
  print_endline (Printf.sprintf greeting "Ann" 30);
  print_endline (String.concat " " (List.map (fun f -> Printf.sprintf f 42) formats));
  print_endline (String.concat " " (List.map (fun f -> Printf.sprintf f (-42)) formats));
  print_endline (Printf.sprintf ("[" ^^ "%s" ^^ "%c]%!") "ab" 'c');
  print_endline (string_of_format ("%d" ^^ "-%s"));
  log "info" "%s=%d" "x" 1;
  log "warn" "nothing";
  List.iter print_endline (List.rev !log_lines);
  (try fail "code %03d" 7 with Failure m -> print_endline m);
  if_enabled true "%d %s\n" 1 "shown";
  if_enabled false "%d %s\n" 2 "hidden";
  let t = Node (Node (Leaf, 1, Leaf), 2, Leaf) in
  Printf.printf "%a|%s\n" print_tree t (Printf.sprintf "%a" show_tree t);
  let b = Buffer.create 16 in
  Printf.bprintf b "%a%t" add_tree t (fun b -> Buffer.add_char b '$');
  print_endline (Buffer.contents b);
  print_endline (Printf.sprintf "[%a]" (list (fun () n -> string_of_int n) "; ") [ 1; 2; 3 ]);
  (* A partial application can be used again; effects of %t happen at each full application. *)
  let f = Printf.sprintf "%s-%s-%d" "a" in
  print_endline (f "b" 1 ^ " " ^ f "c" 2);
  let count = ref 0 in
  let g = Printf.sprintf "%t%d" (fun () -> incr count; "") in
  ignore (g 1); ignore (g 2);
  Printf.printf "%d\n" !count;
  Printf.printf "%d%%|%s|%10s|%-10s|%.3s|%c|%B|%5b\n" 50 "s" "right" "left" "truncated" 'c' true false;
  Printf.printf "%ld %Ld %nd %lx %LX %no\n" 1l 2L 3n 255l 255L 8n;
  Printf.printf "%S %C %i %*d %-*d|\n" "q\"" '\'' 5 4 6 4 7;
  Printf.printf "%(%d%s%)\n" "%d is %s" 5 "five";
  Printf.printf "%{%d %f%} %s\n" "%i %g" "format"

(* stdout {expected|
Ann is 30
42    42| 42   | 00042 +42  42 2a 0x2a 2A 052 42
-42   -42| -42  | -0042 -42 -42 7fffffffffffffd6 0x7fffffffffffffd6 7FFFFFFFFFFFFFD6 0777777777777777777726 9223372036854775766
[abc]
%d%,-%s
info: x=1
warn: nothing
code 007
1 shown
((. 1 .) 2 .)|<<. 1 .> 2 .>
{{- 1 -} 2 -}$
[1; 2; 3]
a-b-1 a-c-2
2
50%|s|     right|left      |truncated|c|true|false
1 2 3 ff FF 10
"q\"" '\'' 5    6 7   |
5 is five
%i%f format
|expected} *)
