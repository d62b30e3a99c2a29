(* The pretty-printer: Oppen's algorithm, with OCaml's boxes.

   What is printed becomes tokens in a queue. A token that opens a box or hints at a break can only be put out when it
   is known how much text follows it up to the next place where a line may be split; until then its size in the
   queue is negative, and the tokens after it wait. The wait ends when more is pending than fits on the line: the
   size then counts as infinite.

       scan stack    numbers of the tokens whose size is unknown; an opening below, the last break of its box above
       queue         tokens first .. next-1, each with its size and the columns that it takes when no line is split
       boxes         open boxes that were put out: how their breaks act, and where their lines begin

   [left_total] and [right_total] count the columns up to the queue's first token and up to its end. A token's size is
   stored as [-right_total] when the token comes and completed by adding the later [right_total].

   A token is known by its number, counted from the last reset; it lies at that number modulo the size of the ring. *)

open CamlinternalFormatBasics
open CamlinternalFormat

type stag = ..
type tag = string
type stag += String_tag of tag

(* Size of a margin without end, and of what does not fit. *)
let pp_infinity = 1_000_000_010

(* The columns, rightmost last, at which a tabulation box has markers. *)
type tabs = { mutable columns : int list }

(* What is put out when the line is not split, and when it is: [before], blanks or an indentation, [after]. *)
type break = {
  fit_before : string;
  fit_blanks : int;
  fit_after : string;
  split_before : string;
  split_offset : int;
  split_after : string;
}

type token =
  | Text of string
  | Break of break
  | Tab_break of { blanks : int; offset : int }
  | Set_tab
  | Open_box of { kind : block_type; offset : int }
  | Close_box
  | Open_tabs of tabs
  | Close_tabs
  | Newline
  | If_newline
  | Open_tag of stag
  | Close_tag

(* A box on the boxes stack; [width] columns are between the beginning of its lines and the margin. *)
type box = { kind : block_type; width : int }

type formatter = {
  (* Queue *)
  mutable tokens : token array;
  mutable sizes : int array;
  mutable lengths : int array;
  mutable first : int;
  mutable next : int;
  mutable left_total : int;
  mutable right_total : int;
  (* Scan stack: its lowest [scan_depth] entries. *)
  mutable scan : int array;
  mutable scan_depth : int;
  (* The line that is being put out *)
  mutable boxes : box list;
  mutable tab_boxes : tabs list;
  mutable marks : stag list;
  mutable space_left : int;
  mutable current_indent : int;
  mutable is_new_line : bool;
  (* What has been opened but not closed yet, among the tokens that came *)
  mutable depth : int;
  mutable printed_tags : stag list;
  (* Settings *)
  mutable margin : int;
  mutable min_space_left : int;
  mutable max_indent : int;
  mutable max_boxes : int;
  mutable ellipsis : string;
  mutable print_tags : bool;
  mutable mark_tags : bool;
  (* Output *)
  mutable out_string : string -> int -> int -> unit;
  mutable out_flush : unit -> unit;
  mutable out_newline : unit -> unit;
  mutable out_spaces : int -> unit;
  mutable out_indent : int -> unit;
  mutable mark_open : stag -> string;
  mutable mark_close : stag -> string;
  mutable print_open : stag -> unit;
  mutable print_close : stag -> unit;
}

(* Output of one token: the line *)

let put_string p s = p.out_string s 0 (String.length s)

(* Text of [width] columns. *)
let put_text p s width =
  p.space_left <- p.space_left - width;
  put_string p s;
  p.is_new_line <- false

let put_part p s = if s <> "" then put_text p s (String.length s)

let stay_on_line p b =
  put_part p b.fit_before;
  p.space_left <- p.space_left - b.fit_blanks;
  p.out_spaces b.fit_blanks;
  put_part p b.fit_after

(* A new line in a box of [width] columns, [offset] columns from where its lines begin, but not too far right. *)
let begin_line p offset width =
  p.out_newline ();
  p.is_new_line <- true;
  let indent = p.margin - width + offset in
  p.current_indent <- (if indent < p.max_indent then indent else p.max_indent);
  p.space_left <- p.margin - p.current_indent;
  p.out_indent p.current_indent

