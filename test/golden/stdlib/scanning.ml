(* Scanf: every conversion on many inputs, with the messages of failures; channels, readers, formats as input. *)

open Scanf

let number = ref 0

let t show scan =
  incr number;
  let result = try show (scan ()) with Scan_failure s -> "failed: " ^ s | e -> Printexc.to_string e in
  Printf.printf "%d: %s\n" !number result

let i = string_of_int
let s = Printf.sprintf "%S"
let c = Printf.sprintf "%C"
let f = Printf.sprintf "%h"
let is (a, b) = i a ^ " " ^ s b
let ss (a, b) = s a ^ " " ^ s b
let id x = x
let pair a b = (a, b)

let inputs =
  [ ""; "-12"; "+0x1Fz"; "0b101"; "1_000"; "4611686018427387904"; "99999999999999999999"; "abc"; "-1.25e3"; "1e+";
    ".5"; "0x1.8p3"; "0x1p"; "-nan"; "infinity"; "false"; "fals x"; "a:b"; "12,3"; "ab%cd"; " 12 34";
    "\"a\\n\\065\\x41\\\\\\\"\\'\""; "\"a\\\n   b\""; "\"a\\qb\""; "\"a\\999\""; "\"a\\1"; "'\\n'"; "'ab'"; "1\r\n2";
    "@[a"; "@{<b>x"; "@[<hov>x"; "@@x"; "%x"; "@ x"; "\"%i\" 5 6"; "\"%s\" 5 6"; "\"x%dy\" x5y 6"; "%d"; "%";
    "%5.3d" ]

