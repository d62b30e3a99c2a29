(* Command lines. *)

type key = string
type doc = string
type usage_msg = string
type anon_fun = string -> unit

type spec =
  | Unit of (unit -> unit)
  | Bool of (bool -> unit)
  | Set of bool ref
  | Clear of bool ref
  | String of (string -> unit)
  | Set_string of string ref
  | Int of (int -> unit)
  | Set_int of int ref
  | Float of (float -> unit)
  | Set_float of float ref
  | Tuple of spec list
  | Symbol of string list * (string -> unit)
  | Rest of (string -> unit)
  | Rest_all of (string list -> unit)
  | Expand of (string -> string array)

exception Bad of string
exception Help of string

(* Why parsing stops. *)
type reason =
  | Unknown of string
  | Wrong of { option : string; argument : string; expected : string }
  | Missing of string
  | Message of string

exception Stop of reason

let current = ref 0

(* Usage *)

let find_spec key specs = List.find_map (fun (k, spec, _) -> if k = key then Some spec else None) specs

let symbols opening separator closing = function
  | [] -> "<none>"
  | list -> opening ^ String.concat separator list ^ closing

let add_usage b (key, spec, doc) =
  if doc <> "" then
    match spec with
    | Symbol (list, _) -> Printf.bprintf b "  %s %s%s\n" key (symbols "{" "|" "}" list) doc
    | _ -> Printf.bprintf b "  %s %s\n" key doc

(* -help and --help are there unless the program has its own. *)
let with_help specs =
  let missing key =
    if find_spec key specs <> None then []
    else [ (key, Unit (fun () -> raise (Stop (Unknown key))), " Display this list of options") ]
  in
  specs @ missing "-help" @ missing "--help"

let usage_string specs message =
  let b = Buffer.create 200 in
  Printf.bprintf b "%s\n" message;
  List.iter (add_usage b) (with_help specs);
  Buffer.contents b

let usage specs message = Printf.eprintf "%s" (usage_string specs message)

(* Parsing *)

let explanation program = function
  | Unknown ("-help" | "--help") -> ""
  | Unknown option -> Printf.sprintf "%s: unknown option '%s'.\n" program option
  | Missing option -> Printf.sprintf "%s: option '%s' needs an argument.\n" program option
  | Wrong { option; argument; expected } ->
      Printf.sprintf "%s: wrong argument '%s'; option '%s' expects %s.\n" program argument option expected
  | Message message -> Printf.sprintf "%s: %s.\n" program message

let stopped program specs message reason =
  let text = explanation program reason ^ usage_string specs message in
  match reason with Unknown ("-help" | "--help") -> Help text | _ -> Bad text

(* A word that is no option itself may be key=argument. *)
let find_option word specs =
  match find_spec word specs, String.index_opt word '=' with
  | Some spec, _ -> (spec, None)
  | None, None -> raise (Stop (Unknown word))
  | None, Some at -> (
      match find_spec (String.sub word 0 at) specs with
      | Some spec -> (spec, Some (String.sub word (at + 1) (String.length word - at - 1)))
      | None -> raise (Stop (Unknown word)))

(* The command line, and what may change it. *)
type line = { position : int ref; words : string array ref; expands : bool }

(* Replaces the word at the position by [words]. *)
let expand line words =
  let next = !(line.position) + 1 in
  let before = Array.sub !(line.words) 0 next in
  let after = Array.sub !(line.words) next (Array.length !(line.words) - next) in
  line.words := Array.concat [ before; words; after ]

(* [given] is what follows the = of [option]. *)
let rec act line option given spec =
  let has_more () = !(line.position) + 1 < Array.length !(line.words) in
  let next_word () =
    incr line.position;
    !(line.words).(!(line.position))
  in
  let no_argument () =
    match given with
    | None -> ()
    | Some argument -> raise (Stop (Wrong { option; argument; expected = "no argument" }))
  in
  (* The argument is used up once the action has accepted it. *)
  let with_argument use =
    match given with
    | Some argument -> use argument
    | None ->
        if not (has_more ()) then raise (Stop (Missing option));
        use !(line.words).(!(line.position) + 1);
        incr line.position
  in
  let converted of_string expected use =
    with_argument (fun argument ->
        match of_string argument with
        | Some v -> use v
        | None -> raise (Stop (Wrong { option; argument; expected })))
  in
  match spec with
  | Unit f ->
      no_argument ();
      f ()
  | Set r ->
      no_argument ();
      r := true
  | Clear r ->
      no_argument ();
      r := false
  | Bool f -> converted bool_of_string_opt "a boolean" f
  | String f -> with_argument f
  | Set_string r -> with_argument (fun s -> r := s)
  | Int f -> converted int_of_string_opt "an integer" f
  | Set_int r -> converted int_of_string_opt "an integer" (fun n -> r := n)
  | Float f -> converted float_of_string_opt "a float" f
  | Set_float r -> converted float_of_string_opt "a float" (fun x -> r := x)
  | Symbol (list, f) ->
      let member s = if List.mem s list then Some s else None in
      converted member ("one of: " ^ symbols "" " " "" list) f
  | Tuple specs ->
      no_argument ();
      List.iter (act line option None) specs
  | Rest f ->
      no_argument ();
      while has_more () do
        f !(line.words).(!(line.position) + 1);
        incr line.position
      done
  | Rest_all f ->
      no_argument ();
      let rec rest words = if has_more () then rest (next_word () :: words) else List.rev words in
      f (rest [])
  | Expand f ->
      if not line.expands then
        invalid_arg "Arg.Expand is is only allowed with Arg.parse_and_expand_argv_dynamic";
      let expansion = ref [||] in
      with_argument (fun argument -> expansion := f argument);
      expand line !expansion