let split_line p b width =
  put_part p b.split_before;
  begin_line p b.split_offset width;
  put_part p b.split_after

(* A box that would begin too far right begins on a new line of the box around it, unless that one needs no lines. *)
let reject_left p =
  match p.boxes with
  | [] -> p.out_newline ()
  | { kind; width } :: _ ->
      if width > p.space_left then (match kind with Pp_fits | Pp_hbox -> () | _ -> begin_line p 0 width)

let put_open_box p kind offset size =
  if p.margin - p.space_left > p.max_indent then reject_left p;
  let kind = match kind with Pp_vbox -> Pp_vbox | _ -> if size > p.space_left then kind else Pp_fits in
  p.boxes <- { kind; width = p.space_left - offset } :: p.boxes

(* [size]: up to the next break of the same box or its end. *)
let put_break p b size =
  match p.boxes with
  | [] -> ()
  | { kind; width } :: _ -> (
      let overflows () = size + String.length b.split_before > p.space_left in
      match kind with
      | Pp_fits | Pp_hbox -> stay_on_line p b
      | Pp_vbox | Pp_hvbox -> split_line p b width
      | Pp_hovbox -> if overflows () then split_line p b width else stay_on_line p b
      | Pp_box ->
          if p.is_new_line then stay_on_line p b
          else if overflows () || p.current_indent > p.margin - width + b.split_offset then split_line p b width
          else stay_on_line p b)

(* Output of one token: tabulation *)

let rec insert_column column = function
  | [] -> [ column ]
  | c :: rest as columns -> if column < c then column :: columns else c :: insert_column column rest

let put_tab p =
  match p.tab_boxes with [] -> () | tabs :: _ -> tabs.columns <- insert_column (p.margin - p.space_left) tabs.columns

(* The next marker from [here] on, else the leftmost. *)
let tab_column here columns =
  match List.find_opt (fun column -> column >= here) columns, columns with
  | Some column, _ -> column
  | None, leftmost :: _ -> leftmost
  | None, [] -> here

let put_blanks p n =
  p.space_left <- p.space_left - n;
  p.out_spaces n

let put_tab_break p blanks offset =
  match p.tab_boxes with
  | [] -> ()
  | { columns } :: _ ->
      let here = p.margin - p.space_left in
      let column = tab_column here columns in
      if column >= here then put_blanks p (column - here + blanks) else begin_line p (column + offset) p.margin

(* Output of one token: tags *)

let put_open_mark p tag =
  put_string p (p.mark_open tag);
  p.marks <- tag :: p.marks

let put_close_mark p =
  match p.marks with
  | [] -> ()
  | tag :: rest ->
      put_string p (p.mark_close tag);
      p.marks <- rest

(* The queue *)

let slot p number = number land (Array.length p.tokens - 1)

(* A ring twice as large; the numbers keep their tokens. *)
let grow_queue p =
  let old = Array.length p.tokens in
  let tokens = Array.make (2 * old) Newline and sizes = Array.make (2 * old) 0 and lengths = Array.make (2 * old) 0 in
  for number = p.first to p.next - 1 do
    let from = number land (old - 1) and at = number land ((2 * old) - 1) in
    tokens.(at) <- p.tokens.(from);
    sizes.(at) <- p.sizes.(from);
    lengths.(at) <- p.lengths.(from)
  done;
  p.tokens <- tokens;
  p.sizes <- sizes;
  p.lengths <- lengths

let enqueue p token size length =
  if p.next - p.first = Array.length p.tokens then grow_queue p;
  let at = slot p p.next in
  p.tokens.(at) <- token;
  p.sizes.(at) <- size;
  p.lengths.(at) <- length;
  p.next <- p.next + 1;
  p.right_total <- p.right_total + length

(* The first token is dropped unseen; only a token that would be put out at once is ever in this place. *)
let skip_token p =
  if p.first < p.next then begin
    let at = slot p p.first in
    p.first <- p.first + 1;
    p.left_total <- p.left_total - p.lengths.(at);
    p.space_left <- p.space_left + p.sizes.(at)
  end

let put_newline p = match p.boxes with [] -> p.out_newline () | { width; _ } :: _ -> begin_line p 0 width

