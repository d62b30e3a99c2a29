(* Lexing buffers without a generator: positions, refilling from a function, and a parser that reports where. *)

type token = Number of int | Word of string | Symbol of char | End

(* A lexer over the engine's buffer: refills through the function that the buffer was made with. *)
let rec peek (b : Lexing.lexbuf) =
  if b.lex_curr_pos < b.lex_buffer_len then Some (Bytes.get b.lex_buffer b.lex_curr_pos)
  else if b.lex_eof_reached then None
  else begin
    b.refill_buff b;
    peek b
  end

let advance (b : Lexing.lexbuf) = b.lex_curr_pos <- b.lex_curr_pos + 1

let rec take_while p b text =
  match peek b with
  | Some c when p c -> advance b; take_while p b (text ^ String.make 1 c)
  | _ -> text

let start (b : Lexing.lexbuf) =
  b.lex_start_pos <- b.lex_curr_pos;
  b.lex_start_p <- b.lex_curr_p

let finish (b : Lexing.lexbuf) = b.lex_curr_p <- { b.lex_curr_p with pos_cnum = b.lex_abs_pos + b.lex_curr_pos }
let digit c = c >= '0' && c <= '9'
let letter c = (c >= 'a' && c <= 'z') || c = '_'

let rec token b =
  start b;
  match peek b with
  | None -> End
  | Some '\n' -> advance b; finish b; Lexing.new_line b; token b
  | Some ' ' -> advance b; finish b; token b
  | Some c when digit c -> let n = int_of_string (take_while digit b "") in finish b; Number n
  | Some c when letter c -> let w = take_while letter b "" in finish b; Word w
  | Some c -> advance b; finish b; Symbol c

let show = function Number n -> string_of_int n | Word w -> w | Symbol c -> String.make 1 c | End -> "end"

let place (p : Lexing.position) = Printf.sprintf "%s:%d:%d" p.pos_fname p.pos_lnum (p.pos_cnum - p.pos_bol)

let rec all b =
  match token b with
  | End -> Printf.printf "end at %s\n" (place b.lex_curr_p)
  | t -> Printf.printf "%s@%s-%d " (show t) (place (Lexing.lexeme_start_p b)) (Lexing.lexeme_end b); all b

let () =
  let b = Lexing.from_string "x1 = 20 +\n  foo;\n" in
  Lexing.set_filename b "input";
  all b;
  (* Two characters at a time. *)
  let text = "slow input 12345" and sent = ref 0 in
  let refill buffer n =
    let k = min (min 2 n) (String.length text - !sent) in
    Bytes.blit_string text !sent buffer 0 k;
    sent := !sent + k;
    k
  in
  let b = Lexing.from_function refill in
  all b;
  Printf.printf "%d\n" !sent;
  let b = Lexing.from_string ~with_positions:false "a b" in
  ignore (token b);
  Printf.printf "%b %d %s\n" (Lexing.with_positions b) b.lex_curr_pos (place Lexing.dummy_pos);
  Lexing.flush_input b;
  Printf.printf "%d\n" b.lex_curr_pos

(* stdout {expected|
x@input:1:0-1 1@input:1:1-2 =@input:1:3-4 20@input:1:5-7 +@input:1:8-9 foo@input:2:2-15 ;@input:2:5-16 end at input:3:0
slow@:1:0-4 input@:1:5-10 12345@:1:11-16 end at :1:16
16
true 1 :0:-1
0
|expected} *)
