(* comments (* nest *) and hold "strings with *)" and 'c' and '"' chars *)
let decimal = 1_000_000 and hex = 0xFF_FF and octal = 0o777 and binary = 0b1010_1010
let c1 = 'a' and c2 = '\'' and c3 = '\\' and c4 = '\n' and c5 = '\x41' and c6 = '\o101' and c7 = '"'
let f1 = 1. and f2 = 1.5e3 and f3 = 1e-2 and f4 = 0x1.8p1 and f5 = 1_0.5
let s1 = "a\
          b" and s2 = "\x41\065\o101\u{41}" and s3 = {|a "raw" \n|} and s4 = {x|nested |} here|x}
let i32 = 5l and i64 = -7L and nat = 0x10n

let () =
  Printf.printf "%d %d %d %d\n" decimal hex octal binary;
  Printf.printf "%C %C %C %C %C %C %C\n" c1 c2 c3 c4 c5 c6 c7;
  Printf.printf "%g %g %g %g %g\n" f1 f2 f3 f4 f5;
  Printf.printf "%S %S %S %S\n" s1 s2 s3 s4;
  Printf.printf "%ld %Ld %nd\n" i32 i64 nat;
  Printf.printf "%d %d %d\n" (- 1) (-1) (1 - -1);
  let x' = 1 and _unused = 2 and x_1 = 3 and y0 = 4 in
  Printf.printf "%d\n" (x' + x_1 + y0);
  (* "unclosed looking (* string" *) print_endline "done" (**)

(* stdout {expected|
1000000 65535 511 170
'a' '\'' '\\' '\n' 'A' 'A' '"'
1 1500 0.01 3 10.5
"ab" "AAAA" "a \"raw\" \\n" "nested |} here"
5 -7 16
-1 -1 2
8
done
|expected} *)
