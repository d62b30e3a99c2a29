(* An interpreter for a small ML: lexer, parser with precedences, Hindley-Milner inference, a closure evaluator and a compiler
   to a stack machine, compared with each other on every program. *)

(* ---- Syntax ---------------------------------------------------------------------------------------------- *)

module Syntax = struct
  type name = string

  type pattern =
    | P_any
    | P_var of name
    | P_int of int
    | P_bool of bool
    | P_nil
    | P_cons of pattern * pattern
    | P_pair of pattern * pattern

  type operator = Add | Sub | Mul | Div | Less | Equal | Cons | Append

  type expr =
    | Int of int
    | Bool of bool
    | Text of string
    | Nil
    | Var of name
    | Pair of expr * expr
    | Binary of operator * expr * expr
    | If of expr * expr * expr
    | Fun of name * expr
    | Apply of expr * expr
    | Let of { recursive : bool; name : name; bound : expr; body : expr }
    | Match of expr * (pattern * expr) list

  let operator_name = function
    | Add -> "+" | Sub -> "-" | Mul -> "*" | Div -> "/" | Less -> "<" | Equal -> "=" | Cons -> "::" | Append -> "^"
end

(* ---- Lexer ------------------------------------------------------------------------------------------------ *)

module Lexer = struct
  type token =
    | INT of int
    | TEXT of string
    | IDENT of string
    | KEYWORD of string
    | SYMBOL of string
    | EOF

  exception Error of { position : int; message : string }

  let keywords = [ "let"; "rec"; "in"; "fun"; "if"; "then"; "else"; "match"; "with"; "true"; "false" ]
  let symbols = [ "->"; "::"; "("; ")"; "["; "]"; ";"; ","; "|"; "+"; "-"; "*"; "/"; "<"; "="; "^"; "_" ]

  let is_digit c = c >= '0' && c <= '9'
  let is_letter = function 'a' .. 'z' | 'A' .. 'Z' | '\'' -> true | _ -> false

  let scan source position accept =
    let n = String.length source in
    let rec go i = if i < n && accept source.[i] then go (i + 1) else i in
    let stop = go position in
    (String.sub source position (stop - position), stop)

  let tokens source =
    let n = String.length source in
    let starts_with s i = i + String.length s <= n && String.sub source i (String.length s) = s in
    let rec go i acc =
      if i >= n then List.rev (EOF :: acc)
      else
        match source.[i] with
        | ' ' | '\n' | '\t' -> go (i + 1) acc
        | '"' ->
            let text, stop = scan source (i + 1) (fun c -> c <> '"') in
            if stop >= n then raise (Error { position = i; message = "unterminated string" });
            go (stop + 1) (TEXT text :: acc)
        | c when is_digit c ->
            let text, stop = scan source i is_digit in
            go stop (INT (int_of_string text) :: acc)
        | c when is_letter c ->
            let text, stop = scan source i (fun c -> is_letter c || is_digit c || c = '_') in
            go stop ((if List.mem text keywords then KEYWORD text else IDENT text) :: acc)
        | c -> (
            match List.find_opt (fun s -> starts_with s i) symbols with
            | Some s -> go (i + String.length s) (SYMBOL s :: acc)
            | None -> raise (Error { position = i; message = Printf.sprintf "unexpected %C" c }))
    in
    go 0 []
end

(* ---- Parser ------------------------------------------------------------------------------------------------ *)

module Parser : sig
  exception Error of string

  val program : string -> Syntax.expr
