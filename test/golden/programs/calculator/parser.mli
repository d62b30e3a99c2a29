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

val program :
  (Lexing.lexbuf  -> token) -> Lexing.lexbuf -> int
val expression_only :
  (Lexing.lexbuf  -> token) -> Lexing.lexbuf -> float
