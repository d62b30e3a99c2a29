(* HTTP/1.1 requests out of a byte stream: request line, headers, Content-Length and chunked bodies, pipelining. *)
type request = { meth : string; target : string; version : int * int; headers : (string * string) list; body : string }
type error = Bad_request_line of string | Bad_header of string | Bad_length of string | Bad_version of string | Incomplete

let ( let* ) = Result.bind

let line s i =
  match String.index_from_opt s i '\r' with
  | Some j when j + 1 < String.length s && s.[j + 1] = '\n' -> Ok (String.sub s i (j - i), j + 2)
  | _ -> Error Incomplete

let request_line l =
  match String.split_on_char ' ' l with
  | [ meth; target; version ] when meth <> "" && target <> "" -> (
      match version with
      | "HTTP/1.1" -> Ok (meth, target, (1, 1))
      | "HTTP/1.0" -> Ok (meth, target, (1, 0))
      | v -> Error (Bad_version v))
  | _ -> Error (Bad_request_line l)

let is_token s = s <> "" && String.for_all (function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '-' | '_' | '!' -> true | _ -> false) s

let header l =
  match String.index_opt l ':' with
  | Some i when is_token (String.sub l 0 i) -> Ok (String.lowercase_ascii (String.sub l 0 i), String.trim (String.sub l (i + 1) (String.length l - i - 1)))
  | _ -> Error (Bad_header l)

let rec headers s i acc =
  let* l, i = line s i in
  if l = "" then Ok (List.rev acc, i)
  else
    let* h = header l in
    headers s i (h :: acc)

let rec chunks s i b =
  let* l, i = line s i in
  let size = match String.index_opt l ';' with Some j -> String.sub l 0 j | None -> l in
  match int_of_string_opt ("0x" ^ size) with
  | None -> Error (Bad_length l)
  | Some 0 -> let* _, i = line s i in Ok (Buffer.contents b, i)
  | Some n when i + n + 2 <= String.length s -> Buffer.add_substring b s i n; chunks s (i + n + 2) b
  | Some _ -> Error Incomplete

let body s i headers =
  match List.assoc_opt "transfer-encoding" headers, List.assoc_opt "content-length" headers with
  | Some "chunked", _ -> chunks s i (Buffer.create 64)
  | _, None -> Ok ("", i)
  | _, Some l -> (
      match int_of_string_opt l with
      | Some n when n >= 0 -> if i + n <= String.length s then Ok (String.sub s i n, i + n) else Error Incomplete
      | _ -> Error (Bad_length l))

let request s i =
  let* l, i = line s i in
  let* meth, target, version = request_line l in
  let* headers, i = headers s i [] in
  let* body, i = body s i headers in
  Ok ({ meth; target; version; headers; body }, i)

let error_to_string = function
  | Bad_request_line l -> "bad request line: " ^ l
  | Bad_header l -> "bad header: " ^ l
  | Bad_length l -> "bad length: " ^ l
  | Bad_version v -> "bad version: " ^ v
  | Incomplete -> "incomplete"

let rec all s i =
  if i < String.length s then
    match request s i with
    | Error e -> Printf.printf "%d: %s\n" i (error_to_string e)
    | Ok (r, next) ->
        Printf.printf "%s %s HTTP/%d.%d, %d bytes\n" r.meth r.target (fst r.version) (snd r.version) (next - i);
        List.iter (fun (k, v) -> Printf.printf "  %s: %s\n" k v) r.headers;
        if r.body <> "" then Printf.printf "  body %S\n" r.body;
        all s next

let crlf lines = String.concat "\r\n" lines

let () =
  all (crlf [ "GET /index.html?x=1 HTTP/1.1"; "Host: example.org"; "Accept:  text/html "; ""; "POST /form HTTP/1.0"; "Content-Length: 9"; ""; "a=1&b=two" ]
       ^ crlf [ "PUT /chunks HTTP/1.1"; "Transfer-Encoding: chunked"; ""; "5"; "hello"; "7;ext=1"; ", world"; "0"; ""; "" ]) 0;
  List.iter
    (fun s -> all s 0)
    [ crlf [ "GET /"; ""; "" ]; crlf [ "GET / HTTP/2.0"; ""; "" ]; crlf [ "GET / HTTP/1.1"; "Bad Header: x"; ""; "" ]; crlf [ "GET / HTTP/1.1"; "Content-Length: -1"; ""; "" ];
      "GET / HT"; crlf [ "POST / HTTP/1.1"; "Content-Length: 100"; ""; "short" ] ]

(* stdout {expected|
GET /index.html?x=1 HTTP/1.1, 72 bytes
  host: example.org
  accept: text/html
POST /form HTTP/1.0, 51 bytes
  content-length: 9
  body "a=1&b=two"
PUT /chunks HTTP/1.1, 85 bytes
  transfer-encoding: chunked
  body "hello, world"
0: bad request line: GET /
0: bad version: HTTP/2.0
0: bad header: Bad Header: x
0: bad length: -1
0: incomplete
0: incomplete
|expected} *)
