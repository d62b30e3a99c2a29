let rec insertions x = function [] -> [ [ x ] ] | y :: rest as l -> (x :: l) :: List.map (fun t -> y :: t) (insertions x rest)
let rec permutations = function [] -> [ [] ] | x :: rest -> List.concat_map (insertions x) (permutations rest)
let rec subsets = function [] -> [ [] ] | x :: rest -> let s = subsets rest in s @ List.map (fun t -> x :: t) s

let rec combinations k l =
  match k, l with 0, _ -> [ [] ] | _, [] -> [] | k, x :: rest -> List.map (fun t -> x :: t) (combinations (k - 1) rest) @ combinations k rest

let next_permutation a =
  let n = Array.length a in
  let swap i j = let t = a.(i) in a.(i) <- a.(j); a.(j) <- t in
  let i = ref (n - 2) in
  while !i >= 0 && a.(!i) >= a.(!i + 1) do decr i done;
  !i >= 0
  && begin
       let j = ref (n - 1) in
       while a.(!j) <= a.(!i) do decr j done;
       swap !i !j;
       let l = ref (!i + 1) and r = ref (n - 1) in
       while !l < !r do swap !l !r; incr l; decr r done;
       true
     end

let show l = String.concat "" (List.map string_of_int l)

let () =
  print_endline (String.concat " " (List.map show (permutations [ 1; 2; 3 ])));
  Printf.printf "%d\n" (List.length (permutations [ 1; 2; 3; 4; 5; 6; 7 ]));
  print_endline (String.concat " " (List.map show (subsets [ 1; 2; 3 ])));
  print_endline (String.concat " " (List.map show (combinations 2 [ 1; 2; 3; 4 ])));
  let a = [| 1; 2; 2; 3 |] and count = ref 1 in
  while next_permutation a do incr count; if !count mod 5 = 0 then print_string (show (Array.to_list a) ^ " ") done;
  Printf.printf "%d\n" !count

(* stdout {expected|
123 213 231 132 312 321
5040
 3 2 23 1 13 12 123
12 13 14 23 24 34
2132 3122 12
|expected} *)
