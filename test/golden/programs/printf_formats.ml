let () =
  Printf.printf "%d %i %u %x %X %o\n" 42 (-42) 42 255 255 8;
  Printf.printf "%5d|%-5d|%05d|%+d|% d\n" 42 42 42 42 42;
  Printf.printf "%#x %#o %#X\n" 255 8 255;
  Printf.printf "%s %S %10s|%-10s|\n" "plain" "quo\"ted" "right" "left";
  Printf.printf "%c %C %C\n" 'c' 'c' '\n';
  Printf.printf "%b %B\n" true false;
  Printf.printf "%f %.2f %8.3f %e %g %F\n" 3.14 3.14 3.14 3.14 3.14 3.;
  Printf.printf "%ld %Ld %nd %lx %Lx\n" 1l 2L 3n 255l 255L;
  Printf.printf "%*d %-*d| %.*f %0*d\n" 6 42 6 42 3 2.71828 6 42;
  Printf.printf "100%% %@ done\n";
  let pp_list out l = List.iter (fun x -> Printf.fprintf out "<%d>" x) l in
  Printf.printf "%a and %t\n" pp_list [ 1; 2; 3 ] (fun out -> output_string out "t!");
  let s = Printf.sprintf "%s-%d" "x" 1 in
  print_endline s;
  let f = Printf.sprintf "%d,%d" in
  print_endline (f 1 2 ^ ";" ^ f 3 4);
  let add_pair () (a, b) = Printf.sprintf "(%d, %d)" a b in
  print_endline (Printf.sprintf "%a" add_pair (1, 2));
  let log fmt = Printf.ksprintf (fun s -> print_endline ("[log] " ^ s)) fmt in
  log "plain";
  log "%d items in %s" 3 "cart";
  let b = Buffer.create 16 in
  Printf.bprintf b "%d%s" 1 "a";
  Printf.bprintf b "%c" '.';
  print_endline (Buffer.contents b);
  Printf.eprintf "to stderr %d\n" 3;
  Printf.printf "%s\n%!" (Printf.sprintf ("%d" ^^ " and " ^^ "%s") 5 "five")

(* stdout {expected|
42 -42 42 ff FF 10
   42|42   |00042|+42| 42
0xff 010 0XFF
plain "quo\"ted"      right|left      |
c 'c' '\n'
true false
3.140000 3.14    3.140 3.140000e+00 3.14 3.
1 2 3 ff ff
    42 42    | 2.718 000042
100% @ done
<1><2><3> and t!
x-1
1,2;3,4
(1, 2)
[log] plain
[log] 3 items in cart
1a.
5 and five
|expected} *)
(* stderr {expected|
to stderr 3
|expected} *)
