(* Typed formats: the type of the printing function is computed from the format. *)
type (_, _) format =
  | End : ('r, 'r) format
  | Lit : string * ('f, 'r) format -> ('f, 'r) format
  | Int : ('f, 'r) format -> (int -> 'f, 'r) format
  | Str : ('f, 'r) format -> (string -> 'f, 'r) format
  | Any : ('a -> string) * ('f, 'r) format -> ('a -> 'f, 'r) format

let rec kprint : type f r. (string -> r) -> string -> (f, r) format -> f = fun k acc -> function
  | End -> k acc
  | Lit (s, rest) -> kprint k (acc ^ s) rest
  | Int rest -> fun n -> kprint k (acc ^ string_of_int n) rest
  | Str rest -> fun s -> kprint k (acc ^ s) rest
  | Any (show, rest) -> fun v -> kprint k (acc ^ show v) rest

let sprint f = kprint (fun s -> s) "" f
let print f = kprint print_endline "" f

let rec append : type f g r. (f, g) format -> (g, r) format -> (f, r) format = fun a b ->
  match a with
  | End -> b
  | Lit (s, rest) -> Lit (s, append rest b)
  | Int rest -> Int (append rest b)
  | Str rest -> Str (append rest b)
  | Any (show, rest) -> Any (show, append rest b)

(* Reading with the same format: the function gets what was read. *)
exception Mismatch of string

let rec scan : type f r. (f, r) format -> f -> string list -> r = fun format f input ->
  match format, input with
  | End, [] -> f
  | Lit (s, rest), word :: input when s = word -> scan rest f input
  | Int rest, word :: input ->
      (match int_of_string_opt word with
       | Some n -> scan rest (f n) input
       | None -> raise (Mismatch word))
  | Str rest, word :: input -> scan rest (f word) input
  | Any _, word :: _ -> raise (Mismatch word)
  | End, word :: _ | Lit _, word :: _ -> raise (Mismatch word)
  | (Lit _ | Int _ | Str _ | Any _), [] -> raise (Mismatch "end")

let () =
  print (Lit ("x = ", Int (Lit (", s = ", Str End)))) 3 "abc";
  let both = append (Int (Lit ("+", End))) (Int End) in
  print_endline (sprint both 1 2);
  print (Any (string_of_bool, Lit ("/", Any (string_of_float, End)))) true 1.5;
  let point = Lit ("point", Int (Int End)) in
  print_endline (string_of_int (scan point (fun x y -> (x * 100) + y) [ "point"; "4"; "2" ]));
  List.iter
    (fun words ->
      try ignore (scan point (fun x y -> x + y) words)
      with Mismatch word -> print_endline ("mismatch at " ^ word))
    [ [ "point"; "4" ]; [ "line"; "1"; "2" ]; [ "point"; "x"; "2" ]; [ "point"; "1"; "2"; "3" ] ]

(* stdout {expected|
x = 3, s = abc
1+2
true/1.5
402
mismatch at end
mismatch at line
mismatch at x
mismatch at 3
|expected} *)
