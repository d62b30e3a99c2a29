module Ints = Table.Make (struct include Int let compare a b = Int.compare b a end)
module Strings = Table.Make (struct include String let to_string s = "'" ^ s ^ "'" end)

let () =
  let a = Ints.create () and b = Strings.create () in
  List.iter (fun i -> Ints.set a (i * 7 mod 10) i) [ 1; 2; 3; 4; 11 ];
  List.iter (fun s -> Strings.set b s (String.length s)) [ "pear"; "fig"; "apple"; "fig" ];
  print_endline (Ints.show string_of_int a);
  print_endline (Strings.show string_of_int b)

(* stdout {expected|
8=4, 7=11, 4=2, 1=3
'apple'=5, 'fig'=3, 'pear'=4
|expected} *)
