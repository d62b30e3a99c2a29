(* Fixed points: memoisation by open recursion, Y without let rec, mutual recursion tied by hand, decorators. *)

let rec fix f x = f (fix f) x

let memo_fix f =
  let table = Hashtbl.create 64 and misses = ref 0 in
  let rec g x =
    match Hashtbl.find_opt table x with
    | Some y -> y
    | None ->
      incr misses;
      let y = f g x in
      Hashtbl.add table x y;
      y
  in
  (g, misses)

(* Y through a recursive type, without let rec. *)
type 'a self = Self of ('a self -> 'a)

let y f =
  let apply (Self g as s) = g s in
  apply (Self (fun (Self g as s) x -> f (g s) x))

(* Landin's knot: recursion through a reference. *)
let knot f =
  let r = ref (fun _ -> failwith "not tied") in
  r := f (fun x -> !r x);
  !r

let fib self n = if n < 2 then n else self (n - 1) + self (n - 2)
let hanoi self (n, from, into, via) = if n = 0 then [] else self (n - 1, from, via, into) @ ((from, into) :: self (n - 1, via, into, from))
let catalan self n = if n = 0 then 1 else List.fold_left ( + ) 0 (List.init n (fun i -> self i * self (n - 1 - i)))
let partitions self (n, k) = if n = 0 then 1 else if n < 0 || k = 0 then 0 else self (n - k, k) + self (n, k - 1)

(* Decorators of open recursion: they compose before the knot is tied. *)
let traced name show f self x =
  Printf.printf "%s(%s) " name (show x);
  f self x

let limited depth f =
  let level = ref 0 in
  fun self x ->
    if !level >= depth then failwith "too deep";
    incr level;
    Fun.protect ~finally:(fun () -> decr level) (fun () -> f self x)

(* Two functions at once. *)
let fix2 f g =
  let rec even n = f odd n and odd n = g even n in
  (even, odd)

let () =
  Printf.printf "%d %d %d\n" (fix fib 15) (y fib 15) (knot fib 15);
  let fast, misses = memo_fix fib in
  Printf.printf "%d with %d\n" (fast 80) !misses;
  let moves, misses = memo_fix hanoi in
  Printf.printf "%d moves with %d\n" (List.length (moves (10, 'a', 'b', 'c'))) !misses;
  let catalan, _ = memo_fix catalan and partitions, _ = memo_fix partitions in
  print_endline (String.concat " " (List.init 12 (fun n -> string_of_int (catalan n))));
  print_endline (String.concat " " (List.init 12 (fun n -> string_of_int (partitions (n, n)))));
  Printf.printf "= %d\n" (fix (traced "fib" string_of_int fib) 4);
  let traced_memo, _ = memo_fix (traced "fib" string_of_int fib) in
  Printf.printf "= %d\n" (traced_memo 6);
  (match fix (limited 5 fib) 10 with n -> Printf.printf "%d\n" n | exception Failure m -> print_endline m);
  Printf.printf "%d\n" (fix (limited 5 fib) 5);
  let even, odd = fix2 (fun odd n -> n = 0 || odd (n - 1)) (fun even n -> n > 0 && even (n - 1)) in
  Printf.printf "%b %b\n" (even 100) (odd 100)

(* stdout {expected|
610 610 610
23416728348467685 with 0
1023 moves with 0
1 1 2 5 14 42 132 429 1430 4862 16796 58786
1 1 2 3 5 7 11 15 22 30 42 56
fib(4) fib(2) fib(0) fib(1) fib(3) fib(1) fib(2) fib(0) fib(1) = 3
fib(6) fib(4) fib(2) fib(0) fib(1) fib(3) fib(5) = 8
too deep
5
true false
|expected} *)
