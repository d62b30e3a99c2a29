let caesar k s =
  let b = Bytes.of_string s in
  Bytes.iteri
    (fun i c ->
      let shift base = Char.chr ((((Char.code c - Char.code base + k) mod 26) + 26) mod 26 + Char.code base) in
      match c with 'a' .. 'z' -> Bytes.set b i (shift 'a') | 'A' .. 'Z' -> Bytes.set b i (shift 'A') | _ -> ())
    b;
  Bytes.to_string b

let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))

let () =
  let t = caesar 3 "Hello, World!" in
  print_endline t;
  print_endline (caesar (-3) t);
  let b = Bytes.make 8 '-' in
  Bytes.blit_string "abc" 0 b 2 3;
  Bytes.fill b 6 2 '*';
  print_endline (Bytes.to_string b);
  Bytes.set b 0 '\xFF';
  print_endline (hex (Bytes.to_string b));
  let s = Bytes.to_string b in
  Bytes.set b 1 'Z';
  Printf.printf "%b %c\n" (s = Bytes.to_string b) (Bytes.get b 1);
  let c = Bytes.create 4 in
  Bytes.set_int32_be c 0 0xDEADBEEFl;
  Printf.printf "%s %d %ld\n" (hex (Bytes.to_string c)) (Bytes.get_uint16_le c 1) (Bytes.get_int32_le c 0)

(* stdout {expected|
Khoor, Zruog!
Hello, World!
--abc-**
ff2d6162632d2a2a
false Z
deadbeef 48813 -272716322
|expected} *)
