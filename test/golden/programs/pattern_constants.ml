(* Floats, chars, big integers, int32 and int64 constants in patterns; intervals. *)
let float_name = function 0.0 -> "zero" | 1.5 -> "one and a half" | 1e10 -> "big" | _ -> "other"

let kind = function
  | '0' .. '9' -> "digit"
  | 'a' .. 'z' | 'A' .. 'Z' | '_' -> "letter"
  | ' ' | '\t' | '\n' -> "space"
  | '\000' .. '\031' -> "control"
  | '\128' .. '\255' -> "high"
  | _ -> "punctuation"

let i64 = function 0L -> "zero" | 9223372036854775807L -> "max" | -1L -> "minus one" | _ -> "other"
let i32 = function 0l -> "zero" | 2147483647l -> "max" | -2147483648l -> "min" | _ -> "other"
let native = function 5n -> "five" | _ -> "other"
let int = function 0x7F -> "hex" | 0b101 -> "binary" | 0o17 -> "octal" | 1_000_000 -> "million" | -3 -> "minus three" | 4611686018427387903 -> "max_int" | _ -> "other"

let () =
  List.iter (fun f -> print_endline (float_name f)) [ 0.; -0.; 1.5; 1e10; nan; 2. ];
  List.iter (fun c -> print_endline (kind c)) [ '5'; 'q'; 'Q'; '_'; ' '; '\005'; '\200'; '+'; '\n' ];
  List.iter (fun n -> print_endline (i64 n)) [ 0L; Int64.max_int; -1L; 5L ];
  List.iter (fun n -> print_endline (i32 n)) [ 0l; Int32.max_int; Int32.min_int; 5l ];
  print_endline (native 5n ^ native 6n);
  List.iter (fun n -> print_endline (int n)) [ 127; 5; 15; 1000000; -3; max_int; 42 ]

(* stdout {expected|
zero
zero
one and a half
big
other
other
digit
letter
letter
letter
space
control
high
punctuation
space
zero
max
minus one
other
zero
max
min
other
fiveother
hex
binary
octal
million
minus three
max_int
other
|expected} *)