let put_token p size = function
  | Text s -> put_text p s size
  | Break b -> put_break p b size
  | Open_box { kind; offset } -> put_open_box p kind offset size
  | Close_box -> (match p.boxes with [] -> () | _ :: rest -> p.boxes <- rest)
  | Newline -> put_newline p
  | If_newline -> if p.current_indent <> p.margin - p.space_left then skip_token p
  | Tab_break { blanks; offset } -> put_tab_break p blanks offset
  | Set_tab -> put_tab p
  | Open_tabs tabs -> p.tab_boxes <- tabs :: p.tab_boxes
  | Close_tabs -> (match p.tab_boxes with [] -> () | _ :: rest -> p.tab_boxes <- rest)
  | Open_tag tag -> put_open_mark p tag
  | Close_tag -> put_close_mark p

(* Puts out the tokens whose size is known, or known not to matter. *)
let rec advance p =
  if p.first < p.next then begin
    let at = slot p p.first in
    let size = p.sizes.(at) in
    if size >= 0 || p.right_total - p.left_total >= p.space_left then begin
      let token = p.tokens.(at) and length = p.lengths.(at) in
      p.first <- p.first + 1;
      put_token p (if size < 0 then pp_infinity else size) token;
      p.left_total <- p.left_total + length;
      advance p
    end
  end

let enqueue_and_advance p token =
  enqueue p token 0 0;
  advance p

let enqueue_text p s size =
  enqueue p (Text s) size size;
  advance p

(* The scan stack *)

let push_scan p =
  let depth = p.scan_depth in
  if depth = Array.length p.scan then p.scan <- Array.append p.scan p.scan;
  p.scan.(depth) <- p.next - 1;
  p.scan_depth <- depth + 1

(* The size of the token on top, if it still waits. When it has gone, those below have gone before. *)
let complete p of_break =
  if p.scan_depth > 0 then begin
    let number = p.scan.(p.scan_depth - 1) in
    if number < p.first then p.scan_depth <- 0
    else
      let at = slot p number in
      let is_break = match p.tokens.(at) with Break _ | Tab_break _ -> true | _ -> false in
      if is_break = of_break then begin
        p.sizes.(at) <- p.sizes.(at) + p.right_total;
        p.scan_depth <- p.scan_depth - 1
      end
  end

(* A break ends what the break before it in the same box waits for. *)
let enqueue_break p token length =
  enqueue p token (-p.right_total) length;
  complete p true;
  push_scan p

(* Boxes *)

let is_visible p = p.depth < p.max_boxes

let open_box_of p kind offset =
  p.depth <- p.depth + 1;
  if is_visible p then begin
    enqueue p (Open_box { kind; offset }) (-p.right_total) 0;
    push_scan p
  end
  else if p.depth = p.max_boxes then enqueue_text p p.ellipsis (String.length p.ellipsis)

(* The outermost box is never closed. *)
let pp_close_box p () =
  if p.depth > 1 then begin
    if is_visible p then begin
      enqueue p Close_box 0 0;
      complete p true;
      complete p false
    end;
    p.depth <- p.depth - 1
  end

let pp_open_hbox p () = open_box_of p Pp_hbox 0
let pp_open_vbox p offset = open_box_of p Pp_vbox offset
let pp_open_hvbox p offset = open_box_of p Pp_hvbox offset
let pp_open_hovbox p offset = open_box_of p Pp_hovbox offset
let pp_open_box p offset = open_box_of p Pp_box offset

(* Tags *)

let pp_open_stag p tag =
  if p.print_tags then begin
    p.printed_tags <- tag :: p.printed_tags;
    p.print_open tag
  end;
  if p.mark_tags then enqueue p (Open_tag tag) 0 0

let pp_close_stag p () =
  if p.mark_tags then enqueue p Close_tag 0 0;
  if p.print_tags then
    match p.printed_tags with
    | [] -> ()
    | tag :: rest ->
        p.printed_tags <- rest;
        p.print_close tag

let pp_set_print_tags p on = p.print_tags <- on
let pp_set_mark_tags p on = p.mark_tags <- on
let pp_get_print_tags p () = p.print_tags
let pp_get_mark_tags p () = p.mark_tags

let pp_set_tags p on =
  pp_set_print_tags p on;
  pp_set_mark_tags p on

