(* The texts are those of RFC 4291: [1.2.3.4]; eight groups of hexadecimal digits, of which a run of zeros may be left out, and the last
   two of which may be written as an IPv4 address. *)

let is_digit c = c >= '0' && c <= '9'
let is_hexadecimal c = is_digit c || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')

(* Decimal and without leading zeros, which some take for octal. *)
let byte_of_text text =
  let length = String.length text in
  if length = 0 || length > 3 || (length > 1 && text.[0] = '0') || not (String.for_all is_digit text) then None
  else
    let n = int_of_string text in
    if n < 256 then Some (Char.chr n) else None

let v4_of_text text =
  match List.filter_map byte_of_text (String.split_on_char '.' text) with
  | [ a; b; c; d ] when List.length (String.split_on_char '.' text) = 4 -> Some (String.of_seq (List.to_seq [ a; b; c; d ]))
  | _ -> None

(* The bytes of groups between colons. *)
let rec groups_of_texts = function
  | [] -> Some ""
  | [ last ] when String.contains last '.' -> v4_of_text last
  | group :: rest when group <> "" && String.length group <= 4 && String.for_all is_hexadecimal group ->
      let n = int_of_string ("0x" ^ group) in
      let bytes = Bytes.create 2 in
      Bytes.set_uint16_be bytes 0 n;
      Option.map (fun others -> Bytes.to_string bytes ^ others) (groups_of_texts rest)
  | _ -> None

let groups_of_text text = if text = "" then Some "" else groups_of_texts (String.split_on_char ':' text)

let rec find_gap text from =
  if from + 1 >= String.length text then None
  else if text.[from] = ':' && text.[from + 1] = ':' then Some from
  else find_gap text (from + 1)

let v6_of_text text =
  match find_gap text 0 with
  | None -> ( match groups_of_text text with Some bytes when String.length bytes = 16 -> Some bytes | _ -> None)
  | Some gap -> (
      let left = String.sub text 0 gap in
      let right = String.sub text (gap + 2) (String.length text - gap - 2) in
      match (groups_of_text left, groups_of_text right) with
      | Some before, Some after
        when String.length before + String.length after <= 14 && not (String.contains left '.') ->
          let zeros = 16 - String.length before - String.length after in
          Some (before ^ String.make zeros '\000' ^ after)
      | _ -> None)

let of_text text = if String.contains text ':' then v6_of_text text else v4_of_text text

let v4_to_text bytes from =
  String.concat "." (List.init 4 (fun i -> string_of_int (Char.code bytes.[from + i])))

(* The first of the longest runs of at least two zero groups: its start and its length. *)
let longest_gap group =
  let rec run from = if from < 8 && group from = 0 then 1 + run (from + 1) else 0 in
  let rec search from (start, length) =
    if from = 8 then (start, length)
    else
      let here = run from in
      search (from + 1) (if here > length then (from, here) else (start, length))
  in
  search 0 (8, 1)

let v6_to_text bytes =
  let group i = String.get_uint16_be bytes (2 * i) in
  let start, length = longest_gap group in
  let texts from until = String.concat ":" (List.init (until - from) (fun i -> Printf.sprintf "%x" (group (from + i)))) in
  if start = 8 then texts 0 8
  else if start = 0 && (length = 6 || (length = 5 && group 5 = 0xffff)) then
    "::" ^ (if length = 5 then "ffff:" else "") ^ v4_to_text bytes 12
  else texts 0 start ^ "::" ^ texts (start + length) 8

let to_text bytes = if String.length bytes = 4 then v4_to_text bytes 0 else v6_to_text bytes
