let method_code = function
  | "GET" -> 1
  | "HEAD" -> 2
  | "POST" -> 3
  | "PUT" -> 4
  | "DELETE" -> 5
  | "OPTIONS" | "TRACE" -> 6
  | "" -> -1
  | s when s.[0] = 'X' -> 99
  | _ -> 0

let long = function
  | "a string that is longer than one word of memory" -> "long"
  | "a string that is longer than one word of memorY" -> "longer"
  | "\000\001\002" -> "binary"
  | {|raw "quoted" \n|} -> "raw"
  | _ -> "?"

let pair = function "a", "b" -> 1 | "a", _ -> 2 | _, "b" -> 3 | _ -> 4

let () =
  List.iter (fun s -> Printf.printf "%d " (method_code s)) [ "GET"; "HEAD"; "POST"; "PUT"; "DELETE"; "TRACE"; "OPTIONS"; ""; "X-1"; "GETX"; "get" ];
  print_newline ();
  List.iter
    (fun s -> print_endline (long s))
    [ "a string that is longer than one word of memory"; "a string that is longer than one word of memorY"; "\000\001\002"; "raw \"quoted\" \\n"; "a" ];
  Printf.printf "%d %d %d %d\n" (pair ("a", "b")) (pair ("a", "c")) (pair ("c", "b")) (pair ("b", "a"))

(* stdout {expected|
1 2 3 4 5 6 6 -1 99 0 0 
long
longer
binary
raw
?
1 2 3 4
|expected} *)
