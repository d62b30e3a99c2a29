(* A million frames, more than once, in several shapes. *)
let rec count n = if n = 0 then 0 else 1 + count (n - 1)
let rec build n = if n = 0 then [] else n :: build (n - 1)
let rec sum = function [] -> 0 | x :: rest -> x + sum rest
let rec even n = if n = 0 then true else not (odd (n - 1))
and odd n = if n = 0 then false else not (even (n - 1))

type nat = Z | S of nat

let rec nat n = if n = 0 then Z else S (nat (n - 1))
let rec to_int = function Z -> 0 | S n -> 1 + to_int n
let rec strings n = if n = 0 then "" else let s = strings (n - 1) in if n mod 100_000 = 0 then s ^ "x" else s

let () =
  Printf.printf "%d\n" (count 1_000_000);
  Printf.printf "%d\n" (sum (build 1_000_000));
  Printf.printf "%d\n" (List.length (List.map succ (List.init 1_000_000 (fun i -> i))));
  Printf.printf "%d\n" (List.fold_right ( + ) (build 1_000_000) 0);
  Printf.printf "%b\n" (even 1_000_000);
  Printf.printf "%d\n" (to_int (nat 1_000_000));
  Printf.printf "%s\n" (strings 1_000_000);
  Printf.printf "%d\n" (count 1_000_000 + count 999_999)

(* stdout {expected|
1000000
500000500000
1000000
500000500000
true
1000000
xxxxxxxxxx
1999999
|expected} *)
