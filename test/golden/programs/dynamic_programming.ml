(* Tables: edit distance with its script, longest common subsequence, knapsack, coins, matrix chains. *)

type edit = Keep of char | Insert of char | Delete of char | Replace of char * char

let edits a b =
  let n = String.length a and m = String.length b in
  let d = Array.make_matrix (n + 1) (m + 1) 0 in
  for i = 0 to n do
    for j = 0 to m do
      d.(i).(j) <-
        (if i = 0 then j
         else if j = 0 then i
         else
           let change = if a.[i - 1] = b.[j - 1] then 0 else 1 in
           min (d.(i - 1).(j - 1) + change) (1 + min d.(i - 1).(j) d.(i).(j - 1)))
    done
  done;
  let rec script i j acc =
    if i = 0 && j = 0 then acc
    else if i > 0 && j > 0 && a.[i - 1] = b.[j - 1] && d.(i).(j) = d.(i - 1).(j - 1) then script (i - 1) (j - 1) (Keep a.[i - 1] :: acc)
    else if i > 0 && j > 0 && d.(i).(j) = d.(i - 1).(j - 1) + 1 then script (i - 1) (j - 1) (Replace (a.[i - 1], b.[j - 1]) :: acc)
    else if i > 0 && d.(i).(j) = d.(i - 1).(j) + 1 then script (i - 1) j (Delete a.[i - 1] :: acc)
    else script i (j - 1) (Insert b.[j - 1] :: acc)
  in
  (d.(n).(m), script n m [])

let show = function
  | Keep c -> String.make 1 c
  | Insert c -> Printf.sprintf "+%c" c
  | Delete c -> Printf.sprintf "-%c" c
  | Replace (a, b) -> Printf.sprintf "[%c%c]" a b

let memo f =
  let table = Hashtbl.create 64 in
  let rec g x =
    match Hashtbl.find_opt table x with
    | Some y -> y
    | None ->
      let y = f g x in
      Hashtbl.add table x y;
      y
  in
  g

let longest_common a b =
  let longer s t = if String.length s >= String.length t then s else t in
  memo
    (fun self (i, j) ->
      if i = String.length a || j = String.length b then ""
      else if a.[i] = b.[j] then String.make 1 a.[i] ^ self (i + 1, j + 1)
      else longer (self (i + 1, j)) (self (i, j + 1)))
    (0, 0)

let knapsack items capacity =
  let best = Array.make (capacity + 1) (0, []) in
  List.iter
    (fun (name, weight, value) ->
      for c = capacity downto weight do
        let v, names = best.(c - weight) in
        if v + value > fst best.(c) then best.(c) <- (v + value, name :: names)
      done)
    items;
  best.(capacity)

let ways coins amount =
  let count = Array.make (amount + 1) 0 in
  count.(0) <- 1;
  List.iter (fun c -> for a = c to amount do count.(a) <- count.(a) + count.(a - c) done) coins;
  count.(amount)

let matrix_chain sizes =
  memo
    (fun self (i, j) ->
      if j - i < 2 then (0, Printf.sprintf "%c" (Char.chr (65 + i)))
      else
        List.init (j - i - 1) (fun k -> i + k + 1)
        |> List.map (fun k ->
               let a, left = self (i, k) and b, right = self (k, j) in
               (a + b + (sizes.(i) * sizes.(k) * sizes.(j)), "(" ^ left ^ right ^ ")"))
        |> List.fold_left min (max_int, ""))
    (0, Array.length sizes - 1)

let () =
  List.iter
    (fun (a, b) -> let d, script = edits a b in Printf.printf "%d %s\n" d (String.concat "" (List.map show script)))
    [ ("kitten", "sitting"); ("", "abc"); ("same", "same"); ("intention", "execution") ];
  print_endline (longest_common "AGGTABQRS" "GXTXAYBRS");
  let value, names = knapsack [ ("map", 9, 150); ("compass", 13, 35); ("water", 153, 200); ("sandwich", 50, 160); ("tin", 68, 45); ("banana", 27, 60) ] 200 in
  Printf.printf "%d %s\n" value (String.concat " " (List.rev names));
  Printf.printf "%d %d\n" (ways [ 1; 5; 10; 25; 50 ] 100) (ways [ 2 ] 3);
  let cost, order = matrix_chain [| 30; 35; 15; 5; 10; 20; 25 |] in
  Printf.printf "%d %s\n" cost order

(* stdout {expected|
3 [ks]itt[ei]n+g
3 +a+b+c
0 same
5 [ie][nx][te][ec][nu]tion
GTABRS
450 map compass sandwich tin banana
292 0
15125 ((A(BC))((DE)F))
|expected} *)