end = struct
  open Syntax
  open Lexer

  exception Error of string

  let show = function
    | INT n -> string_of_int n
    | TEXT s -> Printf.sprintf "%S" s
    | IDENT s | KEYWORD s | SYMBOL s -> s
    | EOF -> "end of input"

  type stream = { mutable rest : token list }

  let peek s = match s.rest with [] -> EOF | t :: _ -> t
  let advance s = match s.rest with [] -> () | _ :: rest -> s.rest <- rest

  let expect s token =
    if peek s = token then advance s else raise (Error (Printf.sprintf "expected %s, found %s" (show token) (show (peek s))))

  let accept s token = peek s = token && (advance s; true)

  let ident s =
    match peek s with
    | IDENT name -> advance s; name
    | t -> raise (Error ("expected a name, found " ^ show t))

  let rec expression s =
    match peek s with
    | KEYWORD "let" ->
        advance s;
        let recursive = accept s (KEYWORD "rec") in
        let name = ident s in
        let parameters = names s in
        expect s (SYMBOL "=");
        let bound = List.fold_right (fun p e -> Fun (p, e)) parameters (expression s) in
        expect s (KEYWORD "in");
        Let { recursive; name; bound; body = expression s }
    | KEYWORD "fun" ->
        advance s;
        let parameters = names s in
        expect s (SYMBOL "->");
        List.fold_right (fun p e -> Fun (p, e)) parameters (expression s)
    | KEYWORD "if" ->
        advance s;
        let c = expression s in
        expect s (KEYWORD "then");
        let t = expression s in
        expect s (KEYWORD "else");
        If (c, t, expression s)
    | KEYWORD "match" ->
        advance s;
        let subject = expression s in
        expect s (KEYWORD "with");
        ignore (accept s (SYMBOL "|"));
        Match (subject, cases s)
    | _ -> binary s 0

  and names s = match peek s with IDENT name -> advance s; name :: names s | _ -> []

  and cases s =
    let p = pattern s in
    expect s (SYMBOL "->");
    let e = expression s in
    (p, e) :: (if accept s (SYMBOL "|") then cases s else [])

  and binary s level =
    let levels = [| [ Less; Equal ]; [ Append ]; [ Cons ]; [ Add; Sub ]; [ Mul; Div ] |] in
    if level = Array.length levels then application s
    else
      let find () =
        match peek s with
        | SYMBOL name -> List.find_opt (fun o -> operator_name o = name) levels.(level)
        | _ -> None
      in
      let right_associative = level = 1 || level = 2 in
      let rec loop left =
        match find () with
        | None -> left
        | Some o ->
            advance s;
            if right_associative then Binary (o, left, binary s level) else loop (Binary (o, left, binary s (level + 1)))
      in
      loop (binary s (level + 1))

  and application s =
    let rec loop f = if starts_atom (peek s) then loop (Apply (f, atom s)) else f in
    loop (atom s)

  and starts_atom = function
    | INT _ | TEXT _ | IDENT _ | KEYWORD ("true" | "false") | SYMBOL ("(" | "[") -> true
    | _ -> false

  and atom s =
    let t = peek s in
    advance s;
    match t with
    | INT n -> Int n
    | TEXT t -> Text t
    | IDENT x -> Var x
    | KEYWORD "true" -> Bool true
    | KEYWORD "false" -> Bool false
    | SYMBOL "(" ->
        let e = expression s in
        let e = if accept s (SYMBOL ",") then Pair (e, expression s) else e in
        expect s (SYMBOL ")");
        e
    | SYMBOL "[" ->
        let rec items () =
          if accept s (SYMBOL "]") then Nil
          else
            let e = expression s in
            if not (accept s (SYMBOL ";")) then (expect s (SYMBOL "]"); Binary (Cons, e, Nil)) else Binary (Cons, e, items ())
        in
        items ()
    | t -> raise (Error ("unexpected " ^ show t))

  and pattern s =
    let p = simple_pattern s in
    if accept s (SYMBOL "::") then P_cons (p, pattern s) else p

  and simple_pattern s =
    let t = peek s in
    advance s;
    match t with
    | SYMBOL "_" -> P_any
    | IDENT x -> P_var x
    | INT n -> P_int n
    | KEYWORD "true" -> P_bool true
    | KEYWORD "false" -> P_bool false
    | SYMBOL "[" -> expect s (SYMBOL "]"); P_nil
    | SYMBOL "(" ->
        let p = pattern s in
        let p = if accept s (SYMBOL ",") then P_pair (p, pattern s) else p in
        expect s (SYMBOL ")");
        p
    | t -> raise (Error ("unexpected " ^ show t ^ " in a pattern"))

  let program source =
    let s = { rest = tokens source } in
    let e = expression s in
    expect s EOF;
    e
end

(* ---- Types ------------------------------------------------------------------------------------------------- *)

