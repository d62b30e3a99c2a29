let nl () = print_newline ()
let p s = print_string s; print_string " "
let pi n = print_int n; print_string " "
let pf x = print_float x; print_string " "
type point = { x : float; y : float }
type m = { mutable a : int; b : string; mutable c : float list }
type fm = { mutable u : float; v : float }
type un = U of int [@@unboxed]
type ur = { only : string } [@@unboxed]
type 'a poly = { id : 'b. 'b -> 'b; value : 'a }
type big = { f0 : int; f1 : int; f2 : int; f3 : int; f4 : int; f5 : int; f6 : int; f7 : int; f8 : int; f9 : int;
  g0 : int; g1 : int; g2 : int; g3 : int; g4 : int; g5 : int; g6 : int; mutable g7 : float }
let pt = { x = 1.5; y = 2.5 }
let add p q = { x = p.x +. q.x; y = p.y +. q.y }
let () = let r = add pt { pt with y = 10. } in pf r.x; pf r.y; nl ()
let () =
  let r = { a = 1; b = "s"; c = [] } in
  r.a <- 5; r.c <- 1.0 :: r.c; pi r.a; p r.b; pf (List.hd r.c);
  let r2 = { r with b = "t" } in r2.a <- 9; pi r.a; pi r2.a; p r2.b; nl ()
let () = let f = { u = 1.0; v = 2.0 } in f.u <- f.u +. f.v; pf f.u; let g = { f with u = 0.5 } in pf (g.u +. g.v); nl ()
let () = let U n = U 3 in pi n; let { only } = { only = "o" } in p only; p { only = "z" }.only; nl ()
let () = let r = { id = (fun x -> x); value = 3 } in pi (r.id r.value); p (r.id "s"); nl ()
let b0 = { f0 = 0; f1 = 1; f2 = 2; f3 = 3; f4 = 4; f5 = 5; f6 = 6; f7 = 7; f8 = 8; f9 = 9; g0 = 10; g1 = 11; g2 = 12;
  g3 = 13; g4 = 14; g5 = 15; g6 = 16; g7 = 17. }
let () = let b = { b0 with f3 = (p "f3"; 33); g7 = (p "g7"; 7.5); f1 = (p "f1"; 11) } in
  pi b.f3; pf b.g7; pi b.f1; pi b.f2; pi b0.f3; pi b.g6; nl ()
(* inline records *)
type shape = Circle of { r : float } | Rect of { w : float; mutable h : float } | Unit | Pair of (int * int) | Two of int * int
let area = function Circle { r } -> r *. r | Rect { w; h } -> w *. h | Unit -> 1.0 | Pair (a, b) | Two (a, b) -> float (a * b)
let grow s = match s with Rect r -> r.h <- r.h *. 2.0; Rect { r with w = r.w +. 1. } | Circle r -> Circle r | s -> s
let () = List.iter (fun s -> pf (area s); pf (area (grow s))) [Circle { r = 2. }; Rect { w = 2.; h = 3. }; Unit; Pair (2, 3); Two (4, 5)]; nl ()
(* lists, tuples, arrays *)
let rec sum = function [] -> 0 | x :: l -> x + sum l
let () = pi (sum [1; 2; 3; 4]); let a, (b, c), [d; e] = (1, (2, 3), [4; 5]) in pi (a + b + c + d + e); nl ()
let a = [| 1; 2; 3 |] and fa = [| 1.5; 2.5 |] and sa = [| "x"; "y" |]
let () = a.(0) <- 10; fa.(1) <- fa.(0) +. 1.; sa.(1) <- "z"; pi (Array.fold_left ( + ) 0 a); pf fa.(1); p sa.(1); nl ()
let gen : 'a. 'a array -> int -> 'a = fun a i -> a.(i)
let () = pi (gen a 1); pf (gen fa 1); p (gen sa 0); nl ()
let () = (try ignore a.(3) with Invalid_argument s -> p s); (try a.(-1) <- 0 with Invalid_argument s -> p s); nl ()
let m = function [||] -> "0" | [| x |] -> "1" | [| _; 5 |] -> "5" | [| _; _ |] -> "2" | _ -> "many"
let () = List.iter (fun a -> p (m a)) [[||]; [| 1 |]; [| 1; 5 |]; [| 1; 6 |]; [| 1; 2; 3 |]]; nl ()
(* options, polymorphic variants *)
let pv = function `A -> 1 | `B n -> n | `C (x, y) -> x * y
let () = pi (pv `A); pi (pv (`B 5)); pi (pv (`C (2, 3))); nl ()
let pv2 = function `A | `Z -> "az" | `B (`X | `Y) -> "bxy" | `B _ -> "b?" | `D -> "d" | _ -> "?"
let () = List.iter (fun v -> p (pv2 v)) [`A; `B `X; `B `Q; `D; `Foo; `Z]; nl ()
type ext = ..
type ext += X | Y of int | Z of { q : int }
let e = function X -> 0 | Y n -> n | Z { q } -> q * 2 | _ -> -1
type ext += W
let () = List.iter (fun x -> pi (e x)) [X; Y 4; Z { q = 4 }; W]; nl ()
(* strings and chars *)
let kind = function 'a' .. 'z' -> "lower" | 'A' .. 'Z' -> "upper" | '0' .. '9' -> "digit" | '_' | '\'' -> "ident" | _ -> "other"
let () = let s = "aZ5_' " in for i = 0 to String.length s - 1 do p (kind s.[i]) done; nl ()
let word = function "let" -> 1 | "in" -> 2 | "rec" -> 3 | "" -> 0 | "letter" -> 6 | s when String.length s > 5 -> 99 | _ -> -1
let () = List.iter (fun s -> pi (word s)) ["let"; "in"; "rec"; ""; "letter"; "abcdefgh"; "x"]; nl ()
let fl = function 0. -> "zero" | 1.5 -> "1.5" | x when x < 0. -> "neg" | _ -> "pos"
let () = List.iter (fun x -> p (fl x)) [0.; -0.; 1.5; -3.; 7.]; nl ()
let il = function 0L -> "0" | 5L -> "5" | _ -> "?"
let () = List.iter (fun x -> p (il x)) [0L; 5L; 7L; Int64.add 2L 3L]; nl ()
let () = pi (match (1, "a", [true]) with (1, "a", [false]) -> 1 | (1, _, [true]) -> 2 | _ -> 3); nl ()
(* comparisons *)
type color = Red | Green | Blue
let () = List.iter (fun b -> p (string_of_bool b))
  [Red < Blue; Red = Green; 1.0 = 1.0; "a" < "b"; [1] = [1]; Some 1 > None; (1, 'a') <= (1, 'b'); None = Some 1; 'a' = 'b'; 3L = 3L; [] = [1]]; nl ()
let lz = lazy (p "forced"; 5)
let () = pi (Lazy.force lz); pi (Lazy.force lz); let lazy n = lz in pi n; pi (match lazy (p "now"; 3) with lazy 3 -> 1 | _ -> 2); nl ()
let () = pi (Lazy.force (lazy 3)); pf (Lazy.force (lazy 3.5)); pi ((Lazy.force (lazy (fun x -> x + 1))) 2); nl ()
let () = pi max_int; pi min_int; pi (max_int + 1); pi (min_int / (-1)); pi ((-7) / 2); pi ((-7) mod 2); pi ((-1) lsr 60); pi ((-8) asr 1); pi (1 lsl 61); nl ()
let () = (try pi (1 / (pi 0; 0)) with Division_by_zero -> p "div"); (try pi (1 mod (sum [])) with Division_by_zero -> p "mod"); nl ()
