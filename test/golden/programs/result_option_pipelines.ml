type error = Empty_field of string | Not_a_number of string * string | Out_of_range of int

let ( let* ) = Result.bind
let ( let+ ) r f = Result.map f r

let field name l = match List.assoc_opt name l with None | Some "" -> Error (Empty_field name) | Some v -> Ok v
let number name s = match int_of_string_opt s with Some n -> Ok n | None -> Error (Not_a_number (name, s))
let in_range n = if n >= 0 && n < 150 then Ok n else Error (Out_of_range n)

let person l =
  let* name = field "name" l in
  let* age = field "age" l in
  let* age = number "age" age in
  let+ age = in_range age in
  (String.capitalize_ascii name, age)

let explain = function Empty_field f -> "no " ^ f | Not_a_number (f, s) -> Printf.sprintf "%s: %S is no number" f s | Out_of_range n -> Printf.sprintf "%d?" n

let rec all = function [] -> Ok [] | r :: rest -> let* x = r in let* xs = all rest in Ok (x :: xs)

let () =
  let inputs = [ [ ("name", "ann"); ("age", "30") ]; [ ("age", "3") ]; [ ("name", "bob"); ("age", "x") ]; [ ("name", "cy"); ("age", "200") ]; [ ("name", ""); ("age", "1") ] ] in
  List.iter (fun l -> match person l with Ok (n, a) -> Printf.printf "%s %d\n" n a | Error e -> print_endline (explain e)) inputs;
  Printf.printf "%s\n" (match all (List.map person inputs) with Ok _ -> "all fine" | Error e -> explain e);
  let safe_div a b = if b = 0 then None else Some (a / b) in
  let r = Option.bind (safe_div 100 5) (fun x -> Option.map succ (safe_div x 3)) in
  Printf.printf "%s %d\n" (match r with Some n -> string_of_int n | None -> "-") (Option.value (safe_div 1 0) ~default:(-1))

(* stdout {expected|
Ann 30
no name
age: "x" is no number
200?
no name
no name
7 -1
|expected} *)
