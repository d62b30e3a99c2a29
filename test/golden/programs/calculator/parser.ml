type token =
  | INT of (int)
  | FLOAT of (float)
  | NAME of (string)
  | TEXT of (string)
  | PLUS
  | MINUS
  | TIMES
  | DIVIDE
  | POWER
  | EQUAL
  | COMMA
  | LEFT
  | RIGHT
  | LET
  | NEWLINE
  | EOF

open Parsing;;
let _ = parse_error;;
# 3 "parser.mly"
let lookup name =
  match Hashtbl.find_opt Variables.table name with Some value -> value | None -> failwith ("no variable " ^ name)

let range what =
  let start = Parsing.symbol_start_pos () and stop = Parsing.symbol_end_pos () in
  Printf.printf "[%s %d:%d-%d:%d]" what start.Lexing.pos_lnum
    (start.Lexing.pos_cnum - start.Lexing.pos_bol)
    stop.Lexing.pos_lnum
    (stop.Lexing.pos_cnum - stop.Lexing.pos_bol)

let apply name arguments =
  match name, arguments with
  | "max", first :: rest -> List.fold_left max first rest
  | "sum", arguments -> List.fold_left ( +. ) 0. arguments
  | _ ->
      if name = "fail" then raise Parsing.Parse_error;
      failwith ("no function " ^ name)
# 40 "parser.ml"
let yytransl_const = [|
  261 (* PLUS *);
  262 (* MINUS *);
  263 (* TIMES *);
  264 (* DIVIDE *);
  265 (* POWER *);
  266 (* EQUAL *);
  267 (* COMMA *);
  268 (* LEFT *);
  269 (* RIGHT *);
  270 (* LET *);
  271 (* NEWLINE *);
    0 (* EOF *);
    0|]

let yytransl_block = [|
  257 (* INT *);
  258 (* FLOAT *);
  259 (* NAME *);
  260 (* TEXT *);
    0|]

let yylhs = "\255\255\
\001\000\003\000\003\000\004\000\004\000\004\000\004\000\004\000\
\005\000\005\000\005\000\005\000\005\000\005\000\005\000\005\000\
\005\000\005\000\005\000\006\000\006\000\006\000\002\000\000\000\
\000\000"

let yylen = "\002\000\
\002\000\000\000\002\000\001\000\002\000\002\000\005\000\002\000\
\001\000\001\000\001\000\004\000\003\000\003\000\003\000\003\000\
\003\000\002\000\003\000\000\000\001\000\003\000\002\000\002\000\
\002\000"

let yydefred = "\000\000\
\002\000\000\000\000\000\024\000\000\000\009\000\010\000\000\000\
\000\000\000\000\025\000\000\000\000\000\000\000\000\000\004\000\
\001\000\003\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\023\000\008\000\006\000\000\000\005\000\
\000\000\000\000\019\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\012\000\000\000\000\000\007\000"

let yydgoto = "\003\000\
\004\000\011\000\005\000\018\000\012\000\034\000"

let yysindex = "\008\000\
\000\000\005\255\000\000\000\000\001\000\000\000\000\000\246\254\
\005\255\005\255\000\000\003\000\254\254\009\255\030\255\000\000\
\000\000\000\000\020\255\005\255\034\255\044\255\005\255\005\255\
\005\255\005\255\005\255\000\000\000\000\000\000\036\255\000\000\
\053\255\003\255\000\000\023\255\023\255\034\255\034\255\034\255\
\005\255\005\255\000\000\033\255\053\255\000\000"

let yyrindex = "\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\012\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\052\255\023\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\055\255\000\000\000\000\067\000\070\000\034\000\045\000\056\000\
\000\000\000\000\000\000\000\000\058\255\000\000"

let yygindex = "\000\000\
\000\000\000\000\000\000\000\000\251\255\000\000"

