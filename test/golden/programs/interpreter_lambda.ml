(* The untyped lambda calculus with de Bruijn indices: normal order, Church numerals. *)
type term = Var of int | Lam of term | App of term * term

let rec shift d c = function
  | Var k -> Var (if k < c then k else k + d)
  | Lam t -> Lam (shift d (c + 1) t)
  | App (a, b) -> App (shift d c a, shift d c b)

let rec subst j s = function
  | Var k -> if k = j then s else Var k
  | Lam t -> Lam (subst (j + 1) (shift 1 0 s) t)
  | App (a, b) -> App (subst j s a, subst j s b)

let beta t s = shift (-1) 0 (subst 0 (shift 1 0 s) t)
let steps = ref 0

let rec normalize t =
  match t with
  | Var _ -> t
  | Lam t -> Lam (normalize t)
  | App (f, a) -> (match whnf f with Lam t -> incr steps; normalize (beta t a) | f -> App (normalize f, normalize a))

and whnf = function
  | App (f, a) -> (match whnf f with Lam t -> incr steps; whnf (beta t a) | f -> App (f, a))
  | t -> t

let church n = Lam (Lam (let rec go n = if n = 0 then Var 0 else App (Var 1, go (n - 1)) in go n))
let rec count = function Lam (Lam t) -> body t | _ -> -1
and body = function Var 0 -> 0 | App (Var 1, t) -> 1 + body t | _ -> -1000000

let rec show = function Var n -> string_of_int n | Lam t -> "\\" ^ show t | App (a, b) -> Printf.sprintf "(%s %s)" (show a) (show b)
let lam2 t = Lam (Lam t)
let add = lam2 (lam2 (App (App (Var 3, Var 1), App (App (Var 2, Var 1), Var 0))))
let mul = lam2 (Lam (App (Var 2, App (Var 1, Var 0))))
let pow = lam2 (App (Var 0, Var 1))
let app f l = List.fold_left (fun f a -> App (f, a)) f l

let () =
  print_endline (show (normalize (app (Lam (Var 0)) [ Lam (Lam (Var 1)) ])));
  Printf.printf "%d\n" (count (normalize (app add [ church 3; church 4 ])));
  Printf.printf "%d\n" (count (normalize (app mul [ church 6; church 7 ])));
  Printf.printf "%d\n" (count (normalize (app pow [ church 2; church 8 ])));
  print_endline (show (whnf (app (Lam (Lam (Var 1))) [ Var 5; app (Lam (App (Var 0, Var 0))) [ Lam (App (Var 0, Var 0)) ] ])));
  Printf.printf "%d steps\n" !steps

(* stdout {expected|
\\1
7
42
256
5
536 steps
|expected} *)