let conversions inp =
  Printf.printf "== %S\n" inp;
  t i (fun () -> sscanf inp "%d" id);
  t i (fun () -> sscanf inp "%i" id);
  t i (fun () -> sscanf inp "%u" id);
  t i (fun () -> sscanf inp "%x" id);
  t i (fun () -> sscanf inp "%X" id);
  t i (fun () -> sscanf inp "%o" id);
  t i (fun () -> sscanf inp "%3d" id);
  t is (fun () -> sscanf inp "%2i%s" pair);
  t is (fun () -> sscanf inp "%1d%s" pair);
  t is (fun () -> sscanf inp "%0d%s" pair);
  t Int32.to_string (fun () -> sscanf inp "%ld" id);
  t Int64.to_string (fun () -> sscanf inp "%Lx" id);
  t Nativeint.to_string (fun () -> sscanf inp "%nu" id);
  t f (fun () -> sscanf inp "%f" id);
  t f (fun () -> sscanf inp "%e" id);
  t f (fun () -> sscanf inp "%g" id);
  t f (fun () -> sscanf inp "%F" id);
  t f (fun () -> sscanf inp "%h" id);
  t f (fun () -> sscanf inp "%H" id);
  t f (fun () -> sscanf inp "%#F" id);
  t f (fun () -> sscanf inp "%4f" id);
  t f (fun () -> sscanf inp "%.2f" id);
  t f (fun () -> sscanf inp "%5.1f" id);
  t f (fun () -> sscanf inp "%4F" id);
  t f (fun () -> sscanf inp "%.2F" id);
  t f (fun () -> sscanf inp "%3.0F" id);
  t f (fun () -> sscanf inp "%5h" id);
  t string_of_bool (fun () -> sscanf inp "%B" id);
  t string_of_bool (fun () -> sscanf inp "%b" id);
  t string_of_bool (fun () -> sscanf inp "%2B" id);
  t s (fun () -> sscanf inp "%s" id);
  t s (fun () -> sscanf inp "%3s" id);
  t s (fun () -> sscanf inp "%s@ " id);
  t s (fun () -> sscanf inp "%s@," id);
  t ss (fun () -> sscanf inp "%s@:%s" pair);
  t ss (fun () -> sscanf inp "%s@%%%s" pair);
  t ss (fun () -> sscanf inp "%s@;<1 2>%s" pair);
  t ss (fun () -> sscanf inp "%s %s" pair);
  t s (fun () -> sscanf inp "%S" id);
  t s (fun () -> sscanf inp "%4S" id);
  t c (fun () -> sscanf inp "%c" id);
  t c (fun () -> sscanf inp "%C" id);
  t c (fun () -> sscanf inp "%0c" id);
  t c (fun () -> sscanf inp " %2c" id);
  t s (fun () -> sscanf inp "%[a-z]" id);
  t s (fun () -> sscanf inp "%[^a-z ]" id);
  t s (fun () -> sscanf inp "%2[0-9]" id);
  t ss (fun () -> sscanf inp "%[0-9]@,%s" pair);
  t ss (fun () -> sscanf inp "%[0-9]@.%s" pair);
  t ss (fun () -> sscanf inp "%[0-9a-z]@ %s" pair);
  t i (fun () -> sscanf inp "%d%!" id);
  t i (fun () -> sscanf inp " %d" id);
  t i (fun () -> sscanf inp "%_d%n" id);
  t (fun (a,(b,(c,d))) -> i a^i b^i c^i d) (fun () -> sscanf inp "%_s %_s%l %n %N %L" (fun a b c d -> (a,(b,(c,d)))));
  t ss (fun () -> sscanf inp "%_c%s%_[ ]%s" pair);
  t s (fun () -> sscanf inp "%_d%_[a-z.]%s" id);
  t s (fun () -> sscanf inp "%_f%s" id);
  t s (fun () -> sscanf inp "a%s" id);
  t s (fun () -> sscanf inp "1\n%s" id);
  t s (fun () -> sscanf inp "@[%s" id);
  t s (fun () -> sscanf inp "@{<b>%s" id);
  t s (fun () -> sscanf inp "@[<hov>%s" id);
  t s (fun () -> sscanf inp "%@%s" id);
  t s (fun () -> sscanf inp "@@%s" id);
  t s (fun () -> sscanf inp "%%%s" id);
  t s (fun () -> sscanf inp "@ %s" id);
  t s (fun () -> sscanf inp "@?%s" id);
  t s (fun () -> sscanf inp "%r%s" (fun ib -> bscanf ib "%d" id) (fun a b -> string_of_int a ^ ":" ^ b));
  t s (fun () -> sscanf inp "%_r%s" (fun ib -> bscanf ib "%d" id) (fun b ->  b));
  t s (fun () -> sscanf inp "%{%d%}" (fun b -> string_of_format b));
  t s (fun () -> sscanf inp "%(%d%) %d" (fun b x y -> string_of_format b ^ i x ^ i y));
  t s (fun () -> sscanf inp "%_{%d%}%s" id);
  t s (fun () -> sscanf inp "%_(%d%)%s" (fun x y -> i x ^ y));
  t s (fun () -> sscanf_format inp "%d" (fun b -> string_of_format b));
  t s (fun () -> string_of_format (format_from_string inp "%d"));
  t s (fun () -> unescaped inp);
  t s (fun () -> ksscanf inp (fun ib e -> "[" ^ Printexc.to_string e ^ "]") "%d %d" (fun a b -> i (a+b)))

