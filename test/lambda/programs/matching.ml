let nl () = print_newline ()
let p s = print_string s; print_string " "
let pi n = print_int n; print_string " "
type e = Num of int | Var of string | Add of e * e | Mul of e * e | Neg of e
let rec simp = function
  | Add (Num 0, e) | Add (e, Num 0) -> simp e
  | Mul (Num 1, e) | Mul (e, Num 1) -> simp e
  | Mul (Num 0, _) | Mul (_, Num 0) -> Num 0
  | Add (Num a, Num b) -> Num (a + b)
  | Mul (Num a, Num b) -> Num (a * b)
  | Neg (Neg e) -> simp e
  | Add (a, b) when a = b -> Mul (Num 2, simp a)
  | Add (a, b) -> Add (simp a, simp b)
  | Mul (a, b) -> Mul (simp a, simp b)
  | Neg e -> Neg (simp e)
  | (Num _ | Var _) as e -> e
let rec show = function Num n -> string_of_int n | Var v -> v | Add (a, b) -> "(" ^ show a ^ "+" ^ show b ^ ")" | Mul (a, b) -> show a ^ "*" ^ show b | Neg e -> "-" ^ show e
let x = Var "x"
let () = List.iter (fun e -> p (show (simp e))) [Add (Num 0, x); Add (x, Num 0); Mul (x, Num 1); Mul (Num 0, x); Mul (x, Num 0); Add (Num 2, Num 3); Mul (Num 2, Num 3); Neg (Neg x); Add (x, x); Add (x, Num 3); Neg (Num 3); Num 7; x; Add (Num 0, Num 0)]; nl ()
let merge a b = match a, b with [], l | l, [] -> l | x :: xs, y :: ys -> if x < y then x :: y :: xs @ ys else y :: x :: xs @ ys
let () = List.iter pi (merge [1; 2] [3]); List.iter pi (merge [] [4]); List.iter pi (merge [5] []); nl ()
let orp = function (1, x, _) | (x, 2, _) | (_, _, (3 as x)) -> x | _ -> -1
let () = List.iter (fun t -> pi (orp t)) [(1, 10, 0); (7, 2, 0); (0, 0, 3); (0, 0, 0); (1, 2, 3)]; nl ()
let nested = function (Some (Some (1 | 2 as n)), _) | (None, Some n) -> n | (Some None, Some n) when n > 5 -> n * 10 | (Some (Some n), None) -> -n | _ -> 0
let () = List.iter (fun t -> pi (nested t)) [(Some (Some 1), None); (Some (Some 3), None); (None, Some 4); (Some None, Some 6); (Some None, Some 5); (None, None); (Some (Some 9), Some 9)]; nl ()
let guards x = match x with n when n < 0 -> p "g1"; "neg" | 0 -> "zero" | n when (p "g2"; n > 100) -> "big" | 1 | 2 | 3 -> "small" | n when n mod 2 = 0 -> "even" | _ -> "odd"
let () = List.iter (fun x -> p (guards x)) [-1; 0; 101; 2; 50; 51]; nl ()
let gtuple = function (a, b) when a = b -> "eq" | (0, _) -> "l0" | (_, 0) -> "r0" | (a, b) when a > b -> "gt" | _ -> "lt"
let () = List.iter (fun x -> p (gtuple x)) [(1, 1); (0, 1); (1, 0); (3, 2); (2, 3)]; nl ()
type r = { k : int; l : int list; o : r option }
let rp = function { k = 0; _ } -> "k0" | { l = [] ; o = None; k } -> "none" ^ string_of_int k | { o = Some { k = 1; _ }; _ } -> "inner1" | { l = _ :: _ :: _; _ } -> "two" | { k; _ } -> "k" ^ string_of_int k
let b = { k = 1; l = []; o = None }
let () = List.iter (fun r -> p (rp r)) [{ b with k = 0 }; b; { b with o = Some b }; { b with l = [1; 2] }; { b with l = [1] }]; nl ()
let as_p = function (x :: (y :: _ as tl)) as l when x > y -> (l, tl) | l -> (l, [])
let () = let (a, b) = as_p [3; 1; 2] in List.iter pi a; List.iter pi b; let (a, b) = as_p [1; 2] in List.iter pi a; List.iter pi b; nl ()
let dense = function 0 -> "a" | 1 -> "b" | 2 -> "c" | 3 -> "d" | 4 -> "e" | 5 -> "f" | 100 -> "z" | -5 -> "m" | _ -> "?"
let () = List.iter (fun n -> p (dense n)) [0; 1; 2; 3; 4; 5; 6; 100; -5]; nl ()
let three a b c = match a, b, c with true, _, false -> 1 | false, true, _ -> 2 | _, false, true -> 3 | _ -> 4
let () = List.iter (fun (a, b, c) -> pi (three a b c)) [(true, true, false); (false, true, true); (true, false, true); (false, false, false); (true, true, true); (false, false, true)]; nl ()
let mutable_match r = match r with { contents = 0 } when (r := 1; false) -> "no" | { contents = n } -> string_of_int n
let () = p (mutable_match (ref 5)); nl ()
type color = R | B
type t = E | T of color * t * int * t
let balance = function
  | B, T (R, T (R, a, x, b), y, c), z, d | B, T (R, a, x, T (R, b, y, c)), z, d | B, a, x, T (R, T (R, b, y, c), z, d) | B, a, x, T (R, b, y, T (R, c, z, d)) -> T (R, T (B, a, x, b), y, T (B, c, z, d))
  | c, a, x, b -> T (c, a, x, b)
