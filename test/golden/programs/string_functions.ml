let () =
  let s = "the rain in spain stays mainly in the plain" in
  let count_sub s sub =
    let n = String.length sub in
    let rec go i acc = if i + n > String.length s then acc else go (i + 1) (if String.sub s i n = sub then acc + 1 else acc) in
    go 0 0
  in
  Printf.printf "%d %d\n" (count_sub s "ain") (count_sub s "the");
  let replace s a b = String.concat b (let rec split s = let n = String.length a in let rec find i = if i + n > String.length s then None else if String.sub s i n = a then Some i else find (i + 1) in match find 0 with None -> [ s ] | Some i -> String.sub s 0 i :: split (String.sub s (i + n) (String.length s - i - n)) in split s) in
  print_endline (replace s "ain" "AIN");
  Printf.printf "%d %d %b\n" (String.index s 'r') (String.rindex s 't') (String.contains s 'z');
  Printf.printf "[%s] [%s]\n" (String.trim "  pad \n") (String.make 3 '=');
  Printf.printf "%b %b\n" (String.starts_with ~prefix:"the" s) (String.ends_with ~suffix:"plane" s);
  print_endline (String.mapi (fun i c -> if i mod 2 = 0 then Char.uppercase_ascii c else c) "alternate");
  print_endline (String.escaped "tab\there \"quoted\" \001");
  Printf.printf "%s\n" (String.concat "|" (String.split_on_char ',' "a,,b,"));
  Printf.printf "%d %d %d\n" (String.compare "a" "b") (String.compare "abc" "ab") (String.compare "x" "x");
  let sorted = List.sort String.compare (String.split_on_char ' ' s) in
  print_endline (String.concat " " (List.sort_uniq String.compare sorted));
  let reverse_words s = String.concat " " (List.rev (String.split_on_char ' ' s)) in
  print_endline (reverse_words s);
  let run_length s =
    let b = Buffer.create 16 in
    let n = String.length s in
    let rec go i = if i < n then begin let j = ref i in while !j < n && s.[!j] = s.[i] do incr j done; Buffer.add_string b (Printf.sprintf "%d%c" (!j - i) s.[i]); go !j end in
    go 0;
    Buffer.contents b
  in
  print_endline (run_length "aaabccddddde");
  let hex = String.concat "" (List.map (fun c -> Printf.sprintf "%02X" (Char.code c)) (List.of_seq (String.to_seq "OCaml"))) in
  print_endline hex;
  let base64 s =
    let table = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" in
    let n = String.length s in
    let byte i = if i < n then Char.code s.[i] else 0 in
    String.concat "" (List.init ((n + 2) / 3) (fun k -> let i = k * 3 in let v = (byte i lsl 16) lor (byte (i + 1) lsl 8) lor byte (i + 2) in String.init 4 (fun j -> if i + j > n then '=' else table.[(v lsr (18 - (6 * j))) land 63])))
  in
  List.iter (fun s -> print_endline (base64 s)) [ ""; "f"; "fo"; "foo"; "foobar" ]

(* stdout {expected|
4 2
the rAIN in spAIN stays mAINly in the plAIN
4 34 false
[pad] [===]
true false
AlTeRnAtE
tab\there \"quoted\" \001
a||b|
-1 1 0
in mainly plain rain spain stays the
plain the in mainly stays spain in rain the
3a1b2c5d1e
4F43616D6C

Zg==
Zm8=
Zm9v
Zm9vYmFy
|expected} *)