(* Formats that are read: what their parser accepts, and what it says. *)
let formats () =
  print_endline "== formats";
  List.iter
    (fun text -> t s (fun () -> string_of_format (format_from_string text "%d")))
    [ "%d"; "%5d"; "%-05i|"; "%+x"; "%#X%%"; "%@ %o"; "%u%!"; "a@,b@;<1 2>%d@[<hov 2>x@]@."; "@{<%d>x@}"; "%ld"; "%nd";
      "%*d"; "%.3d"; "%_d%d"; "%_s%i"; "%l"; "%N%,"; "%d%d"; ""; "%"; "%5"; "%y"; "%5-d"; "%{%d%}"; "%(%d%)"; "%{%d"; "%[a-z]";
      "%_[^]]%d"; "%[a"; "%99999999999999999999d"; "@"; "@%"; "@%%%d"; "@<3>%d"; "@<x%d" ];
  t s (fun () -> string_of_format (format_from_string "%[^a-z]%s" "%s%[b]"));
  t s (fun () -> Printf.sprintf (format_from_string "%+d|%08.3f|%-5s|%C" "%d%f%s%c") 1 2.5 "s" 'c');
  t s (fun () -> Printf.sprintf (format_from_string "%*d %.*f" "%*d%.*f") 5 1 2 2.5);
  t s (fun () -> Format.asprintf (format_from_string "@[<v 2>%d@ %s@]" "%d%s") 1 "x");
  t is (fun () -> sscanf "7 seven" (format_from_string "%d %s" "%i%s") pair);
  t s (fun () -> sscanf_format "\"<%x>\"" "%d" (fun f -> Printf.sprintf f 255))

let sources () =
  print_endline "== sources";
  let input = Scanning.from_string "one 2\nthree" in
  Printf.printf "%b %b %S\n" (Scanning.beginning_of_input input) (Scanning.end_of_input input)
    (Scanning.name_of_input input);
  bscanf input "%s %d" (fun a b -> Printf.printf "%s %d\n" a b);
  bscanf input "%l %n %N %_s%l %n %N" (Printf.printf "%d %d %d %d %d %d\n");
  Printf.printf "%b %b\n" (Scanning.beginning_of_input input) (Scanning.end_of_input input);
  let left = ref 5 in
  let input =
    Scanning.from_function (fun () ->
        if !left = 0 then raise End_of_file;
        decr left;
        Char.chr (97 + !left))
  in
  bscanf input "%2s%[a-z]%!" (Printf.printf "%s %s\n");
  Printf.printf "%S\n" (Scanning.name_of_input input);
  t s (fun () -> bscanf (Scanning.open_in "/dev/null") "%s" id);
  t s (fun () -> bscanf (Scanning.open_in "/dev/null/no") "%s" id);
  Printf.printf "%S %S\n" (Scanning.name_of_input Scanning.stdin) (Scanning.name_of_input (Scanning.from_channel stdin));
  scanf "%d %d" (Printf.printf "%d %d\n");
  scanf " %s@\n" (Printf.printf "%S\n");
  scanf " %S" (Printf.printf "%S\n");
  let rec sum total = match scanf " %d" id with n -> sum (total + n) | exception Scan_failure _ -> total in
  Printf.printf "%d\n" (sum 0);
  t s (fun () -> scanf " %s" id);
  t s (fun () -> scanf "%s %!" id);
  t i (fun () -> scanf "%d" id)

let others () =
  print_endline "== others";
  t id (fun () -> sscanf "1 2" "%d %d" (fun _ _ -> failwith "the receiver's own"));
  t i (fun () -> sscanf "text" "text" 5);
  t i (fun () -> sscanf "1;2;3" "%r;%r;%d" (fun ib -> bscanf ib "%d" succ) (fun ib -> bscanf ib "%d" (( * ) 10)) (fun a b c -> a + b + c));
  t i (fun () -> ksscanf "x" (fun _ _ -> -1) "%d" id);
  t s (fun () -> kscanf (Scanning.from_string "12x") (fun ib e -> bscanf ib "%s" id ^ Printexc.to_string e) "%d %d" (fun a b -> i (a + b)));
  t i (fun () -> sscanf "1" "%*d" (fun _ x -> x));
  t i (fun () -> sscanf "1" "%-2d" id);
  t i (fun () -> sscanf "1" "%d%a" (fun x _ _ -> x));
  t i (fun () -> sscanf "1" "%d%t" (fun x _ -> x));
  t i (fun () -> let scan = sscanf "42" "%d" in scan id + scan id)

let () =
  List.iter conversions inputs;
  formats ();
  sources ();
  others ()

(* stdin {input|
10 20
a line of words
"a string" 1 2
3 end  
last|input} *)
