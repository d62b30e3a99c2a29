(* A typed expression language is checked, compiled to a typed stack machine, and run. *)

type _ ty = Bool : bool ty | Int : int ty

type untyped =
  | N of int
  | B of bool
  | Plus of untyped * untyped
  | Equal of untyped * untyped
  | If of untyped * untyped * untyped
  | Not of untyped

type _ expr =
  | Const : 'a -> 'a expr
  | Add : int expr * int expr -> int expr
  | Eq : 'a ty * 'a expr * 'a expr -> bool expr
  | Cond : bool expr * 'a expr * 'a expr -> 'a expr
  | Neg : bool expr -> bool expr

type typed = Typed : 'a ty * 'a expr -> typed
type (_, _) eq = Refl : ('a, 'a) eq

exception Ill_typed of string

let same : type a b. a ty -> b ty -> (a, b) eq option =
 fun a b -> match (a, b) with Int, Int -> Some Refl | Bool, Bool -> Some Refl | _ -> None

let rec check = function
  | N n -> Typed (Int, Const n)
  | B b -> Typed (Bool, Const b)
  | Plus (a, b) -> Typed (Int, Add (expect Int a, expect Int b))
  | Not a -> Typed (Bool, Neg (expect Bool a))
  | Equal (a, b) ->
    let (Typed (t, a)) = check a in
    Typed (Bool, Eq (t, a, expect t b))
  | If (c, a, b) ->
    let (Typed (t, a)) = check a in
    Typed (t, Cond (expect Bool c, a, expect t b))

and expect : type a. a ty -> untyped -> a expr =
 fun t e ->
  let (Typed (t', e)) = check e in
  match same t' t with
  | Some Refl -> e
  | None -> raise (Ill_typed (match t with Int -> "int expected" | Bool -> "bool expected"))

let rec eval : type a. a expr -> a = function
  | Const c -> c
  | Add (a, b) -> eval a + eval b
  | Eq (_, a, b) -> eval a = eval b
  | Cond (c, a, b) -> if eval c then eval a else eval b
  | Neg a -> not (eval a)

(* Code from one type of stack to another: a stack is nested pairs. *)
type (_, _) code =
  | Halt : ('s, 's) code
  | Push : 'a * ('a * 's, 't) code -> ('s, 't) code
  | Sum : (int * 's, 't) code -> (int * (int * 's), 't) code
  | Same : (bool * 's, 't) code -> ('a * ('a * 's), 't) code
  | Flip : (bool * 's, 't) code -> (bool * 's, 't) code
  | Branch : ('s, 't) code * ('s, 't) code -> (bool * 's, 't) code

let rec compile : type a s t. a expr -> (a * s, t) code -> (s, t) code =
 fun e next ->
  match e with
  | Const c -> Push (c, next)
  | Add (a, b) -> compile a (compile b (Sum next))
  | Eq (_, a, b) -> compile a (compile b (Same next))
  | Cond (c, a, b) -> compile c (Branch (compile a next, compile b next))
  | Neg a -> compile a (Flip next)

let rec run : type s t. (s, t) code -> s -> t =
 fun code stack ->
  match (code, stack) with
  | Halt, s -> s
  | Push (x, k), s -> run k (x, s)
  | Sum k, (a, (b, s)) -> run k (a + b, s)
  | Same k, (a, (b, s)) -> run k (a = b, s)
  | Flip k, (a, s) -> run k (not a, s)
  | Branch (a, b), (c, s) -> run (if c then a else b) s

let rec size : type s t. (s, t) code -> int = function
  | Halt -> 0
  | Push (_, k) -> 1 + size k
  | Sum k -> 1 + size k
  | Same k -> 1 + size k
  | Flip k -> 1 + size k
  | Branch (a, b) -> 1 + size a + size b

let show : type a. a ty -> a -> string = fun t x -> match t with Int -> string_of_int x | Bool -> string_of_bool x

let () =
  List.iter
    (fun source ->
      match check source with
      | Typed (t, e) ->
        let code = compile e Halt in
        let x, () = run code () in
        Printf.printf "%s %s in %d\n" (show t (eval e)) (show t x) (size code)
      | exception Ill_typed m -> print_endline m)
    [ Plus (N 1, Plus (N 2, N 3)); If (Equal (Plus (N 1, N 1), N 2), N 10, N 20); Plus (N 1, B true);
      Not (Equal (B true, Not (B true))); If (B false, N 1, B true); If (Not (Equal (N 1, N 2)), B false, B true) ]

(* stdout {expected|
6 6 in 5
10 10 in 8
int expected
true true in 5
int expected
false false in 7
|expected} *)
