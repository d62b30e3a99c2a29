(* What ocamllex's scanners need: the buffer, positions, and the automaton.

   The tables are strings of signed 16-bit numbers, low byte first. For a state s and a character c (256 stands for
   the end of the input):

       base.[s] < 0          the action -base.[s]-1 is chosen
       backtrk.[s] >= 0      an action to fall back to
       trans.[base.[s] + c]  the next state, if check.[base.[s] + c] is s; else default.[s]; negative: fall back

   The tables whose names end in _code say likewise at which place of [lex_code] the moves of that step begin: pairs
   of memory cells, of which 255 stands for the current position, up to a 255 in the first place. *)

type position = { pos_fname : string; pos_lnum : int; pos_bol : int; pos_cnum : int }

let dummy_pos = { pos_fname = ""; pos_lnum = 0; pos_bol = 0; pos_cnum = -1 }
let zero_pos = { pos_fname = ""; pos_lnum = 1; pos_bol = 0; pos_cnum = 0 }

type lexbuf = {
  refill_buff : lexbuf -> unit;
  mutable lex_buffer : bytes;
  mutable lex_buffer_len : int;
  mutable lex_abs_pos : int;
  mutable lex_start_pos : int;
  mutable lex_curr_pos : int;
  mutable lex_last_pos : int;
  mutable lex_last_action : int;
  mutable lex_eof_reached : bool;
  mutable lex_mem : int array;
  mutable lex_start_p : position;
  mutable lex_curr_p : position;
}

type lex_tables = {
  lex_base : string;
  lex_backtrk : string;
  lex_default : string;
  lex_trans : string;
  lex_check : string;
  lex_base_code : string;
  lex_backtrk_code : string;
  lex_default_code : string;
  lex_trans_code : string;
  lex_check_code : string;
  lex_code : string;
}

(* The automaton *)

external unsafe_byte : string -> int -> int = "%string_unsafe_get"
external unsafe_bytes_byte : bytes -> int -> int = "%bytes_unsafe_get"

(* ocamllex guarantees that every index lies in its table. *)
let entry table n =
  let low = unsafe_byte table (2 * n) and high = unsafe_byte table ((2 * n) + 1) in
  ((high lxor 128) lsl 8) + low - 32768

let end_of_input = 256
let no_cell = 255

(* Performs the moves at [at]; [current] is what the position cell stands for. *)
let rec move code at mem current =
  let target = unsafe_byte code at in
  if target <> no_cell then begin
    let source = unsafe_byte code (at + 1) in
    mem.(target) <- (if source = no_cell then current else mem.(source));
    move code (at + 2) mem current
  end

let transition trans check default base state c =
  let at = entry base state + c in
  if entry check at = state then entry trans at else entry default state

