type expr =
  | Num of int
  | Var of string
  | Add of expr * expr
  | Mul of expr * expr
  | Neg of expr

let rec simplify = function
  | Add (Num 0, e) | Add (e, Num 0) | Mul (Num 1, e) | Mul (e, Num 1) | Neg (Neg e) -> simplify e
  | Mul (Num 0, _) | Mul (_, Num 0) -> Num 0
  | Add (Num a, Num b) -> Num (a + b)
  | Mul (Num a, Num b) -> Num (a * b)
  | Mul (Add (a, b), c) -> simplify (Add (Mul (a, c), Mul (b, c)))
  | Add (a, b) -> again (Add (a, b)) (Add (simplify a, simplify b))
  | Mul (a, b) -> again (Mul (a, b)) (Mul (simplify a, simplify b))
  | Neg (Num n) -> Num (-n)
  | Neg e -> Neg (simplify e)
  | (Num _ | Var _) as e -> e

and again before after = if before = after then after else simplify after

let rec show = function
  | Num n when n < 0 -> Printf.sprintf "(%d)" n
  | Num n -> string_of_int n
  | Var v -> v
  | Add (a, b) -> Printf.sprintf "(%s + %s)" (show a) (show b)
  | Mul (a, b) -> Printf.sprintf "%s*%s" (show a) (show b)
  | Neg e -> "-" ^ show e

let () =
  let x = Var "x" and y = Var "y" in
  List.iter
    (fun e -> print_endline (show e ^ " = " ^ show (simplify e)))
    [ Add (Num 0, x); Mul (Num 1, Add (x, Num 0)); Mul (Add (x, y), Num 3); Neg (Neg (Neg (Num 4)));
      Mul (Add (Num 1, Num 2), Add (Num 3, Num 4)); Mul (x, Mul (Num 0, y)) ]

(* stdout {expected|
(0 + x) = x
1*(x + 0) = x
(x + y)*3 = (x*3 + y*3)
---4 = (-4)
(1 + 2)*(3 + 4) = 21
x*0*y = 0
|expected} *)