let insert x s =
  let rec ins = function E -> T (R, E, x, E) | T (c, a, y, b) as s -> if x < y then balance (c, ins a, y, b) else if x > y then balance (c, a, y, ins b) else s in
  match ins s with T (_, a, y, b) -> T (B, a, y, b) | E -> E
let rec depth = function E -> 0 | T (_, l, _, r) -> 1 + max (depth l) (depth r)
let rec elements = function E -> [] | T (_, l, x, r) -> elements l @ (x :: elements r)
let () = let s = ref E in for i = 1 to 50 do s := insert (i * 37 mod 53) !s done; pi (depth !s); List.iter pi (elements !s); nl ()
let strs = function ("a", "b") -> 1 | ("a", _) -> 2 | (_, "b") -> 3 | (("x" | "y" | "z"), _) -> 4 | _ -> 5
let () = List.iter (fun t -> pi (strs t)) [("a", "b"); ("a", "c"); ("q", "b"); ("y", "q"); ("q", "q")]; nl ()
let chars = function ('a', 'b' .. 'd') -> 1 | ('a' .. 'c', 'x') -> 2 | (_, ('b' | 'x')) -> 3 | _ -> 4
let () = List.iter (fun t -> pi (chars t)) [('a', 'c'); ('b', 'x'); ('q', 'b'); ('z', 'z'); ('a', 'x')]; nl ()
let lz l = match l with (lazy 1, _) -> "one" | (_, lazy 2) -> "two" | (lazy n, lazy m) -> string_of_int (n + m)
let () = p (lz (lazy (p "f"; 1), lazy (p "s"; 2))); p (lz (lazy (p "f"; 3), lazy (p "s"; 2))); p (lz (lazy (p "f"; 3), lazy (p "s"; 4))); nl ()
let inner = match 5 with n -> (match n + 1 with 6 -> (match "x" with "x" -> 1 | _ -> 2) | _ -> 3)
let () = pi inner; nl ()
let evens = let rec go = function [] -> [] | [_] -> [] | _ :: y :: r -> y :: go r in go [1; 2; 3; 4; 5]
let () = List.iter pi evens; nl ()
let unit_match = match () with () -> 1
let f (type a) (x : a) = x
let () = pi (f unit_match); nl ()