type formatter_stag_functions = {
  mark_open_stag : stag -> string;
  mark_close_stag : stag -> string;
  print_open_stag : stag -> unit;
  print_close_stag : stag -> unit;
}

let pp_get_formatter_stag_functions p () =
  {
    mark_open_stag = p.mark_open;
    mark_close_stag = p.mark_close;
    print_open_stag = p.print_open;
    print_close_stag = p.print_close;
  }

let pp_set_formatter_stag_functions p { mark_open_stag; mark_close_stag; print_open_stag; print_close_stag } =
  p.mark_open <- mark_open_stag;
  p.mark_close <- mark_close_stag;
  p.print_open <- print_open_stag;
  p.print_close <- print_close_stag

(* Beginning and end *)

(* Pending tokens are forgotten. *)
let reset p =
  p.first <- 0;
  p.next <- 0;
  p.left_total <- 1;
  p.right_total <- 1;
  p.scan_depth <- 0;
  p.boxes <- [];
  p.tab_boxes <- [];
  p.marks <- [];
  p.printed_tags <- [];
  p.current_indent <- 0;
  p.space_left <- p.margin;
  p.depth <- 0;
  open_box_of p Pp_hovbox 0

let finish p with_newline =
  List.iter (fun _ -> pp_close_stag p ()) p.printed_tags;
  while p.depth > 1 do
    pp_close_box p ()
  done;
  p.right_total <- pp_infinity;
  advance p;
  if with_newline then p.out_newline ();
  reset p

let pp_print_flush p () =
  finish p false;
  p.out_flush ()

let pp_print_newline p () =
  finish p true;
  p.out_flush ()

(* Text *)

let pp_print_as p width s = if is_visible p then enqueue_text p s width
let pp_print_string p s = pp_print_as p (String.length s) s
let pp_print_substring_as ~pos ~len p width s = if is_visible p then enqueue_text p (String.sub s pos len) width
let pp_print_substring ~pos ~len p s = pp_print_substring_as ~pos ~len p len s
let pp_print_bytes p b = pp_print_string p (Bytes.to_string b)
let pp_print_int p n = pp_print_string p (string_of_int n)
let pp_print_float p x = pp_print_string p (string_of_float x)
let pp_print_bool p b = pp_print_string p (string_of_bool b)
let pp_print_char p c = pp_print_string p (String.make 1 c)
let pp_print_nothing _ () = ()

(* Breaks *)

let plain_break blanks offset =
  {
    fit_before = "";
    fit_blanks = blanks;
    fit_after = "";
    split_before = "";
    split_offset = offset;
    split_after = "";
  }

let cut = Break (plain_break 0 0)
let space = Break (plain_break 1 0)
let pp_print_space p () = if is_visible p then enqueue_break p space 1
let pp_print_cut p () = if is_visible p then enqueue_break p cut 0

let pp_print_break p blanks offset =
  if is_visible p then
    let token =
      if offset = 0 && blanks = 1 then space
      else if offset = 0 && blanks = 0 then cut
      else Break (plain_break blanks offset)
    in
    enqueue_break p token blanks

let pp_print_custom_break p ~fits:(fit_before, fit_blanks, fit_after) ~breaks:(split_before, split_offset, split_after)
    =
  if is_visible p then
    enqueue_break p
      (Break { fit_before; fit_blanks; fit_after; split_before; split_offset; split_after })
      (String.length fit_before + fit_blanks + String.length fit_after)

let pp_force_newline p () = if is_visible p then enqueue_and_advance p Newline
let pp_print_if_newline p () = if is_visible p then enqueue_and_advance p If_newline

(* Tabulation *)

let pp_open_tbox p () =
  p.depth <- p.depth + 1;
  if is_visible p then enqueue_and_advance p (Open_tabs { columns = [] })

let pp_close_tbox p () =
  if p.depth > 1 && is_visible p then begin
    enqueue_and_advance p Close_tabs;
    p.depth <- p.depth - 1
  end

let pp_print_tbreak p blanks offset = if is_visible p then enqueue_break p (Tab_break { blanks; offset }) blanks
let pp_print_tab p () = pp_print_tbreak p 0 0
let pp_set_tab p () = if is_visible p then enqueue_and_advance p Set_tab

