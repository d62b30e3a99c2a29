(* What ocamlyacc's parsers need: the pushdown automaton.

   The tables are strings of signed 16-bit numbers, low byte first. [table] and [check] hold the rows of a sparse matrix on
   top of each other: a row that begins at b has an entry for column c when check.[b + c] is c. Rows are

       sindex.[state]    of tokens: the state to shift to
       rindex.[state]    of tokens: the rule to reduce by
       gindex.[symbol]   of states: the state to go to after a reduction; dgoto.[symbol] when there is no entry

   defred.[state] is the rule to reduce by whatever comes next, or 0; len.[rule] and lhs.[rule] say what a rule
   takes from the stack and what symbol it leaves. *)

open Lexing

(* The stacks: states, the symbols' values and where they begin and end in the input. A reduction leaves at [sp] the entry of
   the first symbol that it takes; [asp] is where the stack ended before, and semantic actions count from there. *)
type parser_env = {
  mutable s_stack : int array;
  mutable v_stack : Obj.t array;
  mutable symb_start_stack : position array;
  mutable symb_end_stack : position array;
  mutable stacksize : int;
  mutable stackbase : int;
  mutable curr_char : int;
  mutable lval : Obj.t;
  mutable symb_start : position;
  mutable symb_end : position;
  mutable asp : int;
  mutable rule_len : int;
  mutable sp : int;
  mutable state : int;
  mutable errflag : int;
}

type parse_tables = {
  actions : (parser_env -> Obj.t) array;
  transl_const : int array;
  transl_block : int array;
  lhs : string;
  len : string;
  defred : string;
  dgoto : string;
  sindex : string;
  rindex : string;
  gindex : string;
  tablesize : int;
  table : string;
  check : string;
  error_function : string -> unit;
  names_const : string;
  names_block : string;
}

exception YYexit of Obj.t
exception Parse_error

let unit_value = Obj.repr ()
let initial_size = 100

(* All parsers use the same stacks; one that runs inside another begins above it. *)
let env =
  {
    s_stack = Array.make initial_size 0;
    v_stack = Array.make initial_size unit_value;
    symb_start_stack = Array.make initial_size dummy_pos;
    symb_end_stack = Array.make initial_size dummy_pos;
    stacksize = initial_size;
    stackbase = 0;
    curr_char = 0;
    lval = unit_value;
    symb_start = dummy_pos;
    symb_end = dummy_pos;
    asp = 0;
    rule_len = 0;
    sp = 0;
    state = 0;
    errflag = 0;
  }

let grow_stacks () =
  let old = env.stacksize in
  let grow stack filler = Array.append stack (Array.make old filler) in
  env.s_stack <- grow env.s_stack 0;
  env.v_stack <- grow env.v_stack unit_value;
  env.symb_start_stack <- grow env.symb_start_stack dummy_pos;
  env.symb_end_stack <- grow env.symb_end_stack dummy_pos;
  env.stacksize <- 2 * old

let clear_parser () =
  Array.fill env.v_stack 0 env.stacksize unit_value;
  env.lval <- unit_value

(* Tables *)

external unsafe_byte : string -> int -> int = "%string_unsafe_get"

(* ocamlyacc guarantees that every index lies in its table. *)
let entry table n =
  let low = unsafe_byte table (2 * n) and high = unsafe_byte table ((2 * n) + 1) in
  ((high lxor 128) lsl 8) + low - 32768

(* Where the row that begins at [base] has its entry for [column]; -1 when it has none. *)
let place tables base column =
  let at = base + column in
  if base <> 0 && at >= 0 && at <= tables.tablesize && entry tables.check at = column then at else -1

(* The trace *)

external format_float : string -> float -> string = "caml_format_float"

let tracing = ref false

let set_trace on =
  let before = !tracing in
  tracing := on;
  before

let trace words =
  if !tracing then prerr_endline (String.concat "" (words ()))

(* Names end with a zero byte each. *)
let name_of names n = match List.nth_opt (String.split_on_char '\000' names) n with Some s -> s | None -> "<unknown token>"

let string_of_value v =
  if Obj.is_int v then string_of_int (Obj.obj v)
  else if Obj.tag v = Obj.string_tag then (Obj.obj v : string)
  else if Obj.tag v = Obj.double_tag then format_float "%g" (Obj.obj v)
  else "_"

let describe_token tables token =
  if Obj.is_int token then name_of tables.names_const (Obj.obj token)
  else name_of tables.names_block (Obj.tag token) ^ "(" ^ string_of_value (Obj.field token 0) ^ ")"

let state_name () = "State " ^ string_of_int env.state

(* The automaton *)

let error_symbol = 256
let no_token = -1
let end_token = 0

let push () =
  let sp = env.sp in
  env.s_stack.(sp) <- env.state;
  env.v_stack.(sp) <- env.lval;
  env.symb_start_stack.(sp) <- env.symb_start;
  env.symb_end_stack.(sp) <- env.symb_end

let set_token tables token =
  if Obj.is_int token then begin
    env.curr_char <- tables.transl_const.((Obj.obj token : int));
    env.lval <- unit_value
  end
  else begin
    env.curr_char <- tables.transl_block.(Obj.tag token);
    env.lval <- Obj.field token 0
  end