module Types = struct
  type t =
    | T_int
    | T_bool
    | T_text
    | T_var of variable ref
    | T_arrow of t * t
    | T_pair of t * t
    | T_list of t

  and variable = Unbound of int * int (* identity, level *) | Link of t

  type scheme = { quantified : int list; body : t }

  exception Clash of t * t
  exception Unbound_name of string

  module Env = Map.Make (String)

  let counter = ref 0
  let fresh level = incr counter; T_var (ref (Unbound (!counter, level)))

  let rec prune = function
    | T_var ({ contents = Link t } as r) ->
        let t = prune t in
        r := Link t;
        t
    | t -> t

  let rec adjust id level t =
    match prune t with
    | T_var ({ contents = Unbound (id', level') } as r) ->
        if id = id' then raise Exit;
        if level' > level then r := Unbound (id', level)
    | T_arrow (a, b) | T_pair (a, b) -> adjust id level a; adjust id level b
    | T_list a -> adjust id level a
    | T_int | T_bool | T_text | T_var _ -> ()

  let rec unify a b =
    match (prune a, prune b) with
    | T_int, T_int | T_bool, T_bool | T_text, T_text -> ()
    | T_var r, T_var r' when r == r' -> ()
    | T_var ({ contents = Unbound (id, level) } as r), t | t, T_var ({ contents = Unbound (id, level) } as r) ->
        (try adjust id level t with Exit -> raise (Clash (a, b)));
        r := Link t
    | T_arrow (a1, b1), T_arrow (a2, b2) | T_pair (a1, b1), T_pair (a2, b2) -> unify a1 a2; unify b1 b2
    | T_list a, T_list b -> unify a b
    | a, b -> raise (Clash (a, b))

  let generalise level t =
    let rec free acc t =
      match prune t with
      | T_var { contents = Unbound (id, l) } -> if l > level && not (List.mem id acc) then id :: acc else acc
      | T_arrow (a, b) | T_pair (a, b) -> free (free acc a) b
      | T_list a -> free acc a
      | _ -> acc
    in
    { quantified = List.rev (free [] t); body = t }

  let instantiate level { quantified; body } =
    let table = List.map (fun id -> (id, fresh level)) quantified in
    let rec copy t =
      match prune t with
      | T_var { contents = Unbound (id, _) } as v -> (try List.assoc id table with Not_found -> v)
      | T_arrow (a, b) -> T_arrow (copy a, copy b)
      | T_pair (a, b) -> T_pair (copy a, copy b)
      | T_list a -> T_list (copy a)
      | t -> t
    in
    copy body

  let print t =
    let names = Hashtbl.create 8 in
    let name id =
      match Hashtbl.find_opt names id with
      | Some n -> n
      | None ->
          let n = Printf.sprintf "'%c" (Char.chr (97 + Hashtbl.length names)) in
          Hashtbl.add names id n;
          n
    in
    let rec go level t =
      let paren wanted s = if level > wanted then "(" ^ s ^ ")" else s in
      match prune t with
      | T_int -> "int"
      | T_bool -> "bool"
      | T_text -> "string"
      | T_var { contents = Unbound (id, _) } -> name id
      | T_var { contents = Link _ } -> assert false
      | T_arrow (a, b) ->
          let left = go 1 a in
          paren 0 (left ^ " -> " ^ go 0 b)
      | T_pair (a, b) ->
          let left = go 2 a in
          paren 1 (left ^ " * " ^ go 2 b)
      | T_list a -> go 2 a ^ " list"
    in
    go 0 t

  open Syntax

  let operator_type level = function
    | Add | Sub | Mul | Div -> (T_int, T_int, T_int)
    | Less -> (T_int, T_int, T_bool)
    | Equal ->
        let a = fresh level in
        (a, a, T_bool)
    | Append -> (T_text, T_text, T_text)
    | Cons ->
        let a = fresh level in
        (a, T_list a, T_list a)

  let rec infer level env = function
    | Int _ -> T_int
    | Bool _ -> T_bool
    | Text _ -> T_text
    | Nil -> T_list (fresh level)
    | Var x -> (
        match Env.find_opt x env with Some s -> instantiate level s | None -> raise (Unbound_name x))
    | Pair (a, b) ->
        let a = infer level env a in
        T_pair (a, infer level env b)
    | Binary (o, a, b) ->
        let left, right, result = operator_type level o in
        unify left (infer level env a);
        unify right (infer level env b);
        result
    | If (c, t, e) ->
        unify T_bool (infer level env c);
        let t = infer level env t in
        unify t (infer level env e);
        t
    | Fun (x, body) ->
        let a = fresh level in
        T_arrow (a, infer level (Env.add x { quantified = []; body = a } env) body)
    | Apply (f, e) ->
        let f = infer level env f in
        let e = infer level env e in
        let r = fresh level in
        unify f (T_arrow (e, r));
        r
    | Let { recursive; name; bound; body } ->
        let inner = level + 1 in
        let t =
          if recursive then begin
            let a = fresh inner in
            let t = infer inner (Env.add name { quantified = []; body = a } env) bound in
            unify a t;
            t
          end
          else infer inner env bound
        in
        infer level (Env.add name (generalise level t) env) body
    | Match (subject, cases) ->
        let subject = infer level env subject and result = fresh level in
        List.iter
          (fun (p, e) ->
            let env = pattern level env subject p in
            unify result (infer level env e))
          cases;
        result

  and pattern level env expected = function
    | P_any -> env
    | P_var x -> Env.add x { quantified = []; body = expected } env
    | P_int _ -> unify expected T_int; env
    | P_bool _ -> unify expected T_bool; env
    | P_nil -> unify expected (T_list (fresh level)); env
    | P_cons (a, b) ->
        let t = fresh level in
        unify expected (T_list t);
        pattern level (pattern level env t a) expected b
    | P_pair (a, b) ->
        let l = fresh level and r = fresh level in
        unify expected (T_pair (l, r));
        pattern level (pattern level env l a) r b
