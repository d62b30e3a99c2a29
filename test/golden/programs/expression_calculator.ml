(* Pratt parser with variables; errors have positions. *)
exception Error of int * string

type t = Num of float | Var of string | Neg of t | Bin of char * t * t | Call of string * t

let parse s =
  let n = String.length s in
  let rec skip i = if i < n && s.[i] = ' ' then skip (i + 1) else i in
  let power = function '+' | '-' -> 1 | '*' | '/' -> 2 | '^' -> 3 | _ -> 0 in
  let rec expr i min =
    let l, i = prefix (skip i) in
    infix l (skip i) min
  and infix l i min =
    if i >= n then (l, i)
    else
      let p = power s.[i] in
      if p = 0 || p < min then (l, i)
      else
        let r, j = expr (i + 1) (if s.[i] = '^' then p else p + 1) in
        infix (Bin (s.[i], l, r)) (skip j) min
  and prefix i =
    if i >= n then raise (Error (i, "unexpected end"))
    else
      match s.[i] with
      | '-' -> let e, i = expr (i + 1) 3 in (Neg e, i)
      | '(' -> let e, i = expr (i + 1) 0 in if i < n && s.[i] = ')' then (e, i + 1) else raise (Error (i, "expected )"))
      | '0' .. '9' | '.' ->
          let rec stop j = if j < n && (match s.[j] with '0' .. '9' | '.' -> true | _ -> false) then stop (j + 1) else j in
          let j = stop i in
          (Num (float_of_string (String.sub s i (j - i))), j)
      | 'a' .. 'z' ->
          let rec stop j = if j < n && (match s.[j] with 'a' .. 'z' -> true | _ -> false) then stop (j + 1) else j in
          let j = stop i in
          let name = String.sub s i (j - i) in
          if j < n && s.[j] = '(' then let e, k = prefix j in (Call (name, e), k) else (Var name, j)
      | c -> raise (Error (i, Printf.sprintf "unexpected %C" c))
  in
  let e, i = expr 0 0 in
  if i < n then raise (Error (i, "trailing text")) else e

let rec eval env = function
  | Num f -> f
  | Var v -> (try List.assoc v env with Not_found -> raise (Error (-1, "unbound " ^ v)))
  | Neg e -> -.eval env e
  | Bin (op, a, b) -> (
      let a = eval env a and b = eval env b in
      match op with '+' -> a +. b | '-' -> a -. b | '*' -> a *. b | '/' -> a /. b | _ -> a ** b)
  | Call (f, e) -> (List.assoc f [ ("sqrt", sqrt); ("sin", sin); ("abs", abs_float) ]) (eval env e)

let () =
  List.iter
    (fun s -> match eval [ ("pi", 3.14159); ("x", 2.) ] (parse s) with f -> Printf.printf "%s = %g\n" s f | exception Error (i, m) -> Printf.printf "%s: %s at %d\n" s m i)
    [ "1 + 2 * 3"; "(1 + 2) * 3"; "2 ^ 3 ^ 2"; "-2 ^ 2"; "10 - 4 - 3"; "sqrt(16) + x"; "2 * pi * x"; "1 +"; "(1"; "1 2"; "y"; "3 $ 4"; "--3"; "1 / 0"; "abs(-.5)" ]

(* stdout {expected|
1 + 2 * 3 = 7
(1 + 2) * 3 = 9
2 ^ 3 ^ 2 = 512
-2 ^ 2 = -4
10 - 4 - 3 = 3
sqrt(16) + x = 6
2 * pi * x = 12.5664
1 +: unexpected end at 3
(1: expected ) at 2
1 2: trailing text at 2
y: unbound y at -1
3 $ 4: trailing text at 2
--3 = 3
1 / 0 = inf
abs(-.5) = 0.5
|expected} *)
