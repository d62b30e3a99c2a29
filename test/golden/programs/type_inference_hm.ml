(* Hindley and Milner's inference for a small language, with levels for generalisation. *)

type ty = Int | Bool | Arrow of ty * ty | Pair of ty * ty | Meta of meta ref | Generic of int
and meta = Unbound of { id : int; level : int } | Link of ty

type expr =
  | Var of string
  | Num of int
  | Fun of string * expr
  | App of expr * expr
  | Let of string * expr * expr
  | If of expr * expr * expr
  | Tuple of expr * expr

exception Type_error of string

let counter = ref 0
let level = ref 0
let fresh () = incr counter; Meta (ref (Unbound { id = !counter; level = !level }))

let rec repr = function
  | Meta ({ contents = Link t } as r) -> let t = repr t in r := Link t; t
  | t -> t

let show t =
  let names = Hashtbl.create 4 in
  let name key =
    match Hashtbl.find_opt names key with
    | Some n -> n
    | None ->
      let n = Printf.sprintf "'%c" (Char.chr (97 + Hashtbl.length names)) in
      Hashtbl.add names key n;
      n
  in
  let rec go ~left t =
    match repr t with
    | Int -> "int"
    | Bool -> "bool"
    | Arrow (a, b) ->
      let text = go ~left:true a in
      let text = text ^ " -> " ^ go ~left:false b in
      if left then "(" ^ text ^ ")" else text
    | Pair (a, b) -> let a = go ~left:true a in a ^ " * " ^ go ~left:true b
    | Generic n -> name (`Generic n)
    | Meta { contents = Unbound { id; _ } } -> name (`Weak id)
    | Meta { contents = Link _ } -> assert false
  in
  go ~left:false t

(* Lowers levels on the way, and finds cycles. *)
let rec adjust r lowest t =
  match repr t with
  | Meta r' when r == r' -> raise (Type_error "occurs check")
  | Meta ({ contents = Unbound u } as r') -> r' := Unbound { u with level = min u.level lowest }
  | Arrow (a, b) | Pair (a, b) -> adjust r lowest a; adjust r lowest b
  | Int | Bool | Generic _ | Meta _ -> ()

let rec unify a b =
  match (repr a, repr b) with
  | Int, Int | Bool, Bool -> ()
  | Meta r, Meta r' when r == r' -> ()
  | Meta ({ contents = Unbound { level; _ } } as r), t | t, Meta ({ contents = Unbound { level; _ } } as r) -> adjust r level t; r := Link t
  | Arrow (a, b), Arrow (c, d) | Pair (a, b), Pair (c, d) -> unify a c; unify b d
  | a, b -> raise (Type_error (Printf.sprintf "%s is not %s" (show a) (show b)))

let rec generalise t =
  match repr t with
  | Meta { contents = Unbound { id; level = l } } when l > !level -> Generic id
  | Arrow (a, b) -> let a = generalise a in Arrow (a, generalise b)
  | Pair (a, b) -> let a = generalise a in Pair (a, generalise b)
  | t -> t

let instantiate t =
  let table = Hashtbl.create 4 in
  let rec go t =
    match repr t with
    | Generic n -> ( match Hashtbl.find_opt table n with Some t -> t | None -> let t = fresh () in Hashtbl.add table n t; t)
    | Arrow (a, b) -> Arrow (go a, go b)
    | Pair (a, b) -> Pair (go a, go b)
    | t -> t
  in
  go t

let rec infer env = function
  | Num _ -> Int
  | Var x -> ( match List.assoc_opt x env with Some t -> instantiate t | None -> raise (Type_error ("unbound " ^ x)))
  | Fun (x, body) -> let t = fresh () in Arrow (t, infer ((x, t) :: env) body)
  | App (f, x) ->
    let tf = infer env f in
    let tx = infer env x in
    let result = fresh () in
    unify tf (Arrow (tx, result));
    result
  | Let (x, e, body) ->
    incr level;
    let t = Fun.protect ~finally:(fun () -> decr level) (fun () -> infer env e) in
    infer ((x, generalise t) :: env) body
  | If (c, a, b) ->
    unify (infer env c) Bool;
    let t = infer env a in
    unify t (infer env b);
    t
  | Tuple (a, b) -> let a = infer env a in Pair (a, infer env b)

let prelude = [ ("succ", Arrow (Int, Int)); ("less", Arrow (Int, Arrow (Int, Bool))); ("fst", Arrow (Pair (Generic 1, Generic 2), Generic 1)) ]

let () =
  let lambda x body = Fun (x, body) and v x = Var x in
  let compose = lambda "f" (lambda "g" (lambda "x" (App (v "f", App (v "g", v "x"))))) in
  List.iter
    (fun e -> match infer prelude e with t -> print_endline (show t) | exception Type_error m -> print_endline ("error: " ^ m))
    [ lambda "x" (v "x"); compose; Let ("id", lambda "x" (v "x"), Tuple (App (v "id", Num 1), v "id")); lambda "f" (Tuple (App (v "f", Num 1), v "f"));
      lambda "x" (App (v "x", v "x")); App (Num 1, Num 2); lambda "x" (If (App (App (v "less", v "x"), Num 3), v "x", App (v "succ", v "x")));
      lambda "x" (Let ("y", v "x", v "y")); lambda "p" (App (v "fst", App (v "fst", v "p"))); v "nowhere"; If (Num 1, Num 2, Num 3);
      Let ("twice", lambda "f" (lambda "x" (App (v "f", App (v "f", v "x")))), App (App (v "twice", v "twice"), v "succ")) ]

(* stdout {expected|
'a -> 'a
('a -> 'b) -> ('c -> 'a) -> 'c -> 'b
int * ('a -> 'a)
(int -> 'a) -> 'a * (int -> 'a)
error: occurs check
error: int is not int -> 'a
int -> int
'a -> 'a
'a * 'b * 'c -> 'a
error: unbound nowhere
error: int is not bool
int -> int
|expected} *)
