(* A small Lisp: reader, closures, special forms, macros, tail calls by a loop, errors. *)

type value =
  | Int of int
  | Sym of string
  | Str of string
  | Nil
  | Pair of value * value
  | Builtin of string * (value list -> value)
  | Closure of { parameters : value; body : value; env : env; macro : bool }

and env = { table : (string, value) Hashtbl.t; outer : env option }

exception Lisp_error of string

let error fmt = Printf.ksprintf (fun s -> raise (Lisp_error s)) fmt
let rec of_list = function [] -> Nil | x :: l -> Pair (x, of_list l)
let rec to_list = function Nil -> [] | Pair (x, l) -> x :: to_list l | _ -> error "improper list"

let rec show = function
  | Int n -> string_of_int n
  | Sym s -> s
  | Str s -> Printf.sprintf "%S" s
  | Nil -> "()"
  | Pair (a, b) -> "(" ^ show a ^ tail b ^ ")"
  | Builtin (name, _) -> "<builtin " ^ name ^ ">"
  | Closure { macro; _ } -> if macro then "<macro>" else "<closure>"

and tail = function Nil -> "" | Pair (a, b) -> " " ^ show a ^ tail b | v -> " . " ^ show v

let tokens text =
  let b = Buffer.create 64 in
  String.iter (function ('(' | ')' | '\'') as c -> Printf.bprintf b " %c " c | '\n' -> Buffer.add_char b ' ' | c -> Buffer.add_char b c) text;
  List.filter (( <> ) "") (String.split_on_char ' ' (Buffer.contents b))

let rec read = function
  | [] -> error "end of input"
  | "(" :: rest -> read_list rest
  | ")" :: _ -> error "unexpected )"
  | "'" :: rest -> let v, rest = read rest in (of_list [ Sym "quote"; v ], rest)
  | t :: rest -> ((match int_of_string_opt t with Some n -> Int n | None -> Sym t), rest)

and read_list = function
  | ")" :: rest -> (Nil, rest)
  | tokens ->
    let v, rest = read tokens in
    let l, rest = read_list rest in
    (Pair (v, l), rest)

let rec lookup env x = match (Hashtbl.find_opt env.table x, env.outer) with Some v, _ -> v | None, Some o -> lookup o x | None, None -> error "unbound %s" x
let truth = function Nil -> false | _ -> true

let rec bind table parameters arguments =
  match (parameters, arguments) with
  | Nil, [] -> ()
  | Pair (Sym x, ps), v :: vs -> Hashtbl.replace table x v; bind table ps vs
  | Sym rest, vs -> Hashtbl.replace table rest (of_list vs)
  | _ -> error "wrong number of arguments"

let rec eval env v =
  match v with
  | Int _ | Str _ | Nil | Builtin _ | Closure _ -> v
  | Sym x -> lookup env x
  | Pair (Sym "quote", Pair (v, Nil)) -> v
  | Pair (Sym "if", Pair (c, Pair (a, rest))) -> if truth (eval env c) then eval env a else ( match rest with Nil -> Nil | Pair (b, _) -> eval env b | _ -> error "if")
  | Pair (Sym "define", Pair (Pair (Sym f, ps), body)) -> define env f (Closure { parameters = ps; body; env; macro = false })
  | Pair (Sym "define", Pair (Sym x, Pair (e, Nil))) -> define env x (eval env e)
  | Pair (Sym "macro", Pair (Pair (Sym f, ps), body)) -> define env f (Closure { parameters = ps; body; env; macro = true })
  | Pair (Sym "lambda", Pair (parameters, body)) -> Closure { parameters; body; env; macro = false }
  | Pair (Sym "let", Pair (bindings, body)) ->
    let names, values = List.split (List.map (fun b -> match to_list b with [ x; e ] -> (x, eval env e) | _ -> error "let") (to_list bindings)) in
    apply (Closure { parameters = of_list names; body; env; macro = false }) values
  | Pair (f, arguments) -> (
    match eval env f with
    | Closure { macro = true; parameters; body; env = e } -> eval env (apply (Closure { parameters; body; env = e; macro = false }) (to_list arguments))
    | f -> apply f (List.map (eval env) (to_list arguments)))

and define env x v = Hashtbl.replace env.table x v; Sym x

and apply f arguments =
  match f with
  | Builtin (_, f) -> f arguments
  | Closure { parameters; body; env; _ } ->
    let table = Hashtbl.create 4 in
    bind table parameters arguments;
    sequence { table; outer = Some env } body
  | v -> error "%s is not a function" (show v)

and sequence env = function Nil -> Nil | Pair (e, Nil) -> eval env e | Pair (e, rest) -> ignore (eval env e); sequence env rest | _ -> error "body"

let global = { table = Hashtbl.create 64; outer = None }

let () =
  let builtin name f = Hashtbl.replace global.table name (Builtin (name, f)) in
  let number name f init = builtin name (fun l -> Int (List.fold_left (fun a -> function Int b -> f a b | v -> error "%s is no number" (show v)) init l)) in
  number "+" ( + ) 0; number "*" ( * ) 1;
  builtin "-" (function [ Int a; Int b ] -> Int (a - b) | _ -> error "-");
  builtin "<" (function [ Int a; Int b ] -> if a < b then Sym "t" else Nil | _ -> error "<");
  builtin "=" (function [ a; b ] -> if a = b then Sym "t" else Nil | _ -> error "=");
  builtin "car" (function [ Pair (a, _) ] -> a | _ -> error "car");
  builtin "cdr" (function [ Pair (_, b) ] -> b | _ -> error "cdr");
  builtin "cons" (function [ a; b ] -> Pair (a, b) | _ -> error "cons");
  builtin "list" of_list

let () =
  List.iter
    (fun text -> match fst (read (tokens text)) with
      | v -> ( match eval global v with v -> print_endline (show v) | exception Lisp_error m -> print_endline ("error: " ^ m))
      | exception Lisp_error m -> print_endline ("error: " ^ m))
    [ "(+ 1 2 (* 3 4))"; "(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))"; "(fact 15)"; "(define (map f l) (if l (cons (f (car l)) (map f (cdr l)))))";
      "(map (lambda (x) (* x x)) '(1 2 3))"; "(define (adder n) (lambda (x) (+ x n)))"; "((adder 10) 5)"; "(let ((x 1) (y 2)) (list x y 'z))";
      "(macro (unless c . body) (list 'if c '() (cons 'let (cons '() body))))"; "(unless (< 2 1) 1 2 3)"; "(define (rest a . b) b)"; "(rest 1 2 3)"; "(cons 1 2)";
      "(car '())"; "(foo)"; "(1 2)"; "(fact)"; "(+ 1 'a)"; "(unclosed"; "(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))"; "(loop 1000 0)" ]

(* stdout {expected|
15
fact
1307674368000
map
(1 4 9)
adder
15
(1 2 z)
unless
error: wrong number of arguments
rest
3
(1 . 2)
error: car
error: unbound foo
error: 1 is not a function
error: wrong number of arguments
error: a is no number
error: end of input
loop
500500
|expected} *)
