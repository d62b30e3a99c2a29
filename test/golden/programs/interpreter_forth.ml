(* A small Forth: a stack, a dictionary of words, definitions, conditionals and loops, errors. *)

exception Forth_error of string

type instruction =
  | Push of int
  | Call of string
  | Primitive of (int list -> int list)
  | Print of (int list -> string * int list)
  | If of instruction list * instruction list
  | Until of instruction list
  | Times of instruction list

let error fmt = Printf.ksprintf (fun s -> raise (Forth_error s)) fmt
let underflow name = error "%s: stack underflow" name
let binary name f = (name, Primitive (function b :: a :: s -> f a b :: s | _ -> underflow name))

let truth b = if b then -1 else 0

let primitives =
  [ binary "+" ( + ); binary "-" ( - ); binary "*" ( * ); binary "<" (fun a b -> truth (a < b)); binary "=" (fun a b -> truth (a = b));
    binary "/" (fun a b -> if b = 0 then error "division by zero" else a / b); binary "mod" ( mod );
    ("dup", Primitive (function a :: s -> a :: a :: s | [] -> underflow "dup"));
    ("drop", Primitive (function _ :: s -> s | [] -> underflow "drop"));
    ("swap", Primitive (function a :: b :: s -> b :: a :: s | _ -> underflow "swap"));
    ("over", Primitive (function a :: b :: s -> b :: a :: b :: s | _ -> underflow "over"));
    ("rot", Primitive (function c :: b :: a :: s -> a :: c :: b :: s | _ -> underflow "rot"));
    (".", Print (function a :: s -> (string_of_int a ^ " ", s) | [] -> underflow "."));
    ("cr", Print (fun s -> ("\n", s))); ("emit", Print (function a :: s -> (String.make 1 (Char.chr a), s) | [] -> underflow "emit")) ]

let dictionary : (string, instruction list) Hashtbl.t = Hashtbl.create 64
let () = List.iter (fun (name, p) -> Hashtbl.add dictionary name [ p ]) primitives

(* Compiles up to one of the words in [stops]; gives the code, the word that stopped it and the rest. *)
let rec compile stops = function
  | [] -> if stops = [] then ([], "", []) else error "missing %s" (String.concat " or " stops)
  | word :: rest when List.mem word stops -> ([], word, rest)
  | word :: rest ->
    let instruction, rest = compile_word word rest in
    let code, stop, rest = compile stops rest in
    (instruction :: code, stop, rest)

and compile_word word rest =
  match word with
  | "if" ->
    let yes, stop, rest = compile [ "else"; "then" ] rest in
    let no, rest = if stop = "then" then ([], rest) else let no, _, rest = compile [ "then" ] rest in (no, rest) in
    (If (yes, no), rest)
  | "begin" -> let body, _, rest = compile [ "until" ] rest in (Until body, rest)
  | "times" -> let body, _, rest = compile [ "loop" ] rest in (Times body, rest)
  | _ -> ( match int_of_string_opt word with Some n -> (Push n, rest) | None -> (Call word, rest))

let rec run code stack = List.fold_left (fun stack i -> step i stack) stack code

and step instruction stack =
  match (instruction, stack) with
  | Push n, s -> n :: s
  | Primitive f, s -> f s
  | Print f, s -> let text, s = f s in print_string text; s
  | Call name, s -> ( match Hashtbl.find_opt dictionary name with Some code -> run code s | None -> error "unknown word %s" name)
  | If (yes, no), c :: s -> run (if c <> 0 then yes else no) s
  | Until body, s -> ( match run body s with 0 :: s -> step instruction s | _ :: s -> s | [] -> underflow "until")
  | Times body, n :: s -> List.fold_left (fun s _ -> run body s) s (List.init (max 0 n) Fun.id)
  | (If _ | Times _), [] -> underflow "control"

let rec interpret stack = function
  | [] -> stack
  | ":" :: name :: rest ->
    let code, _, rest = compile [ ";" ] rest in
    Hashtbl.replace dictionary name code;
    interpret stack rest
  | word :: rest ->
    let instruction, rest = compile_word word rest in
    interpret (step instruction stack) rest

let () =
  let words line = List.filter (( <> ) "") (String.split_on_char ' ' line) in
  List.iter
    (fun line ->
      match interpret [] (words line) with
      | stack -> Printf.printf "ok %s\n" (String.concat " " (List.rev_map string_of_int stack))
      | exception Forth_error m -> Printf.printf "error %s\n" m)
    [ "1 2 + 3 * ."; ": square dup * ; 7 square ."; ": fact dup 2 < if drop 1 else dup 1 - fact * then ; 10 fact .";
      ": countdown begin dup . 1 - dup 0 = until drop ; 5 countdown"; ": stars times 42 emit loop cr ; 3 stars 5 stars"; "1 2 3 rot over";
      "+"; "1 0 /"; "nonsense"; "1 if 2"; ": fib 0 1 rot times over + swap loop drop ; 20 fib ." ]

(* stdout {expected|
9 ok 
49 ok 
3628800 ok 
5 4 3 2 1 ok 
***
*****
ok 
ok 2 3 1 3
error +: stack underflow
error division by zero
error unknown word nonsense
error missing else or then
6765 ok 
|expected} *)
