(* Made into lexer.ml by ocamllex. *)
{
open Parser

exception Error of string

let depth = ref 0
}

let digit = ['0'-'9']
let letter = ['a'-'z' 'A'-'Z' '_']
let blank = [' ' '\t']

rule token = parse
  | blank+ { token lexbuf }
  | '\n' | "\r\n" { Lexing.new_line lexbuf; NEWLINE }
  | digit+ as text { INT (int_of_string text) }
  | digit+ '.' digit* (['e' 'E'] ['+' '-']? digit+)? as text { FLOAT (float_of_string text) }
  | "let" { LET }
  | letter (letter | digit)* as name { NAME name }
  | '"' { let buffer = Buffer.create 16 in text buffer lexbuf; TEXT (Buffer.contents buffer) }
  | "(*" { depth := 0; comment lexbuf; token lexbuf }
  | '#' ([^ '\n']* as rest) { NAME ("#" ^ rest) }
  | '<' (letter+ as first) ('=' (digit+ as second))? '>' {
      NAME (first ^ (match second with None -> "" | Some s -> ":" ^ s)) }
  | '\'' (_ as c) '\'' { INT (Char.code c) }
  | '+' { PLUS }
  | '-' { MINUS }
  | '*' { TIMES }
  | '/' { DIVIDE }
  | '^' { POWER }
  | '=' { EQUAL }
  | ',' { COMMA }
  | '(' { LEFT }
  | ')' { RIGHT }
  | eof { EOF }
  | _ as c { raise (Error (Printf.sprintf "illegal character %C at %d" c (Lexing.lexeme_start lexbuf))) }

and text buffer = parse
  | '"' { () }
  | '\\' ('n' | 't' | '"' | '\\' as c) {
      Buffer.add_char buffer (match c with 'n' -> '\n' | 't' -> '\t' | c -> c);
      text buffer lexbuf }
  | [^ '"' '\\']+ { Buffer.add_string buffer (Lexing.lexeme lexbuf); text buffer lexbuf }
  | eof { raise (Error "unterminated text") }

and comment = parse
  | "(*" { incr depth; comment lexbuf }
  | "*)" { if !depth > 0 then begin decr depth; comment lexbuf end }
  | eof { raise (Error "unterminated comment") }
  | '\n' { Lexing.new_line lexbuf; comment lexbuf }
  | _ { comment lexbuf }

and words = shortest
  | [^ ' ']+ ' ' { let word = Lexing.lexeme lexbuf in word :: words lexbuf }
  | eof { [] }

and pair = parse
  | (letter* as a) ('-' | "--" as dash) (letter+ as b) { Printf.sprintf "%s %s %s" a dash b }
  | ((letter as x) digit | digit (letter as x)) { Printf.sprintf "mixed %c" x }