(* Geometry *)

let pp_set_max_boxes p n = if n > 1 then p.max_boxes <- n
let pp_get_max_boxes p () = p.max_boxes
let pp_over_max_boxes p () = p.depth = p.max_boxes
let pp_set_ellipsis_text p s = p.ellipsis <- s
let pp_get_ellipsis_text p () = p.ellipsis
let pp_get_margin p () = p.margin
let pp_get_max_indent p () = p.max_indent
let limited n = if n < pp_infinity then n else pp_infinity - 1

let set_min_space_left p n =
  if n >= 1 then begin
    p.min_space_left <- limited n;
    p.max_indent <- p.margin - p.min_space_left;
    reset p
  end

let pp_set_max_indent p n = if n > 1 then set_min_space_left p (p.margin - n)

let pp_set_margin p n =
  if n >= 1 then begin
    p.margin <- limited n;
    let kept = p.max_indent <= p.margin in
    let reduced = max (max (p.margin - p.min_space_left) (p.margin / 2)) 1 in
    pp_set_max_indent p (if kept then p.max_indent else reduced)
  end

type geometry = { max_indent : int; margin : int }

let geometry_error { max_indent; margin } =
  if max_indent < 2 then Some "max_indent < 2"
  else if margin <= max_indent then Some "margin <= max_indent"
  else if margin >= pp_infinity then Some "margin >= pp_infinity"
  else None

let check_geometry geometry = geometry_error geometry = None
let pp_get_geometry (p : formatter) () = { max_indent = p.max_indent; margin = p.margin }

let set_full_geometry p { max_indent; margin } =
  pp_set_margin p margin;
  pp_set_max_indent p max_indent

let set_valid_geometry caller p geometry =
  match geometry_error geometry with
  | None -> set_full_geometry p geometry
  | Some error -> invalid_arg (caller ^ error)

let pp_set_geometry p ~max_indent ~margin = set_valid_geometry "Format.pp_set_geometry: " p { max_indent; margin }

let pp_safe_set_geometry p ~max_indent ~margin =
  let geometry = { max_indent; margin } in
  if check_geometry geometry then set_full_geometry p geometry

let pp_update_geometry p update = set_valid_geometry "Format.pp_update_geometry: " p (update (pp_get_geometry p ()))

(* Output functions *)

type formatter_out_functions = {
  out_string : string -> int -> int -> unit;
  out_flush : unit -> unit;
  out_newline : unit -> unit;
  out_spaces : int -> unit;
  out_indent : int -> unit;
}

let blank_line = String.make 80 ' '

let rec put_default_blanks (p : formatter) n =
  if n > 0 then begin
    p.out_string blank_line 0 (min n 80);
    put_default_blanks p (n - 80)
  end

(* Lines and blanks are written by [out_string], whatever that is at the time. *)
let use_default_layout (p : formatter) =
  p.out_newline <- (fun () -> p.out_string "\n" 0 1);
  p.out_spaces <- put_default_blanks p;
  p.out_indent <- put_default_blanks p

let pp_set_formatter_out_functions (p : formatter) { out_string; out_flush; out_newline; out_spaces; out_indent } =
  p.out_string <- out_string;
  p.out_flush <- out_flush;
  p.out_newline <- out_newline;
  p.out_spaces <- out_spaces;
  p.out_indent <- out_indent

let pp_get_formatter_out_functions (p : formatter) () =
  {
    out_string = p.out_string;
    out_flush = p.out_flush;
    out_newline = p.out_newline;
    out_spaces = p.out_spaces;
    out_indent = p.out_indent;
  }

let pp_set_formatter_output_functions (p : formatter) out_string out_flush =
  p.out_string <- out_string;
  p.out_flush <- out_flush

let pp_get_formatter_output_functions (p : formatter) () = (p.out_string, p.out_flush)

let pp_set_formatter_out_channel p channel =
  pp_set_formatter_output_functions p (output_substring channel) (fun () -> flush channel);
  use_default_layout p

(* Formatters *)

let default_open_mark = function String_tag s -> "<" ^ s ^ ">" | _ -> ""
let default_close_mark = function String_tag s -> "</" ^ s ^ ">" | _ -> ""

