(* Hindley-Milner for a small language, with mutable type variables. *)
type ty = Int | Bool | Arrow of ty * ty | Pair of ty * ty | Tvar of tv ref | Gen of int
and tv = Unbound of int * int | Link of ty

type expr = Num of int | True | Var of string | Fun of string * expr | App of expr * expr | Let of string * expr * expr | If of expr * expr * expr | Tuple of expr * expr

exception Type_error of string

let counter = ref 0
let fresh level = incr counter; Tvar (ref (Unbound (!counter, level)))
let rec repr = function Tvar ({ contents = Link t } as r) -> let t = repr t in r := Link t; t | t -> t

let show t =
  let names = ref [] in
  let name id = match List.assoc_opt id !names with Some n -> n | None -> let n = Printf.sprintf "'%c" (Char.chr (97 + List.length !names)) in names := (id, n) :: !names; n in
  let rec go t =
    match repr t with
    | Int -> "int"
    | Bool -> "bool"
    | Arrow (a, b) -> (match repr a with Arrow _ -> "(" ^ go a ^ ")" | _ -> go a) ^ " -> " ^ go b
    | Pair (a, b) -> "(" ^ go a ^ " * " ^ go b ^ ")"
    | Tvar { contents = Unbound (id, _) } -> name id
    | Tvar _ -> assert false
    | Gen n -> name (-n - 1)
  in
  go t

let rec occurs r level t =
  match repr t with
  | Tvar r' when r == r' -> raise (Type_error "occurs check")
  | Tvar ({ contents = Unbound (id, l) } as r') -> if l > level then r' := Unbound (id, level)
  | Arrow (a, b) | Pair (a, b) -> occurs r level a; occurs r level b
  | _ -> ()

let rec unify a b =
  match repr a, repr b with
  | Tvar r, Tvar r' when r == r' -> ()
  | Tvar ({ contents = Unbound (_, level) } as r), t | t, Tvar ({ contents = Unbound (_, level) } as r) -> occurs r level t; r := Link t
  | Arrow (a, b), Arrow (c, d) | Pair (a, b), Pair (c, d) -> unify a c; unify b d
  | Int, Int | Bool, Bool -> ()
  | a, b -> raise (Type_error (show a ^ " is not " ^ show b))

let generalize level t =
  let ids = ref [] in
  let rec go t =
    match repr t with
    | Tvar { contents = Unbound (id, l) } when l > level -> (match List.assoc_opt id !ids with Some g -> g | None -> let g = Gen (List.length !ids) in ids := (id, g) :: !ids; g)
    | Arrow (a, b) -> let a = go a in Arrow (a, go b)
    | Pair (a, b) -> let a = go a in Pair (a, go b)
    | t -> t
  in
  go t

let instantiate level t =
  let vars = Hashtbl.create 8 in
  let rec go t =
    match repr t with
    | Gen n -> (match Hashtbl.find_opt vars n with Some v -> v | None -> let v = fresh level in Hashtbl.add vars n v; v)
    | Arrow (a, b) -> Arrow (go a, go b)
    | Pair (a, b) -> Pair (go a, go b)
    | t -> t
  in
  go t

let rec infer env level = function
  | Num _ -> Int
  | True -> Bool
  | Var x -> (match List.assoc_opt x env with Some t -> instantiate level t | None -> raise (Type_error ("unbound " ^ x)))
  | Fun (x, e) -> let a = fresh level in Arrow (a, infer ((x, a) :: env) level e)
  | App (f, e) ->
      let tf = infer env level f in
      let te = infer env level e in
      let result = fresh level in
      unify tf (Arrow (te, result));
      result
  | Let (x, e, body) -> let t = generalize level (infer env (level + 1) e) in infer ((x, t) :: env) level body
  | If (c, a, b) -> unify (infer env level c) Bool; let t = infer env level a in unify t (infer env level b); t
  | Tuple (a, b) -> let a = infer env level a in Pair (a, infer env level b)

let prelude = [ ("add", Arrow (Int, Arrow (Int, Int))); ("fst", Arrow (Pair (Gen 0, Gen 1), Gen 0)) ]

let () =
  let v x = Var x in
  List.iter
    (fun e -> print_endline (match infer prelude 0 e with t -> show (generalize 0 t) | exception Type_error m -> "error: " ^ m))
    [ Fun ("x", v "x"); Fun ("f", Fun ("g", Fun ("x", App (v "f", App (v "g", v "x"))))); Let ("id", Fun ("x", v "x"), Tuple (App (v "id", Num 1), App (v "id", True)));
      Fun ("x", App (v "x", v "x")); App (Num 1, Num 2); If (True, Num 1, True); Fun ("p", App (App (v "add", App (v "fst", v "p")), Num 1));
      Fun ("x", Let ("y", v "x", v "y")); Let ("twice", Fun ("f", Fun ("x", App (v "f", App (v "f", v "x")))), App (v "twice", v "twice")); v "nope" ]

(* stdout {expected|
'a -> 'a
('c -> 'a) -> ('b -> 'c) -> 'b -> 'a
(int * bool)
error: occurs check
error: int is not int -> 'a
error: int is not bool
(int * 'a) -> int
'a -> 'a
('a -> 'a) -> 'a -> 'a
error: unbound nope
|expected} *)