end

(* ---- Evaluation ---------------------------------------------------------------------------------------------- *)

module Value = struct
  type t =
    | V_int of int
    | V_bool of bool
    | V_text of string
    | V_list of t list
    | V_pair of t * t
    | V_fun of (t -> t)
    | V_code of code

  and code = { instructions : instruction array; mutable captured : t list }

  and instruction =
    | Push of t
    | Access of int
    | Closure of { recursive : bool; body : instruction array }
    | Call
    | Operate of Syntax.operator
    | Make_pair
    | Branch of instruction array * instruction array
    | Bind
    | Unbind of int
    | Select of (Syntax.pattern * instruction array) list

  exception Match_error
  exception Stuck of string

  let rec print = function
    | V_int n -> string_of_int n
    | V_bool b -> string_of_bool b
    | V_text s -> Printf.sprintf "%S" s
    | V_list l -> "[" ^ String.concat "; " (List.map print l) ^ "]"
    | V_pair (a, b) -> "(" ^ print a ^ ", " ^ print b ^ ")"
    | V_fun _ | V_code _ -> "<fun>"

  let operate (o : Syntax.operator) a b =
    match (o, a, b) with
    | Add, V_int a, V_int b -> V_int (a + b)
    | Sub, V_int a, V_int b -> V_int (a - b)
    | Mul, V_int a, V_int b -> V_int (a * b)
    | Div, V_int a, V_int b -> V_int (a / b)
    | Less, V_int a, V_int b -> V_bool (a < b)
    | Equal, a, b -> V_bool (a = b)
    | Append, V_text a, V_text b -> V_text (a ^ b)
    | Cons, a, V_list l -> V_list (a :: l)
    | o, _, _ -> raise (Stuck (Syntax.operator_name o))

  (* The values bound by a pattern, the last one first. *)
  let rec bind (p : Syntax.pattern) v acc =
    match (p, v) with
    | P_any, _ -> Some acc
    | P_var _, v -> Some (v :: acc)
    | P_int n, V_int m when n = m -> Some acc
    | P_bool b, V_bool c when b = c -> Some acc
    | P_nil, V_list [] -> Some acc
    | P_cons (p, q), V_list (x :: rest) -> Option.bind (bind p x acc) (bind q (V_list rest))
    | P_pair (p, q), V_pair (a, b) -> Option.bind (bind p a acc) (bind q b)
    | _ -> None
end

