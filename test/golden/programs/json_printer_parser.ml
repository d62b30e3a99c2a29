type json = Null | Bool of bool | Number of float | String of string | Array of json list | Object of (string * json) list

exception Syntax of int * string

let escape s =
  let b = Buffer.create (String.length s + 2) in
  Buffer.add_char b '"';
  String.iter
    (function
      | '"' -> Buffer.add_string b "\\\""
      | '\\' -> Buffer.add_string b "\\\\"
      | '\n' -> Buffer.add_string b "\\n"
      | '\t' -> Buffer.add_string b "\\t"
      | c when c < ' ' -> Buffer.add_string b (Printf.sprintf "\\u%04x" (Char.code c))
      | c -> Buffer.add_char b c)
    s;
  Buffer.add_char b '"';
  Buffer.contents b

let rec print = function
  | Null -> "null"
  | Bool b -> string_of_bool b
  | Number f -> if Float.is_integer f && abs_float f < 1e15 then Printf.sprintf "%.0f" f else Printf.sprintf "%.12g" f
  | String s -> escape s
  | Array l -> "[" ^ String.concat "," (List.map print l) ^ "]"
  | Object l -> "{" ^ String.concat "," (List.map (fun (k, v) -> escape k ^ ":" ^ print v) l) ^ "}"

let rec pretty indent = function
  | Array (_ :: _ as l) -> "[\n" ^ String.concat ",\n" (List.map (fun v -> indent ^ "  " ^ pretty (indent ^ "  ") v) l) ^ "\n" ^ indent ^ "]"
  | Object (_ :: _ as l) ->
      "{\n" ^ String.concat ",\n" (List.map (fun (k, v) -> Printf.sprintf "%s  %s: %s" indent (escape k) (pretty (indent ^ "  ") v)) l) ^ "\n" ^ indent ^ "}"
  | v -> print v

let parse s =
  let pos = ref 0 and n = String.length s in
  let fail what = raise (Syntax (!pos, what)) in
  let peek () = if !pos < n then s.[!pos] else '\000' in
  let rec skip () = match peek () with ' ' | '\n' | '\t' | '\r' -> incr pos; skip () | _ -> () in
  let expect c = if peek () = c then incr pos else fail (Printf.sprintf "expected %C" c) in
  let word w v = if !pos + String.length w <= n && String.sub s !pos (String.length w) = w then begin pos := !pos + String.length w; v end else fail ("expected " ^ w) in
  let number () =
    let start = !pos in
    while match peek () with '0' .. '9' | '-' | '+' | '.' | 'e' | 'E' -> true | _ -> false do incr pos done;
    match float_of_string_opt (String.sub s start (!pos - start)) with Some f -> Number f | None -> fail "bad number"
  in
  let string () =
    expect '"';
    let b = Buffer.create 16 in
    let rec go () =
      match peek () with
      | '"' -> incr pos
      | '\\' ->
          incr pos;
          (match peek () with
          | 'n' -> Buffer.add_char b '\n'
          | 't' -> Buffer.add_char b '\t'
          | 'u' ->
              Buffer.add_utf_8_uchar b (Uchar.of_int (int_of_string ("0x" ^ String.sub s (!pos + 1) 4)));
              pos := !pos + 4
          | ('"' | '\\' | '/') as c -> Buffer.add_char b c
          | _ -> fail "bad escape");
          incr pos;
          go ()
      | '\000' when !pos >= n -> fail "unterminated string"
      | c -> Buffer.add_char b c; incr pos; go ()
    in
    go ();
    Buffer.contents b
  in
  let rec value () =
    skip ();
    let v =
      match peek () with
      | 'n' -> word "null" Null
      | 't' -> word "true" (Bool true)
      | 'f' -> word "false" (Bool false)
      | '"' -> String (string ())
      | '[' -> incr pos; Array (items ']' value)
      | '{' -> incr pos; Object (items '}' field)
      | '0' .. '9' | '-' -> number ()
      | _ -> fail "expected a value"
    in
    skip ();
    v
  and field () =
    skip ();
    let k = string () in
    skip ();
    expect ':';
    (k, value ())
  and items : 'a. char -> (unit -> 'a) -> 'a list = fun close item ->
    skip ();
    if peek () = close then begin incr pos; [] end
    else
      let rec more acc =
        let acc = item () :: acc in
        if peek () = ',' then begin incr pos; more acc end else begin expect close; List.rev acc end
      in
      more []
  in
  let v = value () in
  if !pos < n then fail "trailing text" else v

let () =
  let text = {| { "name": "caml", "humps": 2, "tags": ["a", "b\n", "\u20ac"], "nested": {"empty": [], "none": null, "yes": true}, "pi": -3.25e2 } |} in
  let v = parse text in
  print_endline (print v);
  print_endline (pretty "" v);
  Printf.printf "%b\n" (parse (print v) = v && parse (pretty "" v) = v);
  List.iter
    (fun s -> match parse s with v -> print_endline (print v) | exception Syntax (at, what) -> Printf.printf "at %d: %s\n" at what)
    [ ""; "[1,]"; "{\"a\" 1}"; "\"abc"; "[1 2]"; "tru"; "1.2.3"; "[[[[]]]]"; "null x" ]

(* stdout {expected|
{"name":"caml","humps":2,"tags":["a","b\n","€"],"nested":{"empty":[],"none":null,"yes":true},"pi":-325}
{
  "name": "caml",
  "humps": 2,
  "tags": [
    "a",
    "b\n",
    "€"
  ],
  "nested": {
    "empty": [],
    "none": null,
    "yes": true
  },
  "pi": -325
}
true
at 0: expected a value
at 3: expected a value
at 5: expected ':'
at 4: unterminated string
at 3: expected ']'
at 0: expected true
at 5: bad number
[[[[]]]]
at 5: trailing text
|expected} *)
