let memo f =
  let cache = Hashtbl.create 16 in
  let rec g x =
    match Hashtbl.find_opt cache x with
    | Some y -> y
    | None ->
        let y = f g x in
        Hashtbl.add cache x y;
        y
  in
  g

let fib = memo (fun fib n -> if n < 2 then n else fib (n - 1) + fib (n - 2))

let partitions = memo (fun self (n, k) -> if n = 0 then 1 else if n < 0 || k = 0 then 0 else self (n - k, k) + self (n, k - 1))

let lcs a b =
  let f self (i, j) =
    if i = String.length a || j = String.length b then 0
    else if a.[i] = b.[j] then 1 + self (i + 1, j + 1)
    else max (self (i + 1, j)) (self (i, j + 1))
  in
  memo f (0, 0)

let edit_distance a b =
  let m = String.length a and n = String.length b in
  let d = Array.make_matrix (m + 1) (n + 1) 0 in
  for i = 0 to m do d.(i).(0) <- i done;
  for j = 0 to n do d.(0).(j) <- j done;
  for i = 1 to m do
    for j = 1 to n do
      let cost = if a.[i - 1] = b.[j - 1] then 0 else 1 in
      d.(i).(j) <- min (min (d.(i - 1).(j) + 1) (d.(i).(j - 1) + 1)) (d.(i - 1).(j - 1) + cost)
    done
  done;
  d.(m).(n)

let () =
  Printf.printf "%d %d\n" (fib 80) (partitions (100, 100));
  Printf.printf "%d\n" (lcs "the quick brown fox jumps over" "lazy dogs quietly outfoxed jumpers");
  Printf.printf "%d %d\n" (edit_distance "kitten" "sitting") (edit_distance "intention" "execution")

(* stdout {expected|
23416728348467685 190569292
16
3 5
|expected} *)
