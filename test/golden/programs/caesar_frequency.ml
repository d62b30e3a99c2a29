let text = "DEFEND THE EAST WALL OF THE CASTLE AND THEN RETREAT TO THE SECOND TOWER"
let rotate k = String.map (fun c -> if c >= 'A' && c <= 'Z' then Char.chr ((((Char.code c - 65 + k) mod 26) + 26) mod 26 + 65) else c)

let english = [| 8.2; 1.5; 2.8; 4.3; 12.7; 2.2; 2.0; 6.1; 7.0; 0.15; 0.77; 4.0; 2.4; 6.7; 7.5; 1.9; 0.095; 6.0; 6.3; 9.1; 2.8; 0.98; 2.4; 0.15; 2.0; 0.074 |]

let distance s =
  let counts = Array.make 26 0 and n = ref 0 in
  String.iter (fun c -> if c <> ' ' then begin incr n; let i = Char.code c - 65 in counts.(i) <- counts.(i) + 1 end) s;
  let d = ref 0. in
  Array.iteri (fun i c -> let f = 100. *. float c /. float !n in d := !d +. (((f -. english.(i)) ** 2.) /. english.(i))) counts;
  !d

let crack s = snd (List.hd (List.sort compare (List.init 26 (fun k -> (distance (rotate k s), k)))))

let () =
  let secret = rotate 7 text in
  print_endline secret;
  let k = crack secret in
  Printf.printf "%d %.3f\n%s\n" k (distance text) (rotate k secret)

(* stdout {expected|
KLMLUK AOL LHZA DHSS VM AOL JHZASL HUK AOLU YLAYLHA AV AOL ZLJVUK AVDLY
19 37.853
DEFEND THE EAST WALL OF THE CASTLE AND THEN RETREAT TO THE SECOND TOWER
|expected} *)