let parse_line line specs anonymous message =
  let start = !(line.position) in
  let program = if start < Array.length !(line.words) then !(line.words).(start) else "(?)" in
  let parse_word word =
    if String.starts_with ~prefix:"-" word then
      let spec, given = find_option word (with_help !specs) in
      act line word given spec
    else anonymous word
  in
  incr line.position;
  while !(line.position) < Array.length !(line.words) do
    (try parse_word !(line.words).(!(line.position)) with
    | Bad m -> raise (stopped program !specs message (Message m))
    | Stop reason -> raise (stopped program !specs message reason));
    incr line.position
  done

let parse_and_expand_argv_dynamic position words specs anonymous message =
  parse_line { position; words; expands = true } specs anonymous message

let parse_argv_dynamic ?(current = current) words specs anonymous message =
  parse_line { position = current; words = ref words; expands = false } specs anonymous message

let parse_argv ?current words specs anonymous message =
  parse_argv_dynamic ?current words (ref specs) anonymous message

(* Runs a parser for the program's own command line. *)
let or_exit parse =
  try parse () with
  | Bad text ->
      Printf.eprintf "%s" text;
      exit 2
  | Help text ->
      Printf.printf "%s" text;
      exit 0

let parse_dynamic specs anonymous message =
  or_exit (fun () -> parse_argv_dynamic Sys.argv specs anonymous message)

let parse specs anonymous message = parse_dynamic (ref specs) anonymous message

let parse_expand specs anonymous message =
  or_exit (fun () ->
      parse_and_expand_argv_dynamic (ref !current) (ref Sys.argv) (ref specs) anonymous message)

(* Alignment *)

(* The column where the text after the separator begins: a tab, or the first space. *)
let text_column doc =
  let n = String.length doc in
  let rec skip_spaces i = if i < n && doc.[i] = ' ' then skip_spaces (i + 1) else i in
  let separator = match String.index_opt doc '\t' with None -> String.index_opt doc ' ' | found -> found in
  match separator with None -> n | Some at -> skip_spaces (at + 1)

let without_tab doc =
  match String.index_opt doc '\t' with None -> doc | Some tab -> String.mapi (fun i c -> if i = tab then ' ' else c) doc

(* Symbols stand before their documentation, which then begins on a line of its own. *)
let width (key, spec, doc) =
  match spec with Symbol _ -> String.length key | _ -> String.length key + text_column doc

let pad column ((key, spec, doc) as entry) =
  match spec, doc with
  | _, "" -> entry
  | Symbol _, doc ->
      let blanks = String.make (max 0 (column - text_column doc) + 3) ' ' in
      (key, spec, "\n" ^ blanks ^ without_tab doc)
  | _, doc ->
      let at = text_column doc and doc = without_tab doc in
      let blanks = String.make (max 0 (column - width entry)) ' ' in
      (key, spec, String.sub doc 0 at ^ blanks ^ String.sub doc at (String.length doc - at))

let align ?(limit = max_int) specs =
  let specs = with_help specs in
  let column = List.fold_left (fun column entry -> max column (width entry)) 0 specs in
  List.map (pad (min column limit)) specs

(* Files of arguments *)

let without_return s =
  let n = String.length s in
  if n > 0 && s.[n - 1] = '\r' then String.sub s 0 (n - 1) else s

let read_words separator finish name =
  let channel = open_in_bin name in
  let b = Buffer.create 200 in
  let word () =
    let s = finish (Buffer.contents b) in
    Buffer.clear b;
    s
  in
  let rec read words =
    match input_char channel with
    | c when c = separator -> read (word () :: words)
    | c ->
        Buffer.add_char b c;
        read words
    | exception End_of_file -> if Buffer.length b > 0 then word () :: words else words
  in
  let words = read [] in
  close_in channel;
  Array.of_list (List.rev words)

let read_arg name = read_words '\n' without_return name
let read_arg0 name = read_words '\000' (fun s -> s) name

let write_words separator name words =
  let channel = open_out_bin name in
  Array.iter (fun s -> Printf.fprintf channel "%s%c" s separator) words;
  close_out channel

let write_arg name words = write_words '\n' name words
let write_arg0 name words = write_words '\000' name words
