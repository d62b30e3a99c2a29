(* Lazy values: once, exceptions again and again, recursion, patterns, sharing, the functions of Lazy. *)

let counted = ref 0

let () =
  let l = lazy (incr counted; !counted * 10) in
  Printf.printf "%b " (Lazy.is_val l);
  Printf.printf "%d %d %b\n" (Lazy.force l) (Lazy.force l) (Lazy.is_val l)

(* A lazy value that raised raises the same again, without running its body. *)
let () =
  let runs = ref 0 in
  let l = lazy (incr runs; if !runs < 10 then failwith "not yet" else 1) in
  for _ = 1 to 3 do
    try Printf.printf "%d\n" (Lazy.force l) with Failure m -> Printf.printf "%s after %d\n" m !runs
  done

(* A lazy value that needs itself. *)
let () =
  let rec l = lazy (1 + Lazy.force l) in
  (try Printf.printf "%d\n" (Lazy.force l) with Lazy.Undefined -> print_endline "undefined");
  let rec even = lazy (fun n -> n = 0 || (Lazy.force odd) (n - 1))
  and odd = lazy (fun n -> n > 0 && (Lazy.force even) (n - 1)) in
  Printf.printf "%b %b\n" ((Lazy.force even) 10) ((Lazy.force odd) 10)

(* Infinite lists. *)
type 'a stream = Cons of 'a * 'a stream Lazy.t

let rec from n = Cons (n, lazy (from (n + 1)))
let rec take n (Cons (x, rest)) = if n = 0 then [] else x :: take (n - 1) (Lazy.force rest)
let rec sieve (Cons (p, (lazy rest))) = Cons (p, lazy (sieve (filter (fun n -> n mod p <> 0) rest)))

and filter p (Cons (x, rest)) = if p x then Cons (x, lazy (filter p (Lazy.force rest))) else filter p (Lazy.force rest)

let rec fibonacci = Cons (0, lazy (Cons (1, lazy (add fibonacci (tail fibonacci)))))
and add (Cons (a, s)) (Cons (b, t)) = Cons (a + b, lazy (add (Lazy.force s) (Lazy.force t)))
and tail (Cons (_, t)) = Lazy.force t

let show l = String.concat " " (List.map string_of_int l)

(* Patterns force, from left to right, and only as far as needed. *)
let noisy name v = lazy (print_string (name ^ " "); v)

let decide = function
  | (lazy 0), _ -> "first is zero"
  | _, (lazy 0) -> "second is zero"
  | (lazy a), (lazy b) -> Printf.sprintf "sum %d" (a + b)

(* Options and records of lazy values. *)
type config = { path : string; text : string Lazy.t }

let describe = function
  | { path = ""; _ } -> "no path"
  | { text = (lazy ""); path } -> path ^ " is empty"
  | { text = (lazy t); path } -> Printf.sprintf "%s has %d" path (String.length t)

let () =
  print_endline (show (take 10 (sieve (from 2))));
  print_endline (show (take 15 fibonacci));
  print_endline (decide (noisy "a" 0, noisy "b" 5));
  print_endline (decide (noisy "a" 1, noisy "b" 0));
  print_endline (decide (noisy "a" 1, noisy "b" 2));
  print_endline (describe { path = ""; text = lazy (assert false) });
  print_endline (describe { path = "/a"; text = noisy "read" "" });
  print_endline (describe { path = "/b"; text = noisy "read" "abc" });
  let v = Lazy.from_val 5 and f = Lazy.from_fun (fun () -> print_string "fun "; 6) in
  Printf.printf "%b %b " (Lazy.is_val v) (Lazy.is_val f);
  let m = Lazy.map (fun n -> print_string "map "; n * 2) f in
  Printf.printf "%b\n" (Lazy.is_val m);
  Printf.printf "%d %d\n" (Lazy.force m) (Lazy.force_val v);
  let mv = Lazy.map_val succ v in
  Printf.printf "%b %d\n" (Lazy.is_val mv) (Lazy.force mv);
  (* A lazy value of a float, of a lazy value, in a table. *)
  let nested = lazy (lazy 1.5) in
  Printf.printf "%g\n" (Lazy.force (Lazy.force nested));
  let table = Hashtbl.create 4 in
  Hashtbl.add table "k" (lazy (print_string "computed "; 42));
  let get () = Lazy.force (Hashtbl.find table "k") in
  let first = get () in
  Printf.printf "%d %d\n" first (get ())

(* stdout {expected|
false 10 10 false
not yet after 1
not yet after 1
not yet after 1
undefined
true false
2 3 5 7 11 13 17 19 23 29
0 1 1 2 3 5 8 13 21 34 55 89 144 233 377
a first is zero
a b second is zero
a b sum 3
no path
read /a is empty
read /b has 3
true false false
fun map 12 5
true 6
1.5
computed 42 42
|expected} *)
