let rec hanoi n a b c = if n = 0 then 0 else hanoi (n - 1) a c b + 1 + hanoi (n - 1) c b a
let rec ackermann m n = match m, n with 0, n -> n + 1 | m, 0 -> ackermann (m - 1) 1 | m, n -> ackermann (m - 1) (ackermann m (n - 1))
let rec tak x y z = if y < x then tak (tak (x - 1) y z) (tak (y - 1) z x) (tak (z - 1) x y) else z
let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let rec mccarthy n = if n > 100 then n - 10 else mccarthy (mccarthy (n + 11))
let rec collatz n = if n = 1 then 0 else 1 + collatz (if n land 1 = 0 then n / 2 else (3 * n) + 1)

let () =
  Printf.printf "%d %d %d %d %d\n" (hanoi 18 'a' 'b' 'c') (ackermann 2 300) (tak 18 12 6) (fib 27) (mccarthy 5);
  let best = ref (0, 0) in
  for i = 1 to 30_000 do best := max !best (collatz i, i) done;
  Printf.printf "%d %d\n" (fst !best) (snd !best)

(* stdout {expected|
262143 603 7 196418 91
307 26623
|expected} *)
