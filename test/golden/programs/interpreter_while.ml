(* A small imperative language: lexer, recursive descent parser, evaluator. *)
type token = Num of int | Id of string | Kw of string | Op of string | Eof

type expr = Const of int | Var of string | Bin of string * expr * expr | Call of string * expr list
type stmt = Assign of string * expr | Print of expr | While of expr * stmt list | If of expr * stmt list * stmt list | Def of string * string list * stmt list | Return of expr

let keywords = [ "while"; "do"; "end"; "if"; "then"; "else"; "print"; "def"; "return" ]

let lex s =
  let n = String.length s in
  let rec span p i = if i < n && p s.[i] then span p (i + 1) else i in
  let rec go i acc =
    if i >= n then List.rev (Eof :: acc)
    else
      match s.[i] with
      | ' ' | '\n' -> go (i + 1) acc
      | '0' .. '9' -> let j = span (function '0' .. '9' -> true | _ -> false) i in go j (Num (int_of_string (String.sub s i (j - i))) :: acc)
      | 'a' .. 'z' ->
          let j = span (function 'a' .. 'z' | '0' .. '9' -> true | _ -> false) i in
          let w = String.sub s i (j - i) in
          go j ((if List.mem w keywords then Kw w else Id w) :: acc)
      | ('<' | '=' | '>' | '!') when i + 1 < n && s.[i + 1] = '=' -> go (i + 2) (Op (String.sub s i 2) :: acc)
      | c -> go (i + 1) (Op (String.make 1 c) :: acc)
  in
  go 0 []

let parse tokens =
  let rest = ref tokens in
  let peek () = List.hd !rest in
  let next () = let t = peek () in rest := List.tl !rest; t in
  let expect t = if next () <> t then failwith "syntax error" in
  let rec binary ops sub =
    let rec more l = match peek () with Op o when List.mem o ops -> ignore (next ()); more (Bin (o, l, sub ())) | _ -> l in
    more (sub ())
  and expr () = binary [ "<"; ">"; "<="; ">="; "=="; "!=" ] sum
  and sum () = binary [ "+"; "-" ] product
  and product () = binary [ "*"; "/"; "%" ] atom
  and atom () =
    match next () with
    | Num n -> Const n
    | Id f when peek () = Op "(" -> ignore (next ()); Call (f, args [])
    | Id v -> Var v
    | Op "(" -> let e = expr () in expect (Op ")"); e
    | _ -> failwith "syntax error"
  and args acc =
    match peek () with
    | Op ")" -> ignore (next ()); List.rev acc
    | Op "," -> ignore (next ()); args acc
    | _ -> args (expr () :: acc)
  in
  let rec block stops = if List.mem (peek ()) stops then [] else let s = stmt () in s :: block stops
  and stmt () =
    match next () with
    | Kw "print" -> Print (expr ())
    | Kw "return" -> Return (expr ())
    | Kw "while" -> let c = expr () in expect (Kw "do"); let b = block [ Kw "end" ] in expect (Kw "end"); While (c, b)
    | Kw "if" ->
        let c = expr () in
        expect (Kw "then");
        let a = block [ Kw "else"; Kw "end" ] in
        let b = if peek () = Kw "else" then (ignore (next ()); block [ Kw "end" ]) else [] in
        expect (Kw "end");
        If (c, a, b)
    | Kw "def" -> (match expr () with
        | Call (f, ps) -> let b = block [ Kw "end" ] in expect (Kw "end"); Def (f, List.map (function Var v -> v | _ -> failwith "parameter") ps, b)
        | _ -> failwith "definition")
    | Id v -> expect (Op "="); Assign (v, expr ())
    | _ -> failwith "syntax error"
  in
  block [ Eof ]

exception Returned of int

let functions : (string, string list * stmt list) Hashtbl.t = Hashtbl.create 16

let rec eval env = function
  | Const n -> n
  | Var v -> (try Hashtbl.find env v with Not_found -> failwith ("unbound " ^ v))
  | Bin (o, a, b) -> (
      let a = eval env a in
      let b = eval env b in
      let bool c = if c then 1 else 0 in
      match o with
      | "+" -> a + b | "-" -> a - b | "*" -> a * b | "/" -> a / b | "%" -> a mod b
      | "<" -> bool (a < b) | ">" -> bool (a > b) | "<=" -> bool (a <= b) | ">=" -> bool (a >= b) | "==" -> bool (a = b) | "!=" -> bool (a <> b)
      | _ -> assert false)
  | Call (f, args) ->
      let params, body = try Hashtbl.find functions f with Not_found -> failwith ("no function " ^ f) in
      let local = Hashtbl.create 8 in
      List.iter2 (fun p a -> Hashtbl.replace local p (eval env a)) params args;
      (try exec local body; 0 with Returned v -> v)

and exec env stmts = List.iter (step env) stmts

and step env = function
  | Assign (v, e) -> Hashtbl.replace env v (eval env e)
  | Print e -> Printf.printf "%d\n" (eval env e)
  | While (c, b) -> while eval env c <> 0 do exec env b done
  | If (c, a, b) -> exec env (if eval env c <> 0 then a else b)
  | Def (f, ps, b) -> Hashtbl.replace functions f (ps, b)
  | Return e -> raise (Returned (eval env e))

let run s = try exec (Hashtbl.create 8) (parse (lex s)) with Failure m -> print_endline ("error: " ^ m) | Division_by_zero -> print_endline "error: division by zero"

let () =
  run "def fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end print fib(20)";
  run "def gcd(a, b) while b != 0 do t = a % b a = b b = t end return a end print gcd(1071, 462)";
  run "n = 0 i = 0 while i < 100000 do n = n + i * i % 7 i = i + 1 end print n";
  run "print (1 + 2) * 3 - 10 / 2 print 1 < 2 print 7 == 8";
  run "print x";
  run "print 1 / 0";
  run "if 1 then print";
  run "def f(x) end print f(1) print g(2)"

(* stdout {expected|
6765
21
199999
4
1
0
error: unbound x
error: division by zero
error: syntax error
0
error: no function g
|expected} *)