let yytablesize = 341
let yytable = "\019\000\
\017\000\020\000\028\000\021\000\022\000\006\000\007\000\008\000\
\001\000\002\000\009\000\011\000\029\000\042\000\033\000\043\000\
\010\000\036\000\037\000\038\000\039\000\040\000\018\000\030\000\
\023\000\024\000\025\000\026\000\027\000\025\000\026\000\027\000\
\031\000\015\000\032\000\044\000\045\000\023\000\024\000\025\000\
\026\000\027\000\027\000\000\000\016\000\041\000\000\000\046\000\
\023\000\024\000\025\000\026\000\027\000\000\000\000\000\017\000\
\035\000\023\000\024\000\025\000\026\000\027\000\020\000\000\000\
\020\000\021\000\013\000\021\000\022\000\014\000\022\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\
\013\000\006\000\007\000\008\000\014\000\000\000\009\000\023\000\
\024\000\025\000\026\000\027\000\010\000\000\000\015\000\016\000\
\011\000\011\000\011\000\011\000\011\000\000\000\011\000\000\000\
\011\000\000\000\011\000\018\000\018\000\018\000\018\000\000\000\
\000\000\018\000\000\000\018\000\000\000\018\000\015\000\015\000\
\015\000\015\000\000\000\000\000\015\000\000\000\015\000\000\000\
\015\000\016\000\016\000\016\000\016\000\000\000\000\000\016\000\
\000\000\016\000\000\000\016\000\017\000\017\000\017\000\017\000\
\000\000\000\000\017\000\000\000\017\000\000\000\017\000\013\000\
\013\000\000\000\014\000\014\000\000\000\013\000\000\000\013\000\
\014\000\013\000\014\000\000\000\014\000"

let yycheck = "\005\000\
\000\000\012\001\000\000\009\000\010\000\001\001\002\001\003\001\
\001\000\002\000\006\001\000\000\015\001\011\001\020\000\013\001\
\012\001\023\000\024\000\025\000\026\000\027\000\000\000\015\001\
\005\001\006\001\007\001\008\001\009\001\007\001\008\001\009\001\
\003\001\000\000\015\001\041\000\042\000\005\001\006\001\007\001\
\008\001\009\001\009\001\255\255\000\000\010\001\255\255\015\001\
\005\001\006\001\007\001\008\001\009\001\255\255\255\255\000\000\
\013\001\005\001\006\001\007\001\008\001\009\001\011\001\255\255\
\013\001\011\001\000\000\013\001\011\001\000\000\013\001\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\255\
\000\001\001\001\002\001\003\001\004\001\255\255\006\001\005\001\
\006\001\007\001\008\001\009\001\012\001\255\255\014\001\015\001\
\005\001\006\001\007\001\008\001\009\001\255\255\011\001\255\255\
\013\001\255\255\015\001\005\001\006\001\007\001\008\001\255\255\
\255\255\011\001\255\255\013\001\255\255\015\001\005\001\006\001\
\007\001\008\001\255\255\255\255\011\001\255\255\013\001\255\255\
\015\001\005\001\006\001\007\001\008\001\255\255\255\255\011\001\
\255\255\013\001\255\255\015\001\005\001\006\001\007\001\008\001\
\255\255\255\255\011\001\255\255\013\001\255\255\015\001\005\001\
\006\001\255\255\005\001\006\001\255\255\011\001\255\255\013\001\
\011\001\015\001\013\001\255\255\015\001"

let yynames_const = "\
  PLUS\000\
  MINUS\000\
  TIMES\000\
  DIVIDE\000\
  POWER\000\
  EQUAL\000\
  COMMA\000\
  LEFT\000\
  RIGHT\000\
  LET\000\
  NEWLINE\000\
  EOF\000\
  "

let yynames_block = "\
  INT\000\
  FLOAT\000\
  NAME\000\
  TEXT\000\
  "

let yyact = [|
  (fun _ -> failwith "parser")
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 1 : 'lines) in
    Obj.repr(
# 37 "parser.mly"
              ( _1 )
# 225 "parser.ml"
               : int))
