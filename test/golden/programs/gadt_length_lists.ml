(* Lists that know their length: safe heads, zips, appends with proofs of sums, conversions. *)

type zero = Zero
type 'n succ = Succ of 'n

type ('a, _) vec = [] : ('a, zero) vec | ( :: ) : 'a * ('a, 'n) vec -> ('a, 'n succ) vec

let head : type n. ('a, n succ) vec -> 'a = fun (x :: _) -> x
let tail : type n. ('a, n succ) vec -> ('a, n) vec = fun (_ :: v) -> v

let rec map : type n. ('a -> 'b) -> ('a, n) vec -> ('b, n) vec =
 fun f -> function [] -> [] | x :: v -> let y = f x in y :: map f v

let rec zip : type n. ('a, n) vec -> ('b, n) vec -> ('a * 'b, n) vec =
 fun a b -> match (a, b) with [], [] -> [] | x :: a, y :: b -> (x, y) :: zip a b

let rec to_list : type n. ('a, n) vec -> 'a list = function [] -> List.[] | x :: v -> List.cons x (to_list v)

let rec fold : type n. ('acc -> 'a -> 'acc) -> 'acc -> ('a, n) vec -> 'acc =
 fun f acc -> function [] -> acc | x :: v -> fold f (f acc x) v

(* n + m = s, as data. *)
type (_, _, _) plus =
  | Base : (zero, 'm, 'm) plus
  | Step : ('n, 'm, 's) plus -> ('n succ, 'm, 's succ) plus

let rec append : type n m s. (n, m, s) plus -> ('a, n) vec -> ('a, m) vec -> ('a, s) vec =
 fun p a b -> match (p, a) with Base, [] -> b | Step p, x :: a -> x :: append p a b

type (_, _) some_plus = Some_plus : ('n, 'm, 's) plus -> ('n, 'm) some_plus

let rec plus_of : type n m. ('a, n) vec -> ('b, m) vec -> (n, m) some_plus =
 fun a b ->
  match a with
  | [] -> Some_plus Base
  | _ :: a ->
    let (Some_plus p) = plus_of a b in
    Some_plus (Step p)

(* Numbers as singletons, and indexes that are always in range. *)
type _ nat = Z : zero nat | S : 'n nat -> 'n succ nat
type _ index = First : 'n succ index | Next : 'n index -> 'n succ index

let rec make : type n. n nat -> 'a -> ('a, n) vec = fun n x -> match n with Z -> [] | S n -> x :: make n x
let rec get : type n. ('a, n) vec -> n index -> 'a =
 fun v i -> match (i, v) with First, x :: _ -> x | Next i, _ :: v -> get v i

let rec init : type n. n nat -> (n index -> 'a) -> ('a, n) vec =
 fun n f -> match n with Z -> [] | S n -> let x = f First in x :: init n (fun i -> f (Next i))

let rec number : type n. n index -> int = function First -> 0 | Next i -> 1 + number i

(* A matrix that can be transposed because its rows have one length. *)
let rec transpose : type n m. n nat -> (('a, n) vec, m) vec -> (('a, m) vec, n) vec =
 fun n rows ->
  match n with
  | Z -> []
  | S n ->
    let firsts = map head rows in
    firsts :: transpose n (map tail rows)

(* From a list: the length is found at run time. *)
type 'a any = Any : 'n nat * ('a, 'n) vec -> 'a any

let rec of_list : 'a list -> 'a any = function
  | List.[] -> Any (Z, [])
  | List.(x :: l) ->
    let (Any (n, v)) = of_list l in
    Any (S n, x :: v)

let show f v = "<" ^ String.concat " " (to_list (map f v)) ^ ">"

let () =
  let v = [ 1; 2; 3 ] and w = [ "a"; "b"; "c" ] in
  Printf.printf "%d %s\n" (head v) (show string_of_int (tail v));
  print_endline (show (fun (n, s) -> s ^ string_of_int n) (zip v w));
  print_endline (show string_of_int (append (Step (Step (Step Base))) v [ 4; 5 ]));
  let (Some_plus p) = plus_of w w in
  print_endline (show Fun.id (append p w w));
  print_endline (show string_of_int (init (S (S (S Z))) number));
  print_endline (get w (Next (Next First)) ^ show Fun.id (make (S (S Z)) "x"));
  let m = [ [ 1; 2; 3 ]; [ 4; 5; 6 ] ] in
  print_endline (show (show string_of_int) (transpose (S (S (S Z))) m));
  let (Any (_, u)) = of_list (List.init 5 (fun i -> i * i)) in
  Printf.printf "%d\n" (fold ( + ) 0 u)

(* stdout {expected|
1 <2 3>
<a1 b2 c3>
<1 2 3 4 5>
<a b c a b c>
<0 1 2>
c<x x>
<<1 4> <2 5> <3 6>>
30
|expected} *)
