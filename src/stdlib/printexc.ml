(* Exceptions as text and backtraces. Uses no formats, so that everything may depend on it. *)

type t = exn = ..

(* Printing *)

let printers : (exn -> string option) list ref = ref []
let register_printer f = printers := f :: !printers

let use_printers e =
  let rec try_each = function
    | [] -> None
    | printer :: rest -> (match printer e with None | (exception _) -> try_each rest | Some _ as printed -> printed)
  in
  try_each !printers

let string_of_field v =
  if Obj.is_int v then string_of_int (Obj.obj v)
  else if Obj.tag v = Obj.string_tag then "\"" ^ String.escaped (Obj.obj v) ^ "\""
  else if Obj.tag v = Obj.double_tag then string_of_float (Obj.obj v)
  else "_"

(* An exception's arguments follow its constructor in the block. *)
let string_of_arguments v =
  let n = Obj.size v in
  if n <= 1 then ""
  else "(" ^ String.concat ", " (List.init (n - 1) (fun i -> string_of_field (Obj.field v (i + 1)))) ^ ")"

(* [width] is the length of the keyword that the position is that of. *)
let located (file, line, column) width what =
  "File \"" ^ file ^ "\", line " ^ string_of_int line ^ ", characters " ^ string_of_int column ^ "-"
  ^ string_of_int (column + width)
  ^ ": " ^ what

let string_of_extension_constructor v =
  if Obj.tag v <> 0 then (Obj.obj (Obj.field v 0) : string)
  else
    let constructor : string = Obj.obj (Obj.field (Obj.field v 0) 0) in
    constructor ^ string_of_arguments v

let to_string_default = function
  | Out_of_memory -> "Out of memory"
  | Stack_overflow -> "Stack overflow"
  | Match_failure position -> located position 5 "Pattern matching failed"
  | Assert_failure position -> located position 6 "Assertion failed"
  | Undefined_recursive_module position -> located position 6 "Undefined recursive module"
  | e -> string_of_extension_constructor (Obj.repr e)

let to_string e = match use_printers e with Some s -> s | None -> to_string_default e

let print_uncaught e =
  prerr_string ("Uncaught exception: " ^ to_string e ^ "\n");
  flush stderr

let print f x =
  try f x
  with e ->
    print_uncaught e;
    raise e

let catch f x =
  try f x
  with e ->
    flush stdout;
    print_uncaught e;
    exit 2

(* Backtraces *)

type raw_backtrace_slot
type raw_backtrace_entry = private int
type raw_backtrace = raw_backtrace_entry array

external raw_backtrace_entries : raw_backtrace -> raw_backtrace_entry array = "%identity"
external get_raw_backtrace : unit -> raw_backtrace = "caml_get_exception_raw_backtrace"
external raise_with_backtrace : exn -> raw_backtrace -> 'a = "%raise_with_backtrace"
external get_callstack : int -> raw_backtrace = "caml_get_current_callstack"
external record_backtrace : bool -> unit = "caml_record_backtrace"
external backtrace_status : unit -> bool = "caml_backtrace_status"
external raw_backtrace_length : raw_backtrace -> int = "caml_raw_backtrace_length" [@@noalloc]

let get_raw_backtrace_slot (raw : raw_backtrace) i : raw_backtrace_slot =
  if i < 0 || i >= raw_backtrace_length raw then invalid_arg "Printexc.get_raw_backtrace_slot: index out of bounds"
  else Obj.magic (Array.get raw i)

external get_raw_backtrace_next_slot : raw_backtrace_slot -> raw_backtrace_slot option = "caml_raw_backtrace_next_slot"

(* The runtime makes these blocks: the order of the fields is part of its interface. *)
type backtrace_slot =
  | Known_location of {
      is_raise : bool;
      filename : string;
      line_number : int;
      start_char : int;
      end_char : int;
      is_inline : bool;
      defname : string;
      end_line : int;
      end_col : int;
    }
  | Unknown_location of { is_raise : bool }

external convert_raw_backtrace_slot : raw_backtrace_slot -> backtrace_slot = "caml_convert_raw_backtrace_slot"

let convert_raw_backtrace raw =
  Array.init (raw_backtrace_length raw) (fun i -> convert_raw_backtrace_slot (get_raw_backtrace_slot raw i))

(* None when the program has no debugging information. *)
let slots_of raw = try Some (convert_raw_backtrace raw) with Failure _ -> None
let is_known = function Known_location _ -> true | Unknown_location _ -> false
let if_informative slots = if Array.exists is_known slots then Some slots else None
let backtrace_slots raw = Option.bind (slots_of raw) if_informative
let backtrace_slots_of_raw_entry entry = backtrace_slots [| entry |]

let action position is_raise =
  match is_raise, position with
  | true, 0 -> "Raised at"
  | true, _ -> "Re-raised at"
  | false, 0 -> "Raised by primitive operation at"
  | false, _ -> "Called from"

(* A raise at an unknown place is one that the compiler made: it is left out. *)
let format_slot position = function
  | Unknown_location { is_raise = true } -> None
  | Unknown_location { is_raise = false } -> Some (action position false ^ " unknown location")
  | Known_location { is_raise; filename; line_number; start_char; end_char; is_inline; defname; end_line; _ } ->
      let lines =
        if line_number = end_line then ", line " ^ string_of_int line_number
        else ", lines " ^ string_of_int line_number ^ "-" ^ string_of_int end_line
      in
      Some
        (action position is_raise ^ " " ^ defname ^ " in file \"" ^ filename ^ "\""
        ^ (if is_inline then " (inlined)" else "")
        ^ lines ^ ", characters " ^ string_of_int start_char ^ "-"
        ^ string_of_int end_char)

let add_lines emit = function
  | None -> emit "(Program not linked with -g, cannot print stack backtrace)\n"
  | Some slots ->
      Array.iteri
        (fun position slot -> match format_slot position slot with None -> () | Some line -> emit (line ^ "\n"))
        slots

let print_raw_backtrace channel raw = add_lines (output_string channel) (slots_of raw)

let raw_backtrace_to_string raw =
  let b = Buffer.create 1024 in
  add_lines (Buffer.add_string b) (slots_of raw);
  Buffer.contents b

let print_backtrace channel = print_raw_backtrace channel (get_raw_backtrace ())
let get_backtrace () = raw_backtrace_to_string (get_raw_backtrace ())

type location = {
  filename : string;
  line_number : int;
  start_char : int;
  end_char : int;
  end_line : int;
  end_col : int;
}

module Slot = struct
  type t = backtrace_slot

  let is_raise = function Known_location { is_raise; _ } -> is_raise | Unknown_location { is_raise } -> is_raise
  let is_inline = function Known_location { is_inline; _ } -> is_inline | Unknown_location _ -> false

  let location = function
    | Unknown_location _ -> None
    | Known_location { filename; line_number; start_char; end_char; end_line; end_col; _ } ->
        Some { filename; line_number; start_char; end_char; end_line; end_col }

  let name = function
    | Unknown_location _ | Known_location { defname = ""; _ } -> None
    | Known_location { defname; _ } -> Some defname

  let format = format_slot
end

(* Exception constructors *)

let exn_slot e =
  let v = Obj.repr e in
  if Obj.tag v = 0 then Obj.field v 0 else v

let exn_slot_id e : int = Obj.obj (Obj.field (exn_slot e) 1)
let exn_slot_name e : string = Obj.obj (Obj.field (exn_slot e) 0)

(* Uncaught exceptions *)

let print_fatal what e raw =
  prerr_string ("Fatal error" ^ what ^ ": exception " ^ to_string e ^ "\n");
  print_raw_backtrace stderr raw;
  flush stderr

let default_uncaught_exception_handler e raw = print_fatal "" e raw
let uncaught_exception_handler = ref default_uncaught_exception_handler
let set_uncaught_exception_handler f = uncaught_exception_handler := f
let empty_backtrace : raw_backtrace = [||]
let current_backtrace () = try get_raw_backtrace () with Out_of_memory -> empty_backtrace

(* The engine finds this function by its name and calls it with the exception that left the program. *)
let handle_uncaught_exception e =
  try
    let raw = current_backtrace () in
    (try do_at_exit () with _ -> ());
    try !uncaught_exception_handler e raw
    with e' ->
      let raw' = current_backtrace () in
      print_fatal "" e raw;
      print_fatal " in uncaught exception handler" e' raw'
  with Out_of_memory -> prerr_endline "Fatal error: out of memory in uncaught exception handler"

external register_named_value : string -> 'a -> unit = "caml_register_named_value"

let () = register_named_value "Printexc.handle_uncaught_exception" handle_uncaught_exception
