let side = ref []
let note s b = side := s :: !side; b

let () =
  let () = () in
  ignore (3 + 4);
  Printf.printf "%b %b %b\n" (true && false) (true || false) (not true);
  ignore (note "a" false && note "b" true);
  ignore (note "c" true || note "d" false);
  print_endline (String.concat "" (List.rev !side));
  if !side = [] then print_endline "empty";
  if List.length !side > 1 then print_endline "several" else print_endline "few";
  let x = if true then 1 else 2 in
  let y = if x > 1 then "big" else if x = 1 then "one" else "small" in
  print_endline y;
  (if x = 1 then print_string "then; ");
  begin print_string "always"; print_newline () end;
  Printf.printf "%b %b\n" (() = ()) (compare () () = 0);
  assert (x = 1);
  (try assert (x = 2) with Assert_failure (file, line, column) -> Printf.printf "%s %d %d\n" file line column);
  match () with () -> print_endline "unit"

(* stdout {expected|
false true false
ac
several
one
then; always
true true
unit_and_bool.ml 20 7
unit
|expected} *)