let initial_queue = 16

let make_formatter out_string out_flush : formatter =
  let p : formatter =
    {
      tokens = Array.make initial_queue Newline;
      sizes = Array.make initial_queue 0;
      lengths = Array.make initial_queue 0;
      first = 0;
      next = 0;
      left_total = 1;
      right_total = 1;
      scan = Array.make initial_queue 0;
      scan_depth = 0;
      boxes = [];
      tab_boxes = [];
      marks = [];
      space_left = 78;
      current_indent = 0;
      is_new_line = true;
      depth = 0;
      printed_tags = [];
      margin = 78;
      min_space_left = 10;
      max_indent = 68;
      max_boxes = max_int;
      ellipsis = ".";
      print_tags = false;
      mark_tags = false;
      out_string;
      out_flush;
      out_newline = ignore;
      out_spaces = ignore;
      out_indent = ignore;
      mark_open = default_open_mark;
      mark_close = default_close_mark;
      print_open = ignore;
      print_close = ignore;
    }
  in
  use_default_layout p;
  open_box_of p Pp_hovbox 0;
  p

let formatter_of_out_functions functions =
  let p = make_formatter functions.out_string functions.out_flush in
  pp_set_formatter_out_functions p functions;
  p

let formatter_of_out_channel channel = make_formatter (output_substring channel) (fun () -> flush channel)
let formatter_of_buffer b = make_formatter (Buffer.add_substring b) ignore
let stdbuf = Buffer.create 512
let std_formatter = formatter_of_out_channel stdout
let err_formatter = formatter_of_out_channel stderr
let str_formatter = formatter_of_buffer stdbuf
let get_std_formatter () = std_formatter
let get_err_formatter () = err_formatter
let get_str_formatter () = str_formatter
let get_stdbuf () = stdbuf

(* What was printed into [b] by [p]; both are ready for the next text. *)
let take_buffer b p =
  pp_print_flush p ();
  let s = Buffer.contents b in
  Buffer.clear b;
  s

let flush_str_formatter () = take_buffer stdbuf str_formatter

type symbolic_output_item =
  | Output_flush
  | Output_newline
  | Output_string of string
  | Output_spaces of int
  | Output_indent of int

(* The newest item first. *)
type symbolic_output_buffer = { mutable items : symbolic_output_item list }

let make_symbolic_output_buffer () = { items = [] }
let clear_symbolic_output_buffer b = b.items <- []
let get_symbolic_output_buffer b = List.rev b.items
let add_symbolic_output_item b item = b.items <- item :: b.items

let flush_symbolic_output_buffer b =
  let items = get_symbolic_output_buffer b in
  clear_symbolic_output_buffer b;
  items

let formatter_of_symbolic_output_buffer b =
  let add = add_symbolic_output_item b in
  formatter_of_out_functions
    {
      out_string = (fun s pos len -> add (Output_string (String.sub s pos len)));
      out_flush = (fun () -> add Output_flush);
      out_newline = (fun () -> add Output_newline);
      out_spaces = (fun n -> add (Output_spaces n));
      out_indent = (fun n -> add (Output_indent n));
    }

(* The standard formatter *)

