(* Printf: every conversion with many flags, widths and precisions. *)

let p = Printf.printf

let ints = [ 0; 1; -1; 7; 42; -42; 255; 1234; -1234; 999999; 1234567; -1234567; max_int; min_int ]

let floats =
  [ 0.; -0.; 1.; -1.; 0.5; 3.14159265358979; -2.5; 1e10; 1e15; 1e16; 1.5e100; -1.5e-100; 123456.789; 1e22; 5e-324;
    0.1; 0.2; 0.30000000000000004; max_float; min_float; infinity; neg_infinity; nan; 100.; 1e-5; 12345678.9 ]

let strings = [ ""; "a"; "hello"; "quote \" backslash \\ newline \n tab \t"; "\000\001\127\128\255"; "h\195\169" ]

let () =
  List.iter
    (fun n ->
      p "[%d] [%i] [%u] [%x] [%X] [%o]\n" n n n n n n;
      p "[%5d] [%-5d] [%05d] [%+d] [% d] [%+5d] [%-+5d] [%+05d] [% 05d]\n" n n n n n n n n n;
      p "[%#x] [%#X] [%#o] [%#d] [%#i] [%#u] [%#10x] [%#010x] [%-#10x] [%#12d]\n" n n n n n n n n n n;
      p "[%.3d] [%.0d] [%8.3d] [%-8.3d] [%08.3d] [%+.3d] [%.10x] [%#.10x] [%+.10d] [% .4i] [%.5u]\n" n n n n n n n n n n n;
      p "[%*d] [%-*d] [%0*d] [%.*d] [%*.*d] [%-*.*d]\n" 8 n 8 n 8 n 4 n 8 4 n 8 4 n;
      p "[%*d] [%*d] [%.*d]\n" (-8) n 0 n (-4) n;
      p "[%ld] [%lx] [%lu] [%5ld] [%-12ld] [%012ld] [%+ld] [%#lx] [%.5ld] [%#ld]\n" (Int32.of_int n) (Int32.of_int n)
        (Int32.of_int n) (Int32.of_int n) (Int32.of_int n) (Int32.of_int n) (Int32.of_int n) (Int32.of_int n)
        (Int32.of_int n) (Int32.of_int n);
      p "[%Ld] [%Lx] [%Lu] [%5Ld] [%-22Ld] [%022Ld] [%+Ld] [%LX] [%#Lo] [%.5Ld] [%#Ld]\n" (Int64.of_int n)
        (Int64.of_int n) (Int64.of_int n) (Int64.of_int n) (Int64.of_int n) (Int64.of_int n) (Int64.of_int n)
        (Int64.of_int n) (Int64.of_int n) (Int64.of_int n) (Int64.of_int n);
      p "[%nd] [%nx] [%nu] [%5nd] [%-22nd] [%022nd] [%+nd] [%.5ni]\n" (Nativeint.of_int n) (Nativeint.of_int n)
        (Nativeint.of_int n) (Nativeint.of_int n) (Nativeint.of_int n) (Nativeint.of_int n) (Nativeint.of_int n)
        (Nativeint.of_int n))
    ints;
  List.iter
    (fun x ->
      p "[%f] [%e] [%E] [%g] [%G] [%F] [%h] [%H] [%#F]\n" x x x x x x x x x;
      p "[%.2f] [%.0f] [%10.3f] [%-10.3f] [%010.3f] [%+f] [% f] [%+.1e] [%12.4g] [%-12.4g|]\n" x x x x x x x x x x;
      p "[%.3F] [%.15F] [%10F] [%-10F] [%010F] [%+F] [%.0F] [% F]\n" x x x x x x x x;
      p "[%.3h] [%20h] [%-20h] [%+h] [%.0h] [%020h] [%.3H] [%+H]\n" x x x x x x x x;
      p "[%*f] [%.*f] [%*.*f] [%-*.*f] [%0*.*f] [%.*e] [%*F]\n" 12 x 2 x 12 2 x 12 2 x 12 2 x 3 x 12 x;
      p "[%.17g] [%.15g] [%.12g] %s\n" x x x (string_of_float x))
    floats;
  List.iter
    (fun s ->
      p "[%s] [%S] [%10s] [%-10s|] [%010s] [%3S] [%-30S|] [%*s] [%-*s]\n" s s s s s s s 12 s 12 s;
      p "[%*s]\n" (-12) s)
    strings;
  List.iter (fun c -> p "[%c] [%C] [%0c]\n" c c c) [ 'a'; '\''; '"'; '\\'; '\n'; '\t'; '\000'; '\200'; ' ' ];
  List.iter (fun b -> p "[%b] [%B] [%6b] [%-6B|] [%*b]\n" b b b b 7 b) [ true; false ];
  p "100%% @ %@ %!done\n"

let pp_pair out (a, b) = Printf.fprintf out "<%d,%d>" a b
let pp_pair_string () (a, b) = Printf.sprintf "<%d;%d>" a b

let () =
  p "%a %a\n" pp_pair (1, 2) pp_pair (3, 4);
  print_endline (Printf.sprintf "%a %s" pp_pair_string (1, 2) "x");
  p "%t|\n" (fun out -> output_string out "theta");
  print_endline (Printf.sprintf "%t|" (fun () -> "theta"));
  let b = Buffer.create 10 in
  Printf.bprintf b "%d-%s" 5 "five";
  Printf.bprintf b "%a" (fun b x -> Buffer.add_string b (string_of_int (x + 1))) 41;
  print_endline (Buffer.contents b);
  Printf.kbprintf (fun b -> print_endline ("k:" ^ Buffer.contents b)) b "%c" '!';
  Printf.ksprintf (fun s -> print_endline ("<" ^ s ^ ">")) "%d %s" 1 "one";
  Printf.kfprintf (fun out -> output_string out "after\n") stdout "%s " "before";
  Printf.ifprintf stdout "%d %s %a\n" 1 "x" pp_pair (1, 2);
  Printf.ikfprintf (fun out -> output_string out "ikf\n") stdout "%d %s" 1 "x";
  Printf.eprintf "to stderr %d\n" 1

(* Partial application, more than once. *)
let () =
  let f = Printf.sprintf "%d-%s-%d" in
  let g = f 1 in
  let h1 = g "a" and h2 = g "b" in
  List.iter print_endline [ h1 2; h2 3; h1 4; f 9 "z" 8 ];
  let twice = p "%d,%d\n" in
  twice 1 2;
  twice 3 4

(* Formats as values *)
let () =
  let a = format_of_string "%d;" in
  print_endline (Printf.sprintf ("%d;" ^^ "%s") 3 "x");
  print_endline (string_of_format a);
  print_endline (string_of_format (a ^^ "tail"));
  print_endline (Printf.sprintf "%{%d%s%}|" (format_of_string "%i%s"));
  print_endline (Printf.sprintf "%(%d %s%)|" (format_of_string "<%d,%s>") 3 "s");
  print_endline (Printf.sprintf "a%(%)b" (format_of_string "mid"));
  print_endline (Printf.sprintf "@[<v 2>%d@,x@]@." 3);
  print_endline (Printf.sprintf "@{<tag>%s@}" "t");
  print_endline (Printf.sprintf (format_of_string "%d %d") 1 2)

let () =
  (try ignore (Printf.sprintf "%_d") with Invalid_argument m -> print_endline m);
  try ignore (Printf.sprintf "%[a-z]" "abc") with Invalid_argument m -> print_endline m

(* The order of effects: %a runs at the end, in order. *)
let () =
  let say s () x = print_string s; x in
  print_endline (Printf.sprintf "%a %a" (say "first ") "1" (say "second ") "2")