; (fun __caml_parser_env ->
    Obj.repr(
# 40 "parser.mly"
                  ( 0 )
# 231 "parser.ml"
               : 'lines))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 1 : 'lines) in
    let _2 = (Parsing.peek_val __caml_parser_env 0 : 'line) in
    Obj.repr(
# 41 "parser.mly"
               ( _1 + _2 )
# 239 "parser.ml"
               : 'lines))
; (fun __caml_parser_env ->
    Obj.repr(
# 44 "parser.mly"
            ( 0 )
# 245 "parser.ml"
               : 'line))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 1 : 'expression) in
    Obj.repr(
# 45 "parser.mly"
                       ( Printf.printf "= %g\n" _1; 1 )
# 252 "parser.ml"
               : 'line))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 1 : string) in
    Obj.repr(
# 46 "parser.mly"
                 ( Printf.printf "%s\n" _1; 1 )
# 259 "parser.ml"
               : 'line))
; (fun __caml_parser_env ->
    let _2 = (Parsing.peek_val __caml_parser_env 3 : string) in
    let _4 = (Parsing.peek_val __caml_parser_env 1 : 'expression) in
    Obj.repr(
# 47 "parser.mly"
                                      ( Hashtbl.replace Variables.table _2 _4; 1 )
# 267 "parser.ml"
               : 'line))
; (fun __caml_parser_env ->
    Obj.repr(
# 48 "parser.mly"
                  ( Printf.printf "error in line %d\n" (Parsing.rhs_start_pos 2).Lexing.pos_lnum; 1 )
# 273 "parser.ml"
               : 'line))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 0 : int) in
    Obj.repr(
# 51 "parser.mly"
        ( float_of_int _1 )
# 280 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 0 : float) in
    Obj.repr(
# 52 "parser.mly"
          ( _1 )
# 287 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 0 : string) in
    Obj.repr(
# 53 "parser.mly"
         ( lookup _1 )
# 294 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 3 : string) in
    let _3 = (Parsing.peek_val __caml_parser_env 1 : 'arguments) in
    Obj.repr(
# 54 "parser.mly"
                              ( range _1; apply _1 (List.rev _3) )
# 302 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 2 : 'expression) in
    let _3 = (Parsing.peek_val __caml_parser_env 0 : 'expression) in
    Obj.repr(
# 55 "parser.mly"
                               ( range "+"; _1 +. _3 )
# 310 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 2 : 'expression) in
    let _3 = (Parsing.peek_val __caml_parser_env 0 : 'expression) in
    Obj.repr(
# 56 "parser.mly"
                                ( _1 -. _3 )
# 318 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 2 : 'expression) in
    let _3 = (Parsing.peek_val __caml_parser_env 0 : 'expression) in
    Obj.repr(
# 57 "parser.mly"
                                ( range "*"; _1 *. _3 )
# 326 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 2 : 'expression) in
    let _3 = (Parsing.peek_val __caml_parser_env 0 : 'expression) in
    Obj.repr(
# 58 "parser.mly"
                                 ( _1 /. _3 )
# 334 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 2 : 'expression) in
    let _3 = (Parsing.peek_val __caml_parser_env 0 : 'expression) in
    Obj.repr(
# 59 "parser.mly"
                                ( _1 ** _3 )
# 342 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _2 = (Parsing.peek_val __caml_parser_env 0 : 'expression) in
    Obj.repr(
# 60 "parser.mly"
                                    ( -. _2 )
# 349 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    let _2 = (Parsing.peek_val __caml_parser_env 1 : 'expression) in
    Obj.repr(
# 61 "parser.mly"
                          ( Printf.printf "(%d,%d)" (Parsing.rhs_start 1) (Parsing.rhs_end 3); _2 )
# 356 "parser.ml"
               : 'expression))
; (fun __caml_parser_env ->
    Obj.repr(
# 64 "parser.mly"
                  ( [] )
# 362 "parser.ml"
               : 'arguments))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 0 : 'expression) in
    Obj.repr(
# 65 "parser.mly"
               ( [ _1 ] )
# 369 "parser.ml"
               : 'arguments))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 2 : 'arguments) in
    let _3 = (Parsing.peek_val __caml_parser_env 0 : 'expression) in
    Obj.repr(
# 66 "parser.mly"
                               ( _3 :: _1 )
# 377 "parser.ml"
               : 'arguments))
; (fun __caml_parser_env ->
    let _1 = (Parsing.peek_val __caml_parser_env 1 : 'expression) in
    Obj.repr(
# 69 "parser.mly"
                   ( _1 )
# 384 "parser.ml"
               : float))
(* Entry program *)
; (fun __caml_parser_env -> raise (Parsing.YYexit (Parsing.peek_val __caml_parser_env 0)))
(* Entry expression_only *)
; (fun __caml_parser_env -> raise (Parsing.YYexit (Parsing.peek_val __caml_parser_env 0)))
|]
let yytables =
  { Parsing.actions=yyact;
    Parsing.transl_const=yytransl_const;
    Parsing.transl_block=yytransl_block;
    Parsing.lhs=yylhs;
    Parsing.len=yylen;
    Parsing.defred=yydefred;
    Parsing.dgoto=yydgoto;
    Parsing.sindex=yysindex;
    Parsing.rindex=yyrindex;
    Parsing.gindex=yygindex;
    Parsing.tablesize=yytablesize;
    Parsing.table=yytable;
    Parsing.check=yycheck;
    Parsing.error_function=parse_error;
    Parsing.names_const=yynames_const;
    Parsing.names_block=yynames_block }
let program (lexfun : Lexing.lexbuf -> token) (lexbuf : Lexing.lexbuf) =
   (Parsing.yyparse yytables 1 lexfun lexbuf : int)
let expression_only (lexfun : Lexing.lexbuf -> token) (lexbuf : Lexing.lexbuf) =
   (Parsing.yyparse yytables 2 lexfun lexbuf : float)
