(* Cases that types exclude: left out, refuted, or nested. *)
type empty = |
type _ t = Int : int t | Bool : bool t | Pair : 'a t * 'b t -> ('a * 'b) t

let of_int : int t -> string = function Int -> "int"
let of_int_refuted : int t -> string = function Int -> "int" | _ -> .
let of_pair : (int * bool) t -> string = function Pair (Int, Bool) -> "int and bool"

let same : type a. a t * a t -> bool = function
  | Int, Int -> true
  | Bool, Bool -> true
  | Pair (a, _), Pair (b, _) -> (match a, b with Int, Int -> true | _ -> false)

let value (x : (int, empty) result) = match x with Ok n -> n
let only_none : empty option -> string = function None -> "nothing" | Some _ -> .
let nested : (empty * int) list -> int = function [] -> 0 | _ -> .
let never : empty -> 'a = function _ -> .

type zero = Zero
type 'n succ = Succ
type _ nat = Z : zero nat | S : 'n nat -> 'n succ nat

let two : zero succ succ nat -> int = function S (S Z) -> 2
let pred : type n. n succ nat -> n nat = function S n -> n
let rec to_int : type n. n nat -> int = function Z -> 0 | S n -> 1 + to_int n

type (_, _) less = First : (zero, 'n succ) less | Next : ('m, 'n) less -> ('m succ, 'n succ) less

let rec irreflexive : type n. (n, n) less -> empty = function Next less -> irreflexive less
let nothing_below_zero : type n. (n, zero) less -> empty = function _ -> .
let rec depth : type m n. (m, n) less -> int = function First -> 0 | Next less -> 1 + depth less

let compare_lazily : type a. a t -> a Lazy.t -> string = fun ty v ->
  match ty, v with
  | Int, (lazy n) when n > 10 -> "large"
  | Int, (lazy 0) -> "zero"
  | Int, _ -> "small"
  | Bool, (lazy true) -> "true"
  | Bool, (lazy false) -> "false"
  | Pair _, _ -> "pair"

let () =
  List.iter print_endline [ of_int Int; of_int_refuted Int; of_pair (Pair (Int, Bool)) ];
  Printf.printf "%b %b %b\n" (same (Int, Int)) (same (Pair (Int, Bool), Pair (Int, Bool)))
    (same (Pair (Bool, Int), Pair (Bool, Int)));
  Printf.printf "%d %s %d\n" (value (Ok 4)) (only_none None) (nested []);
  Printf.printf "%d %d\n" (two (S (S Z))) (to_int (pred (S (S (S Z)))));
  Printf.printf "%d\n" (depth (Next (Next First)));
  ignore (never, irreflexive, nothing_below_zero);
  List.iter print_endline
    [ compare_lazily Int (lazy 11); compare_lazily Int (lazy 0); compare_lazily Int (lazy 5);
      compare_lazily Bool (lazy true); compare_lazily (Pair (Int, Int)) (lazy (assert false)) ]

(* stdout {expected|
int
int
int and bool
true true false
4 nothing 0
2 2
2
large
zero
small
true
pair
|expected} *)
