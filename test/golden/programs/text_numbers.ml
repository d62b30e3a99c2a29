(* Numbers as text: English words, ordinals, Roman numerals, any base, balanced ternary, Gray codes. *)

let small = [| "zero"; "one"; "two"; "three"; "four"; "five"; "six"; "seven"; "eight"; "nine"; "ten"; "eleven"; "twelve"; "thirteen"; "fourteen"; "fifteen"; "sixteen"; "seventeen"; "eighteen"; "nineteen" |]
let tens = [| ""; ""; "twenty"; "thirty"; "forty"; "fifty"; "sixty"; "seventy"; "eighty"; "ninety" |]
let scales = [ (1_000_000_000, "billion"); (1_000_000, "million"); (1000, "thousand"); (100, "hundred") ]

let rec words n =
  if n < 0 then "minus " ^ words (-n)
  else if n < 20 then small.(n)
  else if n < 100 then tens.(n / 10) ^ if n mod 10 = 0 then "" else "-" ^ small.(n mod 10)
  else
    let unit, name = List.find (fun (unit, _) -> n >= unit) scales in
    let rest = n mod unit in
    words (n / unit) ^ " " ^ name ^ if rest = 0 then "" else (if rest < 100 then " and " else " ") ^ words rest

let ordinal n =
  let suffix = match (n mod 100, n mod 10) with (11 | 12 | 13), _ -> "th" | _, 1 -> "st" | _, 2 -> "nd" | _, 3 -> "rd" | _ -> "th" in
  string_of_int n ^ suffix

let rec to_base b n = if n < b then String.make 1 "0123456789abcdefghijklmnopqrstuvwxyz".[n] else to_base b (n / b) ^ to_base b (n mod b)
let of_base b s = String.fold_left (fun n c -> (n * b) + match c with '0' .. '9' -> Char.code c - 48 | c -> Char.code c - 87) 0 s

let rec balanced n =
  if n = 0 then ""
  else match ((n mod 3) + 3) mod 3 with 0 -> balanced (n / 3) ^ "0" | 1 -> balanced ((n - 1) / 3) ^ "+" | _ -> balanced ((n + 1) / 3) ^ "-"

let gray n = n lxor (n lsr 1)
let rec ungray g = if g = 0 then 0 else g lxor ungray (g lsr 1)

let look_and_say s =
  let flush b c n = if n > 0 then Printf.bprintf b "%d%c" n c in
  let b = Buffer.create 16 in
  let c, n = String.fold_left (fun (c, n) d -> if c = d then (c, n + 1) else (flush b c n; (d, 1))) (' ', 0) s in
  flush b c n;
  Buffer.contents b

let commas n =
  let s = string_of_int (abs n) in
  let length = String.length s in
  let grouped = String.concat "" (List.mapi (fun i c -> (if i > 0 && (length - i) mod 3 = 0 then "," else "") ^ String.make 1 c) (List.of_seq (String.to_seq s))) in
  if n < 0 then "-" ^ grouped else grouped

let () =
  List.iter (fun n -> Printf.printf "%s: %s\n" (commas n) (words n)) [ 0; 13; 42; 100; 115; 999; 1000; 1001; 12345; 1_000_000; -7_300_021 ];
  print_endline (String.concat " " (List.map ordinal [ 1; 2; 3; 4; 11; 12; 13; 21; 101; 111; 1003 ]));
  List.iter (fun b -> Printf.printf "%d:%s=%d " b (to_base b 2024) (of_base b (to_base b 2024))) [ 2; 3; 7; 16; 36 ];
  print_newline ();
  print_endline (String.concat " " (List.map balanced [ 1; 2; 3; 4; 5; 13; 14; -5; 100 ]));
  print_endline (String.concat " " (List.map (fun n -> Printf.sprintf "%04d" (int_of_string (to_base 2 (gray n)))) (List.init 10 Fun.id)));
  Printf.printf "%b\n" (List.for_all (fun n -> ungray (gray n) = n) (List.init 1000 Fun.id));
  ignore (List.fold_left (fun s _ -> print_string (s ^ " "); look_and_say s) "1" (List.init 8 Fun.id));
  print_newline ()

(* stdout {expected|
0: zero
13: thirteen
42: forty-two
100: one hundred
115: one hundred and fifteen
999: nine hundred and ninety-nine
1,000: one thousand
1,001: one thousand and one
12,345: twelve thousand three hundred and forty-five
1,000,000: one million
-7,300,021: minus seven million three hundred thousand and twenty-one
1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 1003rd
2:11111101000=2024 3:2202222=2024 7:5621=2024 16:7e8=2024 36:1k8=2024 
+ +- +0 ++ +-- +++ +--- -++ ++-0+
0000 0001 0011 0010 0110 0111 0101 0100 1100 1101
true
1 11 21 1211 111221 312211 13112221 1113213211 
|expected} *)