module Interpreter = struct
  open Syntax
  open Value

  let rec pattern_names acc = function
    | P_var x -> x :: acc
    | P_cons (a, b) | P_pair (a, b) -> pattern_names (pattern_names acc a) b
    | P_any | P_int _ | P_bool _ | P_nil -> acc

  let rec eval env = function
    | Int n -> V_int n
    | Bool b -> V_bool b
    | Text s -> V_text s
    | Nil -> V_list []
    | Var x -> List.assoc x env
    | Pair (a, b) ->
        let a = eval env a in
        V_pair (a, eval env b)
    | Binary (o, a, b) ->
        let a = eval env a in
        operate o a (eval env b)
    | If (c, t, e) -> ( match eval env c with V_bool true -> eval env t | _ -> eval env e)
    | Fun (x, body) -> V_fun (fun v -> eval ((x, v) :: env) body)
    | Apply (f, e) -> ( match eval env f with V_fun f -> f (eval env e) | _ -> raise (Stuck "application"))
    | Let { recursive = false; name; bound; body } -> eval ((name, eval env bound) :: env) body
    | Let { recursive = true; name; bound; body } -> (
        match bound with
        | Fun (x, inner) ->
            let rec f = V_fun (fun v -> eval ((x, v) :: (name, f) :: env) inner) in
            eval ((name, f) :: env) body
        | _ -> raise (Stuck "let rec"))
    | Match (subject, cases) -> select env (eval env subject) cases

  and select env v = function
    | [] -> raise Match_error
    | (p, e) :: rest -> (
        match bind p v [] with
        | Some values -> eval (List.combine (pattern_names [] p) values @ env) e
        | None -> select env v rest)
end

module Machine = struct
  open Syntax
  open Value

  let index x names =
    let rec go i = function
      | [] -> raise (Stuck x)
      | y :: rest -> if x = y then i else go (i + 1) rest
    in
    go 0 names

  let rec compile names = function
    | Int n -> [ Push (V_int n) ]
    | Bool b -> [ Push (V_bool b) ]
    | Text s -> [ Push (V_text s) ]
    | Nil -> [ Push (V_list []) ]
    | Var x -> [ Access (index x names) ]
    | Pair (a, b) -> compile names a @ compile names b @ [ Make_pair ]
    | Binary (o, a, b) -> compile names a @ compile names b @ [ Operate o ]
    | If (c, t, e) -> compile names c @ [ Branch (block names t, block names e) ]
    | Fun (x, body) -> [ Closure { recursive = false; body = block (x :: names) body } ]
    | Apply (f, e) -> compile names f @ compile names e @ [ Call ]
    | Let { recursive = true; name; bound = Fun (x, inner); body } ->
        (Closure { recursive = true; body = block (x :: name :: names) inner } :: Bind :: compile (name :: names) body)
        @ [ Unbind 1 ]
    | Let { name; bound; body; _ } -> compile names bound @ (Bind :: compile (name :: names) body) @ [ Unbind 1 ]
    | Match (subject, cases) ->
        compile names subject
        @ [ Select (List.map (fun (p, e) -> (p, block (Interpreter.pattern_names [] p @ names) e)) cases) ]

  and block names e = Array.of_list (compile names e)

  let rec run code env stack =
    let env = ref env and stack = ref stack in
    let pop () = match !stack with [] -> raise (Stuck "empty stack") | v :: rest -> stack := rest; v in
    let push v = stack := v :: !stack in
    Array.iter
      (fun instruction ->
        match instruction with
        | Push v -> push v
        | Access i -> push (List.nth !env i)
        | Closure { recursive; body } ->
            let c = { instructions = body; captured = !env } in
            if recursive then c.captured <- V_code c :: !env;
            push (V_code c)
        | Call -> (
            let argument = pop () in
            match pop () with
            | V_code { instructions; captured } -> push (run instructions (argument :: captured) [])
            | _ -> raise (Stuck "call"))
        | Operate o ->
            let b = pop () in
            let a = pop () in
            push (operate o a b)
        | Make_pair ->
            let b = pop () in
            let a = pop () in
            push (V_pair (a, b))
        | Branch (t, e) ->
            let chosen = match pop () with V_bool true -> t | _ -> e in
            push (run chosen !env [])
        | Bind -> env := pop () :: !env
        | Unbind n -> for _ = 1 to n do env := List.tl !env done
        | Select cases ->
            let v = pop () in
            let rec go = function
              | [] -> raise Match_error
              | (p, code) :: rest -> (
                  match bind p v [] with Some values -> push (run code (values @ !env) []) | None -> go rest)
            in
            go cases)
      code;
    pop ()