(* The action chosen; or, when the buffer is used up, the state to go on with after a refill, as -state-1. With
   [memory], marks are kept in the buffer's cells. *)
let rec run tables memory lexbuf state =
  let base = entry tables.lex_base state in
  if base < 0 then begin
    if memory then move tables.lex_code (entry tables.lex_base_code state) lexbuf.lex_mem (-1);
    -base - 1
  end
  else begin
    let fallback = entry tables.lex_backtrk state in
    if fallback >= 0 then begin
      if memory then move tables.lex_code (entry tables.lex_backtrk_code state) lexbuf.lex_mem (-1);
      lexbuf.lex_last_pos <- lexbuf.lex_curr_pos;
      lexbuf.lex_last_action <- fallback
    end;
    let at = lexbuf.lex_curr_pos in
    if at < lexbuf.lex_buffer_len then begin
      lexbuf.lex_curr_pos <- at + 1;
      step tables memory lexbuf state base (unsafe_bytes_byte lexbuf.lex_buffer at)
    end
    else if lexbuf.lex_eof_reached then step tables memory lexbuf state base end_of_input
    else -state - 1
  end

and step tables memory lexbuf state base c =
  let at = base + c in
  let next = if entry tables.lex_check at = state then entry tables.lex_trans at else entry tables.lex_default state in
  if next >= 0 then begin
    if memory then begin
      let { lex_trans_code; lex_check_code; lex_default_code; lex_base_code; _ } = tables in
      let code = transition lex_trans_code lex_check_code lex_default_code lex_base_code state c in
      if code > 0 then move tables.lex_code code lexbuf.lex_mem lexbuf.lex_curr_pos
    end;
    if c = end_of_input then lexbuf.lex_eof_reached <- false;
    run tables memory lexbuf next
  end
  else begin
    lexbuf.lex_curr_pos <- lexbuf.lex_last_pos;
    if lexbuf.lex_last_action = -1 then failwith "lexing: empty token" else lexbuf.lex_last_action
  end

(* A negative state goes on after a refill. *)
let start tables memory state lexbuf =
  let result =
    if state < 0 then run tables memory lexbuf (-state - 1)
    else begin
      lexbuf.lex_start_pos <- lexbuf.lex_curr_pos;
      lexbuf.lex_last_pos <- lexbuf.lex_curr_pos;
      lexbuf.lex_last_action <- -1;
      run tables memory lexbuf state
    end
  in
  if result >= 0 && lexbuf.lex_curr_p != dummy_pos then begin
    lexbuf.lex_start_p <- lexbuf.lex_curr_p;
    lexbuf.lex_curr_p <- { lexbuf.lex_curr_p with pos_cnum = lexbuf.lex_abs_pos + lexbuf.lex_curr_pos }
  end;
  result

let engine tables state lexbuf = start tables false state lexbuf
let new_engine tables state lexbuf = start tables true state lexbuf

(* Buffers *)

(* Makes room for [n] bytes: what was scanned already goes, and if that is not enough the buffer grows. *)
let make_room lexbuf n =
  let kept = lexbuf.lex_buffer_len - lexbuf.lex_start_pos in
  let size = Bytes.length lexbuf.lex_buffer in
  let target =
    if kept + n <= size then lexbuf.lex_buffer
    else begin
      let size = min (2 * size) Sys.max_string_length in
      if kept + n > size then failwith "Lexing.lex_refill: cannot grow buffer";
      Bytes.create size
    end
  in
  let shift = lexbuf.lex_start_pos in
  Bytes.blit lexbuf.lex_buffer shift target 0 kept;
  lexbuf.lex_buffer <- target;
  lexbuf.lex_abs_pos <- lexbuf.lex_abs_pos + shift;
  lexbuf.lex_start_pos <- 0;
  lexbuf.lex_curr_pos <- lexbuf.lex_curr_pos - shift;
  lexbuf.lex_last_pos <- lexbuf.lex_last_pos - shift;
  lexbuf.lex_buffer_len <- kept;
  Array.iteri (fun cell at -> if at >= 0 then lexbuf.lex_mem.(cell) <- at - shift) lexbuf.lex_mem

let refill read chunk lexbuf =
  let n = read chunk (Bytes.length chunk) in
  if n <= 0 then lexbuf.lex_eof_reached <- true
  else begin
    if lexbuf.lex_buffer_len + n > Bytes.length lexbuf.lex_buffer then make_room lexbuf n;
    Bytes.blit chunk 0 lexbuf.lex_buffer lexbuf.lex_buffer_len n;
    lexbuf.lex_buffer_len <- lexbuf.lex_buffer_len + n
  end

let make refill_buff buffer length eof with_positions =
  let position = if with_positions then zero_pos else dummy_pos in
  {
    refill_buff;
    lex_buffer = buffer;
    lex_buffer_len = length;
    lex_abs_pos = 0;
    lex_start_pos = 0;
    lex_curr_pos = 0;
    lex_last_pos = 0;
    lex_last_action = 0;
    lex_eof_reached = eof;
    lex_mem = [||];
    lex_start_p = position;
    lex_curr_p = position;
  }

let from_function ?(with_positions = true) read =
  make (refill read (Bytes.create 512)) (Bytes.create 1024) 0 false with_positions

let from_channel ?with_positions channel =
  from_function ?with_positions (fun chunk n -> input channel chunk 0 n)

let from_string ?(with_positions = true) s =
  make (fun lexbuf -> lexbuf.lex_eof_reached <- true) (Bytes.of_string s) (String.length s) true with_positions

(* Positions *)

let with_positions lexbuf = lexbuf.lex_curr_p != dummy_pos

let set_position lexbuf position =
  lexbuf.lex_curr_p <- { position with pos_fname = lexbuf.lex_curr_p.pos_fname };
  lexbuf.lex_abs_pos <- position.pos_cnum

let set_filename lexbuf pos_fname = lexbuf.lex_curr_p <- { lexbuf.lex_curr_p with pos_fname }

let new_line lexbuf =
  let position = lexbuf.lex_curr_p in
  if position != dummy_pos then
    lexbuf.lex_curr_p <- { position with pos_lnum = position.pos_lnum + 1; pos_bol = position.pos_cnum }

let lexeme_start lexbuf = lexbuf.lex_start_p.pos_cnum
let lexeme_end lexbuf = lexbuf.lex_curr_p.pos_cnum
let lexeme_start_p lexbuf = lexbuf.lex_start_p
let lexeme_end_p lexbuf = lexbuf.lex_curr_p

(* What was matched *)

let sub_lexeme lexbuf start stop = Bytes.sub_string lexbuf.lex_buffer start (stop - start)
let sub_lexeme_opt lexbuf start stop = if start >= 0 then Some (sub_lexeme lexbuf start stop) else None
let sub_lexeme_char lexbuf at = Bytes.get lexbuf.lex_buffer at
let sub_lexeme_char_opt lexbuf at = if at >= 0 then Some (sub_lexeme_char lexbuf at) else None
let lexeme lexbuf = sub_lexeme lexbuf lexbuf.lex_start_pos lexbuf.lex_curr_pos
let lexeme_char lexbuf n = Bytes.get lexbuf.lex_buffer (lexbuf.lex_start_pos + n)

let flush_input lexbuf =
  lexbuf.lex_curr_pos <- 0;
  lexbuf.lex_abs_pos <- 0;
  let position = lexbuf.lex_curr_p in
  if position != dummy_pos then lexbuf.lex_curr_p <- { zero_pos with pos_fname = position.pos_fname };
  lexbuf.lex_buffer_len <- 0
