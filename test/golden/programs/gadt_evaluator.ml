type _ term =
  | Int : int -> int term
  | Bool : bool -> bool term
  | Float : float -> float term
  | Add : int term * int term -> int term
  | FAdd : float term * float term -> float term
  | If : bool term * 'a term * 'a term -> 'a term
  | Eq : 'a term * 'a term -> bool term
  | Pair : 'a term * 'b term -> ('a * 'b) term
  | Fst : ('a * 'b) term -> 'a term

let rec eval : type a. a term -> a = function
  | Int n -> n
  | Bool b -> b
  | Float f -> f
  | Add (a, b) -> eval a + eval b
  | FAdd (a, b) -> eval a +. eval b
  | If (c, t, e) -> if eval c then eval t else eval e
  | Eq (a, b) -> eval a = eval b
  | Pair (a, b) -> (eval a, eval b)
  | Fst p -> fst (eval p)

let () = Printf.printf "%d\n" (eval (Add (Int 1, If (Eq (Int 3, Int 3), Int 4, Int 5))))
let () = Printf.printf "%f\n" (eval (FAdd (Float 1.5, Fst (Pair (Float 2.25, Bool true)))))

type (_, _) eq = Refl : ('a, 'a) eq
let cast : type a b. (a, b) eq -> a -> b = fun Refl x -> x
let () = print_int (cast Refl 3)
type ex = Ex : 'a * ('a -> string) -> ex
let show (Ex (x, f)) = f x
let () = print_endline (show (Ex (3, string_of_int)))
let l = [Ex (1, string_of_int); Ex (2.5, string_of_float); Ex ("s", fun x -> x)]
let () = List.iter (fun (Ex (x, f)) -> print_endline (f x)) l
let () = List.iter (fun e -> let Ex (x, f) = e in print_endline (f x)) l

type _ typ = TInt : int typ | TStr : string typ | TPair : 'a typ * 'b typ -> ('a * 'b) typ | TList : 'a typ -> 'a list typ
let rec to_string : type t. t typ -> t -> string = fun t x -> match t with
  | TInt -> string_of_int x
  | TStr -> Printf.sprintf "%S" x
  | TPair (t1, t2) -> let (x1, x2) = x in Printf.sprintf "(%s,%s)" (to_string t1 x1) (to_string t2 x2)
  | TList t -> "[" ^ String.concat ";" (List.map (to_string t) x) ^ "]"
let () = print_endline (to_string (TList (TPair (TInt, TStr))) [1,"a";2,"b"])
let rec eq_type : type a b. a typ -> b typ -> (a, b) eq option = fun a b ->
  match a, b with
  | TInt, TInt -> Some Refl
  | TStr, TStr -> Some Refl
  | TPair (a1, a2), TPair (b1, b2) ->
    (match eq_type a1 b1 with
     | None -> None
     | Some Refl -> match eq_type a2 b2 with None -> None | Some Refl -> Some Refl)
  | TList a, TList b -> (match eq_type a b with Some Refl -> Some Refl | None -> None)
  | _ -> None
type dyn = Dyn : 'a typ * 'a -> dyn
let as_int (Dyn (t, x)) : int option = match eq_type t TInt with Some Refl -> Some x | None -> None
let () = match as_int (Dyn (TInt, 42)) with Some n -> print_int n | None -> print_string "none"
type zero = Z_ and 'a succ = S_
type (_, _) vec = Nil : ('a, zero) vec | Cons : 'a * ('a, 'n) vec -> ('a, 'n succ) vec
let head : type n. ('a, n succ) vec -> 'a = function Cons (x, _) -> x
let rec map : type n. ('a -> 'b) -> ('a, n) vec -> ('b, n) vec = fun f -> function Nil -> Nil | Cons (x, r) -> Cons (f x, map f r)
let rec zip : type n. ('a, n) vec -> ('b, n) vec -> ('a * 'b, n) vec = fun a b -> match a, b with Nil, Nil -> Nil | Cons (x, a), Cons (y, b) -> Cons ((x, y), zip a b)
let rec to_list : type n. ('a, n) vec -> 'a list = function Nil -> [] | Cons (x, r) -> x :: to_list r
let () = List.iter (fun (a, b) -> Printf.printf "%d %s\n" a b) (to_list (zip (map succ (Cons (1, Cons (2, Nil)))) (Cons ("a", Cons ("b", Nil)))))
let absurd : (int, string) eq -> 'a = function _ -> .
let f : type a. a typ -> int = function TInt -> 1 | TStr -> 2 | _ -> 3

(* stdout {expected|
5
3.750000
33
1
2.5
s
1
2.5
s
[(1,"a");(2,"b")]
422 a
3 b
|expected} *)
