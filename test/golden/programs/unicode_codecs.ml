(* Unicode scalar values, and encoding and decoding of UTF-8 and UTF-16. *)

let euro = Uchar.of_int 0x20AC
let smile = Uchar.of_int 0x1F600

let encode_8 u = let b = Buffer.create 4 in Buffer.add_utf_8_uchar b u; Buffer.contents b
let encode_16be u = let b = Buffer.create 4 in Buffer.add_utf_16be_uchar b u; Buffer.contents b
let encode_16le u = let b = Buffer.create 4 in Buffer.add_utf_16le_uchar b u; Buffer.contents b
let hex s = String.concat " " (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))

(* A decoder of our own, so that this also runs with a library that has none. *)
let decode text =
  let byte i = Char.code text.[i] in
  let rec go i =
    if i >= String.length text then []
    else
      let b = byte i in
      let extra, low = if b < 0x80 then (0, b) else if b < 0xE0 then (1, b land 0x1F) else if b < 0xF0 then (2, b land 0xF) else (3, b land 7) in
      let rec more k code = if k > extra then code else more (k + 1) ((code lsl 6) lor (byte (i + k) land 0x3F)) in
      Uchar.of_int (more 1 low) :: go (i + extra + 1)
  in
  go 0

let name u = Printf.sprintf "U+%04X" (Uchar.to_int u)

let width u =
  let c = Uchar.to_int u in
  if c < 0x80 then 1 else if c < 0x800 then 2 else if c < 0x10000 then 3 else 4

let () =
  List.iter
    (fun u -> Printf.printf "%s: %s | %s | %s\n" (name u) (hex (encode_8 u)) (hex (encode_16be u)) (hex (encode_16le u)))
    [ Uchar.of_char 'A'; Uchar.of_int 0xE9; euro; Uchar.bom; Uchar.rep; smile; Uchar.min; Uchar.max ];
  let text = "naïve café €5 😀" in
  let points = decode text in
  Printf.printf "%d bytes, %d points\n" (String.length text) (List.length points);
  print_endline (String.concat " " (List.map name (List.filter (fun u -> not (Uchar.is_char u) || Uchar.to_int u > 127) points)));
  Printf.printf "%b\n" (String.concat "" (List.map encode_8 points) = text);
  Printf.printf "%d\n" (List.fold_left (fun n u -> n + width u) 0 points);
  let reversed = String.concat "" (List.rev_map encode_8 points) in
  print_endline reversed;
  (* Order, successors and validity: surrogates are no scalar values. *)
  Printf.printf "%s %s\n" (name (Uchar.succ (Uchar.of_int 0xD7FF))) (name (Uchar.pred (Uchar.of_int 0xE000)));
  Printf.printf "%b %b %b %b\n" (Uchar.is_valid 0xD800) (Uchar.is_valid 0x10FFFF) (Uchar.is_valid 0x110000) (Uchar.is_valid (-1));
  Printf.printf "%d %d %b\n" (Uchar.compare euro smile) (Uchar.compare smile smile) (Uchar.equal euro (Uchar.of_int 8364));
  List.iter
    (fun f -> match f () with u -> print_endline (name u) | exception Invalid_argument m -> print_endline m)
    [ (fun () -> Uchar.of_int 0xDFFF); (fun () -> Uchar.succ Uchar.max); (fun () -> Uchar.pred Uchar.min); (fun () -> Uchar.of_int 0xFFFF) ];
  Printf.printf "%c %b\n" (Uchar.to_char (Uchar.of_int 0x7A)) (Uchar.is_char euro);
  (try ignore (Uchar.to_char euro) with Invalid_argument m -> print_endline m);
  Printf.printf "%b\n" (Hashtbl.hash (Uchar.hash euro) = Hashtbl.hash (Uchar.hash (Uchar.of_int 0x20AC)))

(* stdout {expected|
U+0041: 41 | 00 41 | 41 00
U+00E9: c3 a9 | 00 e9 | e9 00
U+20AC: e2 82 ac | 20 ac | ac 20
U+FEFF: ef bb bf | fe ff | ff fe
U+FFFD: ef bf bd | ff fd | fd ff
U+1F600: f0 9f 98 80 | d8 3d de 00 | 3d d8 00 de
U+0000: 00 | 00 00 | 00 00
U+10FFFF: f4 8f bf bf | db ff df ff | ff db ff df
22 bytes, 15 points
U+00EF U+00E9 U+20AC U+1F600
true
22
😀 5€ éfac evïan
U+E000 U+D7FF
false true false false
-1 0 true
DFFF is not an Unicode scalar value
U+10FFFF has no successor
U+0000 has no predecessor
U+FFFF
z false
U+20AC is not a latin1 character
true
|expected} *)
