type tree = Leaf of int * char | Node of int * tree * tree

let weight = function Leaf (w, _) | Node (w, _, _) -> w

let rec insert t = function [] -> [ t ] | u :: rest as l -> if weight t <= weight u then t :: l else u :: insert t rest
let rec build = function [] -> failwith "empty" | [ t ] -> t | a :: b :: rest -> build (insert (Node (weight a + weight b, a, b)) rest)

let frequencies s =
  let h = Hashtbl.create 64 in
  String.iter (fun c -> Hashtbl.replace h c (1 + try Hashtbl.find h c with Not_found -> 0)) s;
  List.sort compare (Hashtbl.fold (fun c n acc -> (n, c) :: acc) h [])

let rec codes prefix = function Leaf (_, c) -> [ (c, prefix) ] | Node (_, a, b) -> codes (prefix ^ "0") a @ codes (prefix ^ "1") b

let decode tree bits =
  let b = Buffer.create 100 in
  let rec go t i =
    match t with
    | Leaf (_, c) -> Buffer.add_char b c; if i < String.length bits then go tree i
    | Node (_, l, r) -> if i < String.length bits then go (if bits.[i] = '0' then l else r) (i + 1)
  in
  go tree 0;
  Buffer.contents b

let () =
  let text = "it was the best of times, it was the worst of times" in
  let tree = build (List.map (fun (n, c) -> Leaf (n, c)) (frequencies text)) in
  let table = codes "" tree in
  List.iter (fun (c, code) -> Printf.printf "%C %s\n" c code) (List.sort compare table);
  let bits = String.concat "" (List.map (fun c -> List.assoc c table) (List.of_seq (String.to_seq text))) in
  Printf.printf "%d bits of %d\n%s\n" (String.length bits) (8 * String.length text) (decode tree bits)

(* stdout {expected|
' ' 01
',' 001010
'a' 11000
'b' 001011
'e' 000
'f' 11001
'h' 10110
'i' 1101
'm' 10111
'o' 0011
'r' 00100
's' 100
't' 111
'w' 1010
176 bits of 408
it was the best of times, it was the worst of times
|expected} *)
