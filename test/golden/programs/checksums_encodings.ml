(* Base64, hexadecimal, CRC-32, Adler-32, FNV, SHA-1, Luhn: arithmetic on bytes and 32-bit words. *)

let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

let base64 s =
  let n = String.length s in
  let byte i = if i < n then Char.code s.[i] else 0 in
  let group i =
    let word = (byte i lsl 16) lor (byte (i + 1) lsl 8) lor byte (i + 2) in
    String.init 4 (fun k -> if i + k > n then '=' else alphabet.[(word lsr (18 - (6 * k))) land 63])
  in
  String.concat "" (List.init ((n + 2) / 3) (fun i -> group (3 * i)))

let of_base64 s =
  let b = Buffer.create 16 in
  let _ =
    String.fold_left
      (fun (bits, word) c ->
        match String.index_opt alphabet c with
        | None -> (bits, word)
        | Some v ->
          let word = ((word lsl 6) lor v) land 0xFFFF and bits = bits + 6 in
          if bits < 8 then (bits, word)
          else begin
            Buffer.add_uint8 b ((word lsr (bits - 8)) land 255);
            (bits - 8, word)
          end)
      (0, 0) s
  in
  Buffer.contents b

let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))

let crc_table =
  Array.init 256 (fun n ->
      let rec go k c = if k = 0 then c else go (k - 1) (if c land 1 = 1 then 0xEDB88320 lxor (c lsr 1) else c lsr 1) in
      go 8 n)

let crc32 s = String.fold_left (fun c ch -> crc_table.((c lxor Char.code ch) land 255) lxor (c lsr 8)) 0xFFFFFFFF s lxor 0xFFFFFFFF

let adler32 s =
  let a, b = String.fold_left (fun (a, b) c -> let a = (a + Char.code c) mod 65521 in (a, (b + a) mod 65521)) (1, 0) s in
  (b lsl 16) lor a

let fnv1a s = String.fold_left (fun h c -> Int64.(mul (logxor h (of_int (Char.code c))) 0x100000001b3L)) 0xcbf29ce484222325L s

let sha1 message =
  let open Int32 in
  let rotate x n = logor (shift_left x n) (shift_right_logical x (32 - n)) in
  let n = String.length message in
  let padded = Bytes.make ((n + 72) / 64 * 64) '\000' in
  Bytes.blit_string message 0 padded 0 n;
  Bytes.set padded n '\x80';
  Bytes.set_int64_be padded (Bytes.length padded - 8) (Int64.of_int (8 * n));
  let block h i =
    let w = Array.make 80 0l in
    for t = 0 to 15 do w.(t) <- Bytes.get_int32_be padded ((64 * i) + (4 * t)) done;
    for t = 16 to 79 do w.(t) <- rotate (logxor (logxor w.(t - 3) w.(t - 8)) (logxor w.(t - 14) w.(t - 16))) 1 done;
    let a, b, c, d, e =
      Array.fold_left
        (fun (t, (a, b, c, d, e)) wt ->
          let f, k =
            if t < 20 then (logor (logand b c) (logand (lognot b) d), 0x5A827999l)
            else if t < 40 then (logxor b (logxor c d), 0x6ED9EBA1l)
            else if t < 60 then (logor (logand b c) (logor (logand b d) (logand c d)), 0x8F1BBCDCl)
            else (logxor b (logxor c d), 0xCA62C1D6l)
          in
          (t + 1, (add (rotate a 5) (add f (add e (add k wt))), a, rotate b 30, c, d)))
        (0, h) w
      |> snd
    in
    let h0, h1, h2, h3, h4 = h in
    (add h0 a, add h1 b, add h2 c, add h3 d, add h4 e)
  in
  let start = (0x67452301l, 0xEFCDAB89l, 0x98BADCFEl, 0x10325476l, 0xC3D2E1F0l) in
  let a, b, c, d, e = List.fold_left block start (List.init (Bytes.length padded / 64) Fun.id) in
  Printf.sprintf "%08lx%08lx%08lx%08lx%08lx" a b c d e

let luhn digits =
  let n = String.length digits in
  let digit i c = let d = Char.code c - 48 in if (n - i) mod 2 = 0 then (if d > 4 then (2 * d) - 9 else 2 * d) else d in
  List.fold_left ( + ) 0 (List.mapi digit (List.of_seq (String.to_seq digits))) mod 10 = 0

let () =
  List.iter
    (fun s ->
      let e = base64 s in
      Printf.printf "%S %s %s %b\n" s e (hex s) (of_base64 e = s))
    [ ""; "f"; "fo"; "foo"; "foob"; "\000\255\128" ];
  List.iter
    (fun s -> Printf.printf "%08x %08x %Lx %s %s\n" (crc32 s) (adler32 s) (fnv1a s) (sha1 s) (Digest.to_hex (Digest.string s)))
    [ ""; "abc"; "The quick brown fox jumps over the lazy dog"; String.make 200 'x' ];
  List.iter (fun d -> Printf.printf "%s %b; " d (luhn d)) [ "4539578763621486"; "4539578763621487"; "79927398713" ];
  print_newline ()

(* stdout {expected|
""   true
"f" Zg== 66 true
"fo" Zm8= 666f true
"foo" Zm9v 666f6f true
"foob" Zm9vYg== 666f6f62 true
"\000\255\128" AP+A 00ff80 true
00000000 00000001 cbf29ce484222325 da39a3ee5e6b4b0d3255bfef95601890afd80709 d41d8cd98f00b204e9800998ecf8427e
352441c2 024d0127 e71fa2190541574b a9993e364706816aba3e25717850c26c9cd0d89d 900150983cd24fb0d6963f7d28e17f72
414fa339 5bdc0fda f3f9b7f5e7e47110 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 9e107d9d372bb6826bd81d3542a419d6
7ecb6ba6 d0c45dc1 6ee14c8caecd5c45 94218caae9904e93a3d7bf578bf4791926fc5e82 30a83621ce5422fbdfdd539777458c78
4539578763621486 true; 4539578763621487 false; 79927398713 true; 
|expected} *)
