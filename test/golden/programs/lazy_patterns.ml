(* Lazy values: lazy patterns, forcing once, exceptions kept, streams, recursive lazies, physical forwarding. *)
type 'a stream = Cons of 'a * 'a stream Lazy.t
let rec from n = Cons (n, lazy (from (n + 1)))
let rec take n (Cons (x, (lazy rest))) = if n = 0 then [] else x :: take (n - 1) rest
let rec filter p (Cons (x, rest)) = if p x then Cons (x, lazy (filter p (Lazy.force rest))) else filter p (Lazy.force rest)
let rec sieve (Cons (p, rest)) = Cons (p, lazy (sieve (filter (fun n -> n mod p <> 0) (Lazy.force rest))))

let trace name v = lazy (Printf.printf "[%s]" name; v)

let either a b c = match (a, b, c) with
  | lazy true, _, _ -> "first"
  | _, lazy true, _ -> "second"
  | _, _, lazy b -> if b then "third" else "none"

exception Once
let () =
  List.iter (Printf.printf "%d ") (take 10 (sieve (from 2)));
  print_newline ();
  print_endline (either (trace "a" false) (trace "b" true) (trace "c" true));
  print_endline (either (trace "a" true) (trace "b" true) (trace "c" true));
  let count = ref 0 in
  let failing = lazy (incr count; if !count < 3 then raise Once else !count) in
  let attempt () = match Lazy.force failing with n -> Printf.printf "got %d\n" n | exception Once -> print_endline "raised" in
  attempt (); attempt (); 
  Printf.printf "%d\n" !count;
  let v = Lazy.from_val 5 and f = Lazy.from_fun (fun () -> 6) in
  Printf.printf "%b %b\n" (Lazy.is_val v) (Lazy.is_val f);
  Printf.printf "%d\n" (Lazy.force v + Lazy.force f);
  Printf.printf "%b\n" (Lazy.is_val f);
  let rec loop = lazy (1 + Lazy.force loop) in
  (try ignore (Lazy.force loop) with Lazy.Undefined -> print_endline "undefined");
  let m = Lazy.map (fun x -> x * 2) (lazy 21) in
  Printf.printf "%d\n" (Lazy.force m);
  let rec fibs = lazy (Cons (0, lazy (Cons (1, lazy (add (Lazy.force fibs) (tail (Lazy.force fibs)))))))
  and add (Cons (a, ra)) (Cons (b, rb)) = Cons (a + b, lazy (add (Lazy.force ra) (Lazy.force rb)))
  and tail (Cons (_, rest)) = Lazy.force rest in
  List.iter (Printf.printf "%d ") (take 15 (Lazy.force fibs));
  print_newline ()

(* stdout {expected|
2 3 5 7 11 13 17 19 23 29 
[a][b]second
[a]first
raised
raised
1
true false
11
true
undefined
42
0 1 1 2 3 5 8 13 21 34 55 89 144 233 377 
|expected} *)