end

(* ---- Programs -------------------------------------------------------------------------------------------------- *)

let programs =
  [
    "1 + 2 * 3 - 4 / 2";
    "let rec fact n = if n < 1 then 1 else n * fact (n - 1) in fact 12";
    "let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2) in fib 17";
    "let id x = x in (id 3, id \"three\")";
    "fun f g x -> f (g x)";
    "let rec map f l = match l with [] -> [] | x :: rest -> f x :: map f rest in map";
    "let rec map f l = match l with [] -> [] | x :: rest -> f x :: map f rest in map (fun x -> x * x) [1; 2; 3; 4]";
    "let rec fold f z l = match l with [] -> z | x :: rest -> f x (fold f z rest) in \
     (fold (fun a b -> a + b) 0 [1;2;3], fold (fun a b -> a ^ b) \"\" [\"x\"; \"y\"])";
    "let rec zip a b = match (a, b) with (x :: xs, y :: ys) -> (x, y) :: zip xs ys | _ -> [] in zip [1; 2; 3] [true; false]";
    "let twice f x = f (f x) in let inc x = x + 1 in twice twice inc 0";
    "let rec upto a b = if b < a then [] else a :: upto (a + 1) b in \
     let rec filter p l = match l with [] -> [] | x :: r -> if p x then x :: filter p r else filter p r in \
     let rec sieve l = match l with [] -> [] | p :: r -> p :: sieve (filter (fun n -> (if n - n / p * p = 0 then false else true)) r) in \
     sieve (upto 2 40)";
    "let y = fun x -> x x in y";
    "if 1 then 2 else 3";
    "let f x = x + 1 in f true";
    "nope 3";
    "match [1] with [] -> 0";
    "1 + ";
    "\"abc";
    "let 3 = 4 in 5";
    "1 / 0";
    "fun x -> (x, fun y -> x :: [y])";
    "match (1, [2; 3]) with (1, 2 :: rest) -> rest | _ -> []";
  ]

let outcome f = match f () with v -> Value.print v | exception Value.Match_error -> "match failure" | exception Division_by_zero -> "division by zero"

let run source =
  match
    let e = Parser.program source in
    (e, Types.infer 0 Types.Env.empty e)
  with
  | exception Parser.Error m -> "syntax error: " ^ m
  | exception Lexer.Error { position; message } -> Printf.sprintf "lexical error at %d: %s" position message
  | exception Types.Clash (a, b) -> Printf.sprintf "type error: %s against %s" (Types.print a) (Types.print b)
  | exception Types.Unbound_name x -> "unbound " ^ x
  | e, t ->
      let direct = outcome (fun () -> Interpreter.eval [] e) in
      let machine = outcome (fun () -> Machine.run (Machine.block [] e) [] []) in
      let agreement = if direct = machine then "" else Printf.sprintf "  (the machine says %s)" machine in
      Printf.sprintf "%s = %s%s" (Types.print t) direct agreement

let () = List.iteri (fun i source -> Printf.printf "%2d. %s\n" (i + 1) (run source)) programs

(* stdout {expected|
 1. int = 5
 2. int = 479001600
 3. int = 1597
 4. int * string = (3, "three")
 5. ('a -> 'b) -> ('c -> 'a) -> 'c -> 'b = <fun>
 6. ('a -> 'b) -> 'a list -> 'b list = <fun>
 7. int list = [1; 4; 9; 16]
 8. int * string = (6, "xy")
 9. (int * bool) list = [(1, true); (2, false)]
10. int = 4
11. int list = [2; 3; 5; 7; 11; 13; 17; 19; 23; 29; 31; 37]
12. type error: 'a against 'a -> 'b
13. type error: bool against int
14. type error: int against bool
15. unbound nope
16. int = match failure
17. syntax error: unexpected end of input
18. lexical error at 0: unterminated string
19. syntax error: expected a name, found 3
20. int = division by zero
21. 'a -> 'a * ('a -> 'a list) = <fun>
22. int list = [3]
|expected} *)
