let rec primes_from n () = if List.for_all (fun d -> n mod d <> 0) (List.init (max 0 (n - 2)) (fun i -> i + 2)) then Seq.Cons (n, primes_from (n + 1)) else primes_from (n + 1) ()
let rec take n s = if n = 0 then [] else match s () with Seq.Nil -> [] | Seq.Cons (x, rest) -> x :: take (n - 1) rest

let () =
  let show l = print_endline (String.concat " " (List.map string_of_int l)) in
  show (take 10 (primes_from 2));
  let s = Seq.map (fun x -> x * x) (List.to_seq [ 1; 2; 3; 4 ]) in
  show (List.of_seq (Seq.filter (fun x -> x mod 2 = 0) s));
  Printf.printf "%d\n" (Seq.fold_left ( + ) 0 s);
  show (List.of_seq (Seq.unfold (fun (a, b) -> if a > 50 then None else Some (a, (b, a + b))) (0, 1)));
  show (List.of_seq (Seq.flat_map (fun n -> Seq.unfold (fun i -> if i = 0 then None else Some (n, i - 1)) n) (List.to_seq [ 1; 2; 3 ])));
  print_endline (String.of_seq (Seq.map Char.uppercase_ascii (String.to_seq "sequence")));
  Array.iter print_int (Array.of_seq (Seq.append (List.to_seq [ 1; 2 ]) (Seq.return 3)));
  print_newline ();
  let effects = Seq.map (fun x -> Printf.printf "<%d>" x; x) (List.to_seq [ 1; 2; 3 ]) in
  print_endline "nothing yet";
  Seq.iter (Printf.printf "%d ") effects;
  print_newline ()

(* stdout {expected|
2 3 5 7 11 13 17 19 23 29
4 16
30
0 1 1 2 3 5 8 13 21 34
1 2 2 3 3 3
SEQUENCE
123
nothing yet
<1>1 <2>2 <3>3 
|expected} *)
