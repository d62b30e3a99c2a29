let nl () = print_newline ()
let p s = print_string s; print_string " "
let pi n = print_int n; print_string " "
let pf x = print_float x; print_string " "
type _ ty = Int : int ty | Float : float ty | Str : string ty | Pair : 'a ty * 'b ty -> ('a * 'b) ty | List : 'a ty -> 'a list ty
let rec show : type a. a ty -> a -> string = fun t x -> match t, x with
  | Int, n -> string_of_int n | Float, f -> string_of_float f | Str, s -> s
  | Pair (a, b), (x, y) -> "(" ^ show a x ^ "," ^ show b y ^ ")"
  | List a, l -> List.fold_left (fun acc x -> acc ^ show a x ^ ";") "" l
let () = p (show (Pair (Int, List Float)) (3, [1.5; 2.])); p (show Str "s"); nl ()
let rec zero : type a. a ty -> a = function Int -> 0 | Float -> 0.5 | Str -> "z" | Pair (a, b) -> (zero a, zero b) | List _ -> []
let () = pi (zero Int); pf (zero Float); p (zero Str); (match zero (Pair (Int, Float)) with (a, b) -> pi a; pf b); nl ()
let twice : type a. a ty -> a -> a = fun t x -> match t with Int -> x * 2 | Float -> x *. 2. | _ -> x
let () = pi (twice Int 4); pf (twice Float 1.5); p (twice Str "q"); nl ()
let special : type a. a ty * a -> string = function (Int, 0) -> "zero" | (Float, 1.0) -> "one" | (Int, _) -> "int" | (Float, f) -> string_of_float f | _ -> "other"
let () = p (special (Int, 0)); p (special (Float, 1.0)); p (special (Int, 5)); p (special (Float, 2.5)); p (special (Str, "")); nl ()
type _ expr = Const : int -> int expr | Bool : bool -> bool expr | Add : int expr * int expr -> int expr | If : bool expr * 'a expr * 'a expr -> 'a expr | Lt : int expr * int expr -> bool expr
let rec eval : type a. a expr -> a = function Const n -> n | Bool b -> b | Add (a, b) -> eval a + eval b | If (c, a, b) -> if eval c then eval a else eval b | Lt (a, b) -> eval a < eval b
let () = pi (eval (If (Lt (Const 1, Const 2), Add (Const 3, Const 4), Const 0))); nl ()
type packed = P : 'a ty * 'a -> packed
let () = List.iter (fun (P (t, x)) -> p (show t x)) [P (Int, 1); P (Float, 2.5); P (Str, "s")]; nl ()
type (_, _) eq = Refl : ('a, 'a) eq
let cast : type a b. (a, b) eq -> a -> b = fun Refl x -> x
let () = pi (cast Refl 3); pf (cast Refl 3.5); nl ()
let rec same : type a b. a ty -> b ty -> (a, b) eq option = fun a b -> match a, b with
  | Int, Int -> Some Refl | Float, Float -> Some Refl | Str, Str -> Some Refl
  | Pair (a, b), Pair (c, d) -> (match same a c, same b d with Some Refl, Some Refl -> Some Refl | _ -> None)
  | List a, List b -> (match same a b with Some Refl -> Some Refl | None -> None)
  | _ -> None
let sum : type a. a ty -> a list -> a option = fun t l -> match same t Int with Some Refl -> Some (List.fold_left ( + ) 0 l) | None -> (match same t Float with Some Refl -> Some (List.fold_left ( +. ) 0. l) | None -> None)
let () = (match sum Int [1; 2] with Some n -> pi n | None -> ()); (match sum Float [1.; 2.5] with Some n -> pf n | None -> ()); (match sum Str [] with None -> p "none" | _ -> ()); nl ()
let acc : type a. a ty -> a -> a -> a = fun t x y -> let r = ref x in (match t with Int -> r := !r + y | Float -> r := !r +. y | _ -> ()); !r
let () = pi (acc Int 1 2); pf (acc Float 1. 2.); p (acc Str "a" "b"); nl ()
type z = Z and 's s = S
type ('a, _) vec = Nil : ('a, z) vec | Cons : 'a * ('a, 'n) vec -> ('a, 'n s) vec
let head : type n. ('a, n s) vec -> 'a = function Cons (x, _) -> x
let rec to_list : type n. ('a, n) vec -> 'a list = function Nil -> [] | Cons (x, r) -> x :: to_list r
let rec zip : type n. ('a, n) vec -> ('b, n) vec -> ('a * 'b, n) vec = fun a b -> match a, b with Nil, Nil -> Nil | Cons (x, a), Cons (y, b) -> Cons ((x, y), zip a b)
let () = pi (head (Cons (1, Nil))); List.iter (fun (a, b) -> pi a; p b) (to_list (zip (Cons (1, Cons (2, Nil))) (Cons ("a", Cons ("b", Nil))))); nl ()
