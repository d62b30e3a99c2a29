/* Made into parser.ml and parser.mli by ocamlyacc. */
%{
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
%}

%token <int> INT
%token <float> FLOAT
%token <string> NAME TEXT
%token PLUS MINUS TIMES DIVIDE POWER EQUAL COMMA LEFT RIGHT LET NEWLINE EOF
%left PLUS MINUS
%left TIMES DIVIDE
%nonassoc NEGATION
%right POWER
%start program
%type <int> program
%start expression_only
%type <float> expression_only
%%

program:
    lines EOF { $1 }
;
lines:
    /* nothing */ { 0 }
  | lines line { $1 + $2 }
;
line:
    NEWLINE { 0 }
  | expression NEWLINE { Printf.printf "= %g\n" $1; 1 }
  | TEXT NEWLINE { Printf.printf "%s\n" $1; 1 }
  | LET NAME EQUAL expression NEWLINE { Hashtbl.replace Variables.table $2 $4; 1 }
  | error NEWLINE { Printf.printf "error in line %d\n" (Parsing.rhs_start_pos 2).Lexing.pos_lnum; 1 }
;
expression:
    INT { float_of_int $1 }
  | FLOAT { $1 }
  | NAME { lookup $1 }
  | NAME LEFT arguments RIGHT { range $1; apply $1 (List.rev $3) }
  | expression PLUS expression { range "+"; $1 +. $3 }
  | expression MINUS expression { $1 -. $3 }
  | expression TIMES expression { range "*"; $1 *. $3 }
  | expression DIVIDE expression { $1 /. $3 }
  | expression POWER expression { $1 ** $3 }
  | MINUS expression %prec NEGATION { -. $2 }
  | LEFT expression RIGHT { Printf.printf "(%d,%d)" (Parsing.rhs_start 1) (Parsing.rhs_end 3); $2 }
;
arguments:
    /* nothing */ { [] }
  | expression { [ $1 ] }
  | arguments COMMA expression { $3 :: $1 }
;
expression_only:
    expression EOF { $1 }
;
