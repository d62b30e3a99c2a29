(* Scanf: every conversion, widths, sets, skipping, errors, and reading records and lists. *)
open Scanf

let attempt f =
  match f () with
  | text -> print_endline text
  | exception Scan_failure m -> print_endline ("Scan_failure " ^ m)
  | exception End_of_file -> print_endline "End_of_file"
  | exception Failure m -> print_endline ("Failure " ^ m)

let () =
  sscanf "12 -7 +5 0x1F 0o17 0b101" "%d %d %i %i %i %i" (fun a b c d e f -> Printf.printf "%d %d %d %d %d %d\n" a b c d e f);
  sscanf "ff 777 42" "%x %o %u" (Printf.printf "%d %d %d\n");
  sscanf "1.5 -2e3 .5 7" "%f %e %f %g" (Printf.printf "%g %g %g %g\n");
  sscanf "word \"quoted \\n\" 'c' x" "%s %S %C %c" (Printf.printf "%s %S %C %c\n");
  sscanf "true false" "%B %B" (Printf.printf "%b %b\n");
  sscanf "1234567890" "%3d%2s%c%d" (fun a b c d -> Printf.printf "%d %s %c %d\n" a b c d);
  sscanf "7 8 9" "%ld %nd %Ld" (Printf.printf "%ld %nd %Ld\n");
  sscanf "abc123def" "%[a-z]%[0-9]%[^x]" (fun a b c -> Printf.printf "%s|%s|%s\n" a b c);
  sscanf "key = value # comment" "%s@= %s@# %s" (fun k v c -> Printf.printf "[%s] [%s] [%s]\n" k v c);
  sscanf "skip 5 this" "%_s %d %s" (fun n s -> Printf.printf "%d %s\n" n s);
  sscanf "a\n b\t c" "%c %c %c%!" (fun a b c -> Printf.printf "%c%c%c\n" a b c);
  sscanf "count me" "%s%n %s%n" (fun a n b m -> Printf.printf "%s %d %s %d\n" a n b m);
  sscanf "12:34" "%d:%d" (fun h m -> Printf.printf "%d\n" ((h * 60) + m));
  sscanf "0x1.8p1" "%h" (Printf.printf "%g\n")

let () =
  attempt (fun () -> sscanf "x" "%d" string_of_int);
  attempt (fun () -> sscanf "" "%d" string_of_int);
  attempt (fun () -> sscanf "12 x" "%d y" string_of_int);
  attempt (fun () -> sscanf "99999999999999999999" "%d" string_of_int);
  attempt (fun () -> sscanf "maybe" "%B" string_of_bool);
  attempt (fun () -> sscanf "rest here" "%s%!" Fun.id);
  attempt (fun () -> sscanf "" "%s" (fun s -> "[" ^ s ^ "]"));
  attempt (fun () -> sscanf "abc" "%0c%s" (fun _ s -> s))

(* Lists and trees, read recursively from one buffer. *)
let rec list ic = bscanf ic " %d %c" (fun n c -> if c = ';' then n :: list ic else [ n ])

type tree = Leaf of int | Node of tree * tree

let rec tree ic =
  bscanf ic " %c" (function
    | '(' ->
      let l = tree ic in
      let r = tree ic in
      bscanf ic " )" (Node (l, r))
    | c -> Leaf (Char.code c - 48))

let rec sum = function Leaf n -> n | Node (l, r) -> sum l + sum r

let () =
  let ic = Scanning.from_string "[1; 2; 3]" in
  bscanf ic "[" ();
  Printf.printf "%s\n" (String.concat "," (List.map string_of_int (list ic)));
  Printf.printf "%d\n" (sum (tree (Scanning.from_string "((1 2)(3 (4 5)))")));
  let ic = Scanning.from_string "a 1\nb 2\n" in
  let rec lines () = if Scanning.end_of_input ic then [] else let l = bscanf ic "%s %d " (fun k n -> (k, n)) in l :: lines () in
  List.iter (fun (k, n) -> Printf.printf "%s=%d " k n) (lines ());
  print_newline ();
  let fmt = format_from_string "%d-%d" "%d%d" in
  sscanf "3-4" fmt (fun a b -> Printf.printf "%d\n" (a * b));
  Printf.printf "%s\n" (sscanf_format "\"%s!\"" "%s" (fun f -> Printf.sprintf f "hey"));
  kscanf (Scanning.from_string "oops") (fun _ e -> Printf.printf "%s\n" (Printexc.to_string e)) "%d" (Printf.printf "%d\n")

(* stdout {expected|
12 -7 5 31 15 5
255 511 42
1.5 -2000 0.5 7
word "quoted \n" 'c' x
true false
123 45 6 7890
7 8 9
abc|123|def
[key ] [value ] [comment]
5 this
abc
count 5 me 8
754
3
Scan_failure scanf: bad input at char number 0: character 'x' is not a decimal digit
End_of_file
Scan_failure scanf: bad input at char number 3: looking for 'y', found 'x'
Scan_failure scanf: bad input at char number 20: int_of_string
Scan_failure scanf: bad input at char number 0: the character 'm' cannot start a boolean
Scan_failure scanf: bad input at char number 4: end of input not found
[]
abc
1,2,3
15
a=1 b=2 
12
hey!
Stdlib.Scanf.Scan_failure("character 'o' is not a decimal digit")
|expected} *)
