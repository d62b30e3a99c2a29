let () =
  let calls = ref 0 in
  let l = lazy (incr calls; 6 * 7) in
  Printf.printf "%d " !calls;
  Printf.printf "%d %d " (Lazy.force l) (Lazy.force l);
  Printf.printf "%d\n" !calls;
  let failing = lazy (incr calls; if !calls > 0 then failwith "no" else 1) in
  for _ = 1 to 2 do try ignore (Lazy.force failing) with Failure m -> Printf.printf "%s %d\n" m !calls done;
  let (lazy v) = l in
  Printf.printf "%d\n" v;
  let f = function (lazy 42), _ -> "forty-two" | _, (lazy s) -> s in
  print_endline (f (l, lazy (print_string "forced "; "second")));
  print_endline (f (lazy 1, lazy (print_string "forced "; "second")))

type 'a stream = Cons of 'a * 'a stream Lazy.t

let rec from n = Cons (n, lazy (from (n + 1)))
let rec filter p (Cons (x, rest)) = if p x then Cons (x, lazy (filter p (Lazy.force rest))) else filter p (Lazy.force rest)
let rec sieve (Cons (p, rest)) = Cons (p, lazy (sieve (filter (fun n -> n mod p <> 0) (Lazy.force rest))))
let rec take n (Cons (x, rest)) = if n = 0 then [] else x :: take (n - 1) (Lazy.force rest)

let () =
  List.iter (Printf.printf "%d ") (take 20 (sieve (from 2)));
  print_newline ();
  let rec fibs = lazy (Cons (0, lazy (Cons (1, lazy (add (Lazy.force fibs) (tail (Lazy.force fibs)))))))
  and add (Cons (a, r)) (Cons (b, s)) = Cons (a + b, lazy (add (Lazy.force r) (Lazy.force s)))
  and tail (Cons (_, r)) = Lazy.force r in
  List.iter (Printf.printf "%d ") (take 15 (Lazy.force fibs));
  print_newline ();
  let boxed = lazy 1.5 and nested = lazy (lazy 3) in
  Printf.printf "%g %d\n" (Lazy.force boxed) (Lazy.force (Lazy.force nested))

(* stdout {expected|
0 42 42 1
no 2
no 2
42
forty-two
forced second
2 3 5 7 11 13 17 19 23 29 31 37 41 43 47 53 59 61 67 71 
0 1 1 2 3 5 8 13 21 34 55 89 144 233 377 
1.5 3
|expected} *)
