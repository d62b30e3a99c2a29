(* A newline in a string is one character, whatever the file says. *)

let () = List.iter (Printf.printf "%S\n") [ "a
b"; {|a
b|}; "a
b"; {q|
|q}; {||} ]
