(* SIP messages: start lines, compact and folded headers, URIs with parameters, Via and CSeq. *)
type uri = { scheme : string; user : string option; host : string; port : int option; params : (string * string option) list }
type start = Request of string * uri | Response of int * string
type message = { start : start; headers : (string * string) list; body : string }

exception Malformed of string

let fail fmt = Printf.ksprintf (fun s -> raise (Malformed s)) fmt

let cut c s =
  match String.index_opt s c with
  | Some i -> (String.sub s 0 i, Some (String.sub s (i + 1) (String.length s - i - 1)))
  | None -> (s, None)

let params s = List.map (cut '=') (String.split_on_char ';' s)

let uri s =
  let scheme, rest = cut ':' s in
  let rest = match rest with Some r when scheme = "sip" || scheme = "sips" -> r | _ -> fail "bad uri %s" s in
  let address, ps = cut ';' rest in
  let user, hostport = match cut '@' address with h, None -> (None, h) | u, Some h -> (Some u, h) in
  let host, port = cut ':' hostport in
  if host = "" then fail "no host in %s" s;
  let port = Option.map (fun p -> match int_of_string_opt p with Some n when n > 0 && n < 65536 -> n | _ -> fail "bad port %s" p) port in
  { scheme; user; host; port; params = (match ps with None -> [] | Some p -> params p) }

let compact = function "v" -> "via" | "f" -> "from" | "t" -> "to" | "i" -> "call-id" | "m" -> "contact" | "l" -> "content-length" | "c" -> "content-type" | h -> h

(* A line that begins with white space continues the one before. *)
let rec unfold = function
  | a :: b :: rest when b <> "" && (b.[0] = ' ' || b.[0] = '\t') -> unfold ((a ^ " " ^ String.trim b) :: rest)
  | a :: rest -> a :: unfold rest
  | [] -> []

let header l = match cut ':' l with name, Some v -> (compact (String.lowercase_ascii (String.trim name)), String.trim v) | _ -> fail "bad header %s" l

let start_line l =
  match String.split_on_char ' ' l with
  | "SIP/2.0" :: code :: reason -> (
      match int_of_string_opt code with Some n when n >= 100 && n < 700 -> Response (n, String.concat " " reason) | _ -> fail "bad status %s" code)
  | [ meth; u; "SIP/2.0" ] when String.uppercase_ascii meth = meth -> Request (meth, uri u)
  | _ -> fail "bad start line %s" l

let split_body text =
  let rec go i =
    if i + 4 > String.length text then fail "no end of headers"
    else if String.sub text i 4 = "\r\n\r\n" then (String.sub text 0 i, String.sub text (i + 4) (String.length text - i - 4))
    else go (i + 1)
  in
  go 0

let parse text =
  let head, body = split_body text in
  let lines = List.map (fun l -> fst (cut '\r' l)) (String.split_on_char '\n' head) in
  match unfold lines with
  | [] -> fail "empty"
  | first :: rest ->
      let headers = List.map header rest in
      let body =
        match List.assoc_opt "content-length" headers with
        | None -> body
        | Some l -> (
            match int_of_string_opt l with
            | Some n when n <= String.length body -> String.sub body 0 n
            | Some n -> fail "body has %d of %d bytes" (String.length body) n
            | None -> fail "bad length %s" l)
      in
      { start = start_line first; headers; body }

let show_uri u =
  Printf.sprintf "%s %s at %s:%s%s" u.scheme (Option.value u.user ~default:"-") u.host
    (match u.port with None -> "-" | Some p -> string_of_int p)
    (String.concat "" (List.map (fun (k, v) -> Printf.sprintf " [%s=%s]" k (Option.value v ~default:"")) u.params))

let show m =
  (match m.start with
  | Request (meth, u) -> Printf.printf "%s %s\n" meth (show_uri u)
  | Response (code, reason) -> Printf.printf "%d (%s)\n" code reason);
  List.iter (fun (k, v) -> Printf.printf "  %-14s %s\n" k v) m.headers;
  List.iter (fun v -> match params v with (sent_by, _) :: ps -> Printf.printf "  via %s %s\n" sent_by (String.concat "," (List.map fst ps)) | [] -> ()) (List.filter_map (fun (k, v) -> if k = "via" then Some v else None) m.headers);
  (match List.assoc_opt "cseq" m.headers with
  | Some c -> (match String.split_on_char ' ' c with [ n; meth ] -> Printf.printf "  sequence %d of %s\n" (int_of_string n) meth | _ -> fail "bad cseq")
  | None -> ());
  if m.body <> "" then Printf.printf "  %d bytes: %S\n" (String.length m.body) m.body

let crlf lines = String.concat "\r\n" lines ^ "\r\n\r\n"

let invite =
  crlf [ "INVITE sip:bob@biloxi.example.com:5060;transport=tcp;lr SIP/2.0"; "Via: SIP/2.0/TCP client.atlanta.example.com:5060;branch=z9hG4bK74bf9"; "Max-Forwards: 70";
      "f: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl"; "To: Bob"; "  <sip:bob@biloxi.example.com>"; "i: 3848276298220188511@atlanta.example.com"; "CSeq: 1 INVITE"; "l: 10" ]
  ^ "v=0\r\no=al..."

let () =
  List.iter
    (fun text -> match show (parse text) with () -> () | exception Malformed what -> print_endline ("malformed: " ^ what))
    [ invite; crlf [ "SIP/2.0 180 Ringing now"; "v: SIP/2.0/UDP a;branch=1"; "Via: SIP/2.0/UDP b"; "CSeq: 314159 INVITE" ]; crlf [ "invite sip:x SIP/2.0" ]; crlf [ "OPTIONS http://x SIP/2.0" ];
      crlf [ "BYE sip:a@b:99999 SIP/2.0" ]; crlf [ "SIP/2.0 999 What" ]; crlf [ "BYE sip:a@b SIP/2.0"; "no colon here" ]; "ACK sip:a@b SIP/2.0\r\n"; crlf [ "ACK sip:@ SIP/2.0" ]; crlf [ "ACK sip:a SIP/2.0"; "l: 5" ] ]

(* stdout {expected|
INVITE sip bob at biloxi.example.com:5060 [transport=tcp] [lr=]
  via            SIP/2.0/TCP client.atlanta.example.com:5060;branch=z9hG4bK74bf9
  max-forwards   70
  from           Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl
  to             Bob <sip:bob@biloxi.example.com>
  call-id        3848276298220188511@atlanta.example.com
  cseq           1 INVITE
  content-length 10
  via SIP/2.0/TCP client.atlanta.example.com:5060 branch
  sequence 1 of INVITE
  10 bytes: "v=0\r\no=al."
180 (Ringing now)
  via            SIP/2.0/UDP a;branch=1
  via            SIP/2.0/UDP b
  cseq           314159 INVITE
  via SIP/2.0/UDP a branch
  via SIP/2.0/UDP b 
  sequence 314159 of INVITE
malformed: bad start line invite sip:x SIP/2.0
malformed: bad uri http://x
malformed: bad port 99999
malformed: bad status 999
malformed: bad header no colon here
malformed: no end of headers
malformed: no host in sip:@
malformed: body has 0 of 5 bytes
|expected} *)