let rec run tables next_token =
  let rule = entry tables.defred env.state in
  if rule <> 0 then reduce tables next_token rule
  else begin
    if env.curr_char < 0 then next_token ();
    let column = env.curr_char in
    let shifted = place tables (entry tables.sindex env.state) column in
    if shifted >= 0 then begin
      env.curr_char <- no_token;
      if env.errflag > 0 then env.errflag <- env.errflag - 1;
      shift tables next_token shifted
    end
    else
      let reduced = place tables (entry tables.rindex env.state) column in
      if reduced >= 0 then reduce tables next_token (entry tables.table reduced)
      else begin
        if env.errflag = 0 then tables.error_function "syntax error";
        recover tables next_token
      end
  end

and shift tables next_token at =
  let target = entry tables.table at in
  trace (fun () -> [ state_name (); ": shift to state "; string_of_int target ]);
  env.state <- target;
  env.sp <- env.sp + 1;
  if env.sp >= env.stacksize then grow_stacks ();
  push ();
  run tables next_token

and reduce tables next_token rule =
  trace (fun () -> [ state_name (); ": reduce by rule "; string_of_int rule ]);
  let length = entry tables.len rule in
  env.asp <- env.sp;
  env.rule_len <- length;
  env.sp <- env.sp - length + 1;
  let symbol = entry tables.lhs rule in
  let at = place tables (entry tables.gindex symbol) env.s_stack.(env.sp - 1) in
  env.state <- (if at >= 0 then entry tables.table at else entry tables.dgoto symbol);
  if env.sp >= env.stacksize then grow_stacks ();
  match tables.actions.(rule) env with
  | value ->
      let sp = env.sp in
      env.s_stack.(sp) <- env.state;
      env.v_stack.(sp) <- value;
      env.symb_end_stack.(sp) <- env.symb_end_stack.(env.asp);
      (* An empty symbol begins where it ends. *)
      if sp > env.asp then env.symb_start_stack.(sp) <- env.symb_end_stack.(env.asp);
      run tables next_token
  | exception Parse_error -> recover tables next_token

(* Goes back to a state that can shift the error symbol; soon after such a shift, drops the token instead. *)
and recover tables next_token =
  if env.errflag < 3 then begin
    env.errflag <- 3;
    discard_states tables next_token
  end
  else if env.curr_char = end_token then raise Parse_error
  else begin
    trace (fun () -> [ "Discarding last token read" ]);
    env.curr_char <- no_token;
    run tables next_token
  end

and discard_states tables next_token =
  let state = env.s_stack.(env.sp) in
  let at = place tables (entry tables.sindex state) error_symbol in
  if at >= 0 then begin
    trace (fun () -> [ "Recovering in state "; string_of_int state ]);
    shift tables next_token at
  end
  else begin
    trace (fun () -> [ "Discarding state "; string_of_int state ]);
    if env.sp <= env.stackbase then begin
      trace (fun () -> [ "No more states to discard" ]);
      raise Parse_error
    end;
    env.sp <- env.sp - 1;
    discard_states tables next_token
  end

(* Parsers *)

let current_lookahead = ref (fun (_ : Obj.t) -> false)
let is_current_lookahead token = !current_lookahead (Obj.repr token)

let lookahead_test tables curr_char token =
  curr_char = if Obj.is_int token then tables.transl_const.((Obj.obj token : int)) else tables.transl_block.(Obj.tag token)

(* The parser around this one goes on where it was. *)
let saved_state () =
  let { asp; sp; stackbase; state; curr_char; lval; errflag; _ } = env in
  fun () ->
    env.asp <- asp;
    env.sp <- sp;
    env.stackbase <- stackbase;
    env.state <- state;
    env.curr_char <- curr_char;
    env.lval <- lval;
    env.errflag <- errflag

let yyparse tables start lexer lexbuf =
  let next_token () =
    let token = Obj.repr (lexer lexbuf) in
    env.symb_start <- lexbuf.lex_start_p;
    env.symb_end <- lexbuf.lex_curr_p;
    set_token tables token;
    trace (fun () -> [ state_name (); ": read token "; describe_token tables token ])
  in
  let restore = saved_state () in
  env.stackbase <- env.sp + 1;
  env.curr_char <- start;
  env.symb_end <- lexbuf.lex_curr_p;
  env.state <- 0;
  env.errflag <- 0;
  match run tables next_token with
  | () -> assert false
  | exception e -> (
      let curr_char = env.curr_char in
      restore ();
      match e with
      | YYexit v -> Obj.obj v
      | e ->
          current_lookahead := lookahead_test tables curr_char;
          raise e)

(* For semantic actions *)

let peek_val env n = Obj.obj env.v_stack.(env.asp - n)

(* The first symbol of the rule that is not empty begins there. *)
let symbol_start_pos () =
  let rec from i =
    if i <= 0 then env.symb_end_stack.(env.asp)
    else
      let at = env.asp - i + 1 in
      let start = env.symb_start_stack.(at) in
      if start <> env.symb_end_stack.(at) then start else from (i - 1)
  in
  from env.rule_len

let symbol_end_pos () = env.symb_end_stack.(env.asp)
let rhs_start_pos n = env.symb_start_stack.(env.asp - (env.rule_len - n))
let rhs_end_pos n = env.symb_end_stack.(env.asp - (env.rule_len - n))
let symbol_start () = (symbol_start_pos ()).pos_cnum
let symbol_end () = (symbol_end_pos ()).pos_cnum
let rhs_start n = (rhs_start_pos n).pos_cnum
let rhs_end n = (rhs_end_pos n).pos_cnum
let parse_error (_ : string) = ()