let open_box offset = pp_open_box std_formatter offset
let close_box () = pp_close_box std_formatter ()
let open_hbox () = pp_open_hbox std_formatter ()
let open_vbox offset = pp_open_vbox std_formatter offset
let open_hvbox offset = pp_open_hvbox std_formatter offset
let open_hovbox offset = pp_open_hovbox std_formatter offset
let print_string s = pp_print_string std_formatter s
let print_substring ~pos ~len s = pp_print_substring ~pos ~len std_formatter s
let print_bytes b = pp_print_bytes std_formatter b
let print_as width s = pp_print_as std_formatter width s
let print_substring_as ~pos ~len width s = pp_print_substring_as ~pos ~len std_formatter width s
let print_int n = pp_print_int std_formatter n
let print_float x = pp_print_float std_formatter x
let print_char c = pp_print_char std_formatter c
let print_bool b = pp_print_bool std_formatter b
let print_space () = pp_print_space std_formatter ()
let print_cut () = pp_print_cut std_formatter ()
let print_break blanks offset = pp_print_break std_formatter blanks offset
let force_newline () = pp_force_newline std_formatter ()
let print_if_newline () = pp_print_if_newline std_formatter ()
let print_flush () = pp_print_flush std_formatter ()
let print_newline () = pp_print_newline std_formatter ()
let set_margin n = pp_set_margin std_formatter n
let get_margin () = pp_get_margin std_formatter ()
let set_max_indent n = pp_set_max_indent std_formatter n
let get_max_indent () = pp_get_max_indent std_formatter ()
let set_geometry ~max_indent ~margin = pp_set_geometry std_formatter ~max_indent ~margin
let safe_set_geometry ~max_indent ~margin = pp_safe_set_geometry std_formatter ~max_indent ~margin
let update_geometry update = pp_update_geometry std_formatter update
let get_geometry () = pp_get_geometry std_formatter ()
let set_max_boxes n = pp_set_max_boxes std_formatter n
let get_max_boxes () = pp_get_max_boxes std_formatter ()
let over_max_boxes () = pp_over_max_boxes std_formatter ()
let open_tbox () = pp_open_tbox std_formatter ()
let close_tbox () = pp_close_tbox std_formatter ()
let set_tab () = pp_set_tab std_formatter ()
let print_tab () = pp_print_tab std_formatter ()
let print_tbreak blanks offset = pp_print_tbreak std_formatter blanks offset
let set_ellipsis_text s = pp_set_ellipsis_text std_formatter s
let get_ellipsis_text () = pp_get_ellipsis_text std_formatter ()
let open_stag tag = pp_open_stag std_formatter tag
let close_stag () = pp_close_stag std_formatter ()
let set_tags on = pp_set_tags std_formatter on
let set_print_tags on = pp_set_print_tags std_formatter on
let set_mark_tags on = pp_set_mark_tags std_formatter on
let get_print_tags () = pp_get_print_tags std_formatter ()
let get_mark_tags () = pp_get_mark_tags std_formatter ()
let set_formatter_out_channel channel = pp_set_formatter_out_channel std_formatter channel

let set_formatter_output_functions out_string out_flush =
  pp_set_formatter_output_functions std_formatter out_string out_flush

let get_formatter_output_functions () = pp_get_formatter_output_functions std_formatter ()
let set_formatter_out_functions functions = pp_set_formatter_out_functions std_formatter functions
let get_formatter_out_functions () = pp_get_formatter_out_functions std_formatter ()
let set_formatter_stag_functions functions = pp_set_formatter_stag_functions std_formatter functions
let get_formatter_stag_functions () = pp_get_formatter_stag_functions std_formatter ()

(* Values of library types *)

let pp_print_iter ?(pp_sep = pp_print_cut) iter pp_v p v =
  let is_first = ref true in
  iter
    (fun x ->
      if !is_first then is_first := false else pp_sep p ();
      pp_v p x)
    v

let pp_print_list ?pp_sep pp_v p l = pp_print_iter ?pp_sep List.iter pp_v p l
let pp_print_array ?pp_sep pp_v p a = pp_print_iter ?pp_sep Array.iter pp_v p a
let pp_print_seq ?pp_sep pp_v p s = pp_print_iter ?pp_sep Seq.iter pp_v p s
let pp_print_option ?(none = pp_print_nothing) pp_v p = function None -> none p () | Some v -> pp_v p v
let pp_print_result ~ok ~error p = function Ok v -> ok p v | Error e -> error p e
let pp_print_either ~left ~right p = function Either.Left v -> left p v | Either.Right v -> right p v

let pp_print_text p s =
  let n = String.length s in
  let rec from start i =
    if i = n then (if start < n then pp_print_substring ~pos:start ~len:(n - start) p s)
    else
      match s.[i] with
      | ' ' -> split start i pp_print_space
      | '\n' -> split start i pp_force_newline
      | _ -> from start (i + 1)
  and split start i separate =
    pp_print_substring ~pos:start ~len:(i - start) p s;
    separate p ();
    from (i + 1) (i + 1)
  in
  from 0 0

(* Formats *)

(* [s] without its first and last character, which are < and >. *)
let without_brackets s = if String.length s < 2 then s else String.sub s 1 (String.length s - 2)

