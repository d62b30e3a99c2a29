(* Sequences: laziness, sharing and its absence, and conversions from and to every container. *)

let rec take n s () =
  if n = 0 then Seq.Nil else match s () with Seq.Nil -> Seq.Nil | Cons (x, rest) -> Seq.Cons (x, take (n - 1) rest)

let ints s = String.concat " " (List.map string_of_int (List.of_seq s))
let rec from n () = Seq.Cons (n, from (n + 1))

(* What a sequence computes, it computes at each traversal, and only as far as it is read. *)
let () =
  let traced = Seq.map (fun n -> Printf.printf "(%d)" n; n * n) (from 1) in
  print_endline (ints (take 3 traced));
  print_endline (ints (take 2 traced));
  let filtered = Seq.filter (fun n -> Printf.printf "<%d>" n; n mod 3 = 0) (from 1) in
  (match filtered () with Seq.Cons (n, _) -> Printf.printf " %d\n" n | Nil -> ());
  let chosen = Seq.filter_map (fun n -> if n mod 2 = 0 then Some (string_of_int (n * 10)) else None) (from 1) in
  print_endline (String.concat "," (List.of_seq (take 4 chosen)))

let () =
  print_endline (ints Seq.empty ^ "|" ^ ints (Seq.return 5) ^ "|" ^ ints (Seq.cons 1 (Seq.return 2)));
  print_endline (ints (Seq.append (take 2 (from 1)) (take 2 (from 10))));
  print_endline (ints (Seq.flat_map (fun n -> take n (from n)) (take 3 (from 1))));
  print_endline (ints (Seq.concat_map (fun n -> List.to_seq [ n; -n ]) (take 3 (from 1))));
  print_endline (ints (Seq.concat (List.to_seq [ take 1 (from 5); Seq.empty; take 2 (from 7) ])));
  print_endline (ints (Seq.unfold (fun (a, b) -> if a > 50 then None else Some (a, (b, a + b))) (0, 1)));
  Printf.printf "%d\n" (Seq.fold_left ( + ) 0 (take 100 (from 1)));
  Seq.iter (Printf.printf "%d ") (take 5 (from 3));
  print_newline ()

(* An infinite sequence of primes, and merging of ordered ones. *)
let rec sieve s () =
  match s () with
  | Seq.Nil -> Seq.Nil
  | Cons (p, rest) -> Seq.Cons (p, sieve (Seq.filter (fun n -> n mod p <> 0) rest))

let rec merge a b () =
  match (a (), b ()) with
  | Seq.Nil, s | s, Seq.Nil -> s
  | Cons (x, a'), Cons (y, b') ->
    if x < y then Seq.Cons (x, merge a' b) else if x > y then Seq.Cons (y, merge a b') else Seq.Cons (x, merge a' b')

let rec hamming () = Seq.Cons (1, merge (scale 2) (merge (scale 3) (scale 5)))
and scale k () = Seq.map (fun n -> k * n) hamming ()

let () =
  print_endline (ints (take 12 (sieve (from 2))));
  print_endline (ints (take 20 hamming))

(* Conversions. *)
let () =
  let module S = Set.Make (Int) in
  let module M = Map.Make (String) in
  print_endline (String.of_seq (Seq.map Char.uppercase_ascii (String.to_seq "sequence")));
  print_endline (ints (S.to_seq (S.of_seq (List.to_seq [ 3; 1; 2; 3 ]))));
  print_endline (ints (S.to_seq_from 2 (S.of_list [ 1; 2; 3; 4 ])));
  print_endline (ints (S.to_rev_seq (S.of_list [ 1; 2; 3 ])));
  Seq.iter (fun (k, v) -> Printf.printf "%s:%d " k v) (M.to_seq (M.of_seq (List.to_seq [ ("b", 2); ("a", 1) ])));
  print_newline ();
  let q = Queue.of_seq (take 3 (from 1)) and s = Stack.of_seq (take 3 (from 1)) in
  Queue.add_seq q (Seq.return 9);
  print_endline (ints (Queue.to_seq q) ^ "|" ^ ints (Stack.to_seq s));
  let b = Buffer.create 4 in
  Buffer.add_seq b (List.to_seq [ 'x'; 'y' ]);
  print_endline (Buffer.contents b ^ String.of_seq (Buffer.to_seq b));
  Seq.iter (fun (i, c) -> Printf.printf "%d%c " i c) (Buffer.to_seqi b);
  let h = Hashtbl.of_seq (List.to_seq [ (1, "one"); (2, "two") ]) in
  Printf.printf "%d %s\n" (Hashtbl.length h) (Hashtbl.find h 2);
  print_endline (ints (Option.to_seq (Some 1)) ^ ints (Option.to_seq None) ^ ints (Result.to_seq (Ok 2)));
  print_endline (Bytes.to_string (Bytes.of_seq (String.to_seq "bytes")))

(* stdout {expected|
(1)(2)(3)1 4 9
(1)(2)1 4
<1><2><3> 3
20,40,60,80
|5|1 2
1 2 10 11
1 2 3 3 4 5
1 -1 2 -2 3 -3
5 7 8
0 1 1 2 3 5 8 13 21 34
5050
3 4 5 6 7 
2 3 5 7 11 13 17 19 23 29 31 37
1 2 3 4 5 6 8 9 10 12 15 16 18 20 24 25 27 30 32 36
SEQUENCE
1 2 3
2 3 4
3 2 1
a:1 b:2 
1 2 3 9|3 2 1
xyxy
0x 1y 2 two
12
bytes
|expected} *)
