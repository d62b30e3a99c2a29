(* LZ77 with a sliding window, LZW with a growing dictionary, and run lengths. *)

type token = Literal of char | Copy of { distance : int; length : int }

let longest_match text i ~window =
  let n = String.length text in
  let rec extend j k = if i + k < n && text.[j + k] = text.[i + k] then extend j (k + 1) else k in
  let rec best j (distance, length) =
    if j >= i then (distance, length)
    else
      let k = extend j 0 in
      best (j + 1) (if k >= length && k > 0 then (i - j, k) else (distance, length))
  in
  best (max 0 (i - window)) (0, 0)

let compress ?(window = 64) text =
  let rec go i =
    if i >= String.length text then []
    else
      match longest_match text i ~window with
      | distance, length when length >= 3 -> Copy { distance; length } :: go (i + length)
      | _ -> Literal text.[i] :: go (i + 1)
  in
  go 0

let expand tokens =
  let b = Buffer.create 64 in
  List.iter
    (function
      | Literal c -> Buffer.add_char b c
      | Copy { distance; length } ->
        (* The copy may overlap what it writes. *)
        for _ = 1 to length do Buffer.add_char b (Buffer.nth b (Buffer.length b - distance)) done)
    tokens;
  Buffer.contents b

let show = function Literal c -> String.make 1 c | Copy { distance; length } -> Printf.sprintf "<%d,%d>" distance length

let lzw text =
  let codes = Hashtbl.create 512 in
  for c = 0 to 255 do Hashtbl.add codes (String.make 1 (Char.chr c)) c done;
  let step (current, out) c =
    let longer = current ^ String.make 1 c in
    if Hashtbl.mem codes longer then (longer, out)
    else begin
      Hashtbl.add codes longer (Hashtbl.length codes);
      (String.make 1 c, Hashtbl.find codes current :: out)
    end
  in
  let last, out = Seq.fold_left step ("", []) (String.to_seq text) in
  List.rev (if last = "" then out else Hashtbl.find codes last :: out)

let run_lengths text =
  let flush b c n = if n > 0 then Printf.bprintf b "%d%c" n c in
  let b = Buffer.create 16 in
  let c, n = String.fold_left (fun (c, n) d -> if c = d then (c, n + 1) else (flush b c n; (d, 1))) ('\000', 0) text in
  flush b c n;
  Buffer.contents b

let () =
  List.iter
    (fun text ->
      let tokens = compress text in
      Printf.printf "%s (%d -> %d) %b\n" (String.concat "" (List.map show tokens)) (String.length text) (List.length tokens) (expand tokens = text))
    [ "abracadabra abracadabra"; "aaaaaaaaaaaa"; "no repeats"; "how much wood would a woodchuck chuck" ];
  print_endline (String.concat " " (List.map string_of_int (lzw "TOBEORNOTTOBEORTOBEORNOT")));
  print_endline (run_lengths "WWWWWWBWWWWBBBW")

(* stdout {expected|
abracad<7,4> <12,11> (23 -> 10) true
a<1,11> (12 -> 2) true
no repeats (10 -> 10) true
how much wood<5,3>uld a<13,5>chuck <6,5> (37 -> 27) true
84 79 66 69 79 82 78 79 84 256 258 260 265 259 261 263
6W1B4W3B1W
|expected} *)