let put_formatting_lit p = function
  | CamlinternalFormatBasics.Close_box -> pp_close_box p ()
  | CamlinternalFormatBasics.Close_tag -> pp_close_stag p ()
  | CamlinternalFormatBasics.Break (_, blanks, offset) -> pp_print_break p blanks offset
  | FFlush -> pp_print_flush p ()
  | Force_newline -> pp_force_newline p ()
  | Flush_newline -> pp_print_newline p ()
  | Magic_size _ -> ()
  | Escaped_at -> pp_print_char p '@'
  | Escaped_percent -> pp_print_char p '%'
  | Scan_indic c ->
      pp_print_char p '@';
      pp_print_char p c

(* [delayed] runs what %a and %t left. *)
let rec put_acc delayed p acc =
  match acc with
  | End_of_acc -> ()
  | Acc_string_literal (Acc_formatting_lit (before, Magic_size (_, width)), s)
  | Acc_data_string (Acc_formatting_lit (before, Magic_size (_, width)), s) ->
      put_acc delayed p before;
      pp_print_as p width s
  | Acc_char_literal (Acc_formatting_lit (before, Magic_size (_, width)), c)
  | Acc_data_char (Acc_formatting_lit (before, Magic_size (_, width)), c) ->
      put_acc delayed p before;
      pp_print_as p width (String.make 1 c)
  | Acc_string_literal (before, s) | Acc_data_string (before, s) ->
      put_acc delayed p before;
      pp_print_string p s
  | Acc_char_literal (before, c) | Acc_data_char (before, c) ->
      put_acc delayed p before;
      pp_print_char p c
  | Acc_formatting_lit (before, lit) ->
      put_acc delayed p before;
      put_formatting_lit p lit
  | Acc_formatting_gen (before, Acc_open_tag name) ->
      put_acc delayed p before;
      pp_open_stag p (String_tag (text_in_brackets delayed name))
  | Acc_formatting_gen (before, Acc_open_box description) ->
      put_acc delayed p before;
      let offset, kind = open_box_of_string (text_in_brackets delayed description) in
      open_box_of p kind offset
  | Acc_delay (before, f) ->
      put_acc delayed p before;
      delayed p f
  | Acc_flush before ->
      put_acc delayed p before;
      pp_print_flush p ()
  | Acc_invalid_arg (before, message) ->
      put_acc delayed p before;
      invalid_arg message

(* What stands between @[< or @{< and >; mostly one literal. *)
and text_in_brackets delayed acc =
  match acc with
  | End_of_acc -> ""
  | Acc_string_literal (End_of_acc, s) -> without_brackets s
  | _ ->
      let b = Buffer.create 16 in
      let p = formatter_of_buffer b in
      put_acc delayed p acc;
      pp_print_flush p ();
      without_brackets (Buffer.contents b)

let output_acc p acc = put_acc (fun p f -> f p) p acc
let strput_acc p acc = put_acc (fun p f -> pp_print_string p (f ())) p acc

let kfprintf k p (Format (fmt, _)) =
  make_printf
    (fun acc ->
      output_acc p acc;
      k p)
    End_of_acc fmt

let kdprintf k (Format (fmt, _)) = make_printf (fun acc -> k (fun p -> output_acc p acc)) End_of_acc fmt
let ikfprintf k p (Format (fmt, _)) = make_iprintf k p fmt

(* Formats into a string; [put] puts an accumulator out. *)
let to_string put k (Format (fmt, _)) =
  make_printf
    (fun acc ->
      let b = Buffer.create 64 in
      let p = formatter_of_buffer b in
      put p acc;
      k (take_buffer b p))
    End_of_acc fmt

let kasprintf k format = to_string output_acc k format
let ksprintf k format = to_string strput_acc k format
let fprintf p format = kfprintf ignore p format
let ifprintf p format = ikfprintf ignore p format
let dprintf format = kdprintf (fun print -> print) format
let printf format = fprintf std_formatter format
let eprintf format = fprintf err_formatter format
let sprintf format = ksprintf (fun s -> s) format
let asprintf format = kasprintf (fun s -> s) format

let () =
  at_exit (fun () ->
      pp_print_flush std_formatter ();
      pp_print_flush err_formatter ())
