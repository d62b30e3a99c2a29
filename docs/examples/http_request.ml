(* HTTP/1.1 requests (RFC 9112), one after the other in a string or a file. *)

type meth = Get | Head | Post | Put | Delete | Other of string

type request = {
  meth : meth;
  target : string;
  version : int * int;
  headers : (string * string) list;  (* names in lower case, in the order of the message *)
  body : string;
}

type error =
  | Bad_request_line of string
  | Bad_header of string
  | Bad_length of string
  | Truncated of { expected : int; got : int }

exception Malformed of int * error  (* where the message starts *)

let fail start error = raise (Malformed (start, error))

let is_token_char = function
  | 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '-' | '.' | '^' | '_'
  | '`' | '|' | '~' ->
      true
  | _ -> false

let is_token s = s <> "" && String.for_all is_token_char s

(* The line at [from] without its end, and where the next one starts; [None] without an end. *)
let line text from =
  match String.index_from_opt text from '\n' with
  | None -> None
  | Some stop ->
      let last = if stop > from && text.[stop - 1] = '\r' then stop - 1 else stop in
      Some (String.sub text from (last - from), stop + 1)

let meth_of_string = function
  | "GET" -> Get
  | "HEAD" -> Head
  | "POST" -> Post
  | "PUT" -> Put
  | "DELETE" -> Delete
  | other -> Other other

let version_of_string text =
  let digit c = Char.code c - Char.code '0' in
  match List.init (String.length text) (String.get text) with
  | [ 'H'; 'T'; 'T'; 'P'; '/'; ('0' .. '9' as major); '.'; ('0' .. '9' as minor) ] -> Some (digit major, digit minor)
  | _ -> None

let request_line start text =
  match String.split_on_char ' ' text with
  | [ name; target; version ] when is_token name && target <> "" -> (
      match version_of_string version with
      | Some version -> (meth_of_string name, target, version)
      | None -> fail start (Bad_request_line text))
  | _ -> fail start (Bad_request_line text)

let header start text =
  match String.index_opt text ':' with
  | Some colon when is_token (String.sub text 0 colon) ->
      let value = String.sub text (colon + 1) (String.length text - colon - 1) in
      (String.lowercase_ascii (String.sub text 0 colon), String.trim value)
  | _ -> fail start (Bad_header text)

(* Header lines up to the empty one. A line that starts with a blank goes on with the one before (folding). *)
let rec headers start text from found =
  match line text from with
  | None -> fail start (Truncated { expected = String.length text + 1; got = String.length text })
  | Some ("", next) -> (List.rev found, next)
  | Some (l, next) when l.[0] = ' ' || l.[0] = '\t' -> (
      match found with
      | [] -> fail start (Bad_header l)
      | (name, value) :: older -> headers start text next ((name, value ^ " " ^ String.trim l) :: older))
  | Some (l, next) -> headers start text next (header start l :: found)

let find name headers = List.assoc_opt (String.lowercase_ascii name) headers

let body_length start headers =
  match List.filter (fun (name, _) -> name = "content-length") headers with
  | [] -> 0
  | (_, first) :: others ->
      if List.exists (fun (_, other) -> other <> first) others then fail start (Bad_length first);
      if first = "" || not (String.for_all (fun c -> c >= '0' && c <= '9') first) then fail start (Bad_length first);
      (match int_of_string_opt first with Some n -> n | None -> fail start (Bad_length first))

let message text start =
  match line text start with
  | None -> fail start (Bad_request_line (String.sub text start (String.length text - start)))
  | Some (first, next) ->
      let meth, target, version = request_line start first in
      let headers, next = headers start text next [] in
      let length = body_length start headers in
      let got = String.length text - next in
      if length > got then fail start (Truncated { expected = length; got });
      ({ meth; target; version; headers; body = String.sub text next length }, next + length)

(* All requests in [text]; raises [Malformed]. *)
let parse text =
  let rec go start found =
    if start >= String.length text then List.rev found
    else
      let request, next = message text start in
      go next (request :: found)
  in
  go 0 []

(* The requests before the first error, and the error. *)
let parse_some text =
  let rec go start found =
    if start >= String.length text then (List.rev found, None)
    else
      match message text start with
      | request, next -> go next (request :: found)
      | exception Malformed (_, error) -> (List.rev found, Some error)
  in
  go 0 []

let check text = match parse text with requests -> Ok (List.length requests) | exception Malformed (_, e) -> Error e

let parse_file name =
  let channel = open_in_bin name in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  parse text

let header_of name request = find name request.headers

(* How often each target is asked for. *)
let targets requests =
  let counts = Hashtbl.create 16 in
  List.iter
    (fun { target; _ } ->
      Hashtbl.replace counts target (1 + Option.value ~default:0 (Hashtbl.find_opt counts target)))
    requests;
  List.sort compare (Hashtbl.fold (fun target count all -> (target, count) :: all) counts [])

let print_meth = function
  | Get -> "GET"
  | Head -> "HEAD"
  | Post -> "POST"
  | Put -> "PUT"
  | Delete -> "DELETE"
  | Other name -> name

let print request =
  let buffer = Buffer.create 256 in
  let major, minor = request.version in
  Printf.bprintf buffer "%s %s HTTP/%d.%d\r\n" (print_meth request.meth) request.target major minor;
  List.iter (fun (name, value) -> Printf.bprintf buffer "%s: %s\r\n" name value) request.headers;
  Buffer.add_string buffer "\r\n";
  Buffer.add_string buffer request.body;
  Buffer.contents buffer
