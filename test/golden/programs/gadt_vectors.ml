(* Vectors indexed by their length; the types leave out the impossible cases. *)
type zero = Zero
type 'n succ = Succ

type (_, _) vec =
  | [] : ('a, zero) vec
  | ( :: ) : 'a * ('a, 'n) vec -> ('a, 'n succ) vec

let rec map : type n. ('a -> 'b) -> ('a, n) vec -> ('b, n) vec = fun f -> function
  | [] -> []
  | x :: rest -> let y = f x in y :: map f rest

let rec zip : type n. ('a, n) vec -> ('b, n) vec -> ('a * 'b, n) vec = fun xs ys ->
  match xs, ys with
  | [], [] -> []
  | x :: xs, y :: ys -> (x, y) :: zip xs ys

let head : type n. ('a, n succ) vec -> 'a = fun (x :: _) -> x
let tail : type n. ('a, n succ) vec -> ('a, n) vec = fun (_ :: rest) -> rest

let rec to_list : type n. ('a, n) vec -> 'a list = function
  | [] -> List.[]
  | x :: rest -> List.cons x (to_list rest)

type _ nat = Z : zero nat | S : 'n nat -> 'n succ nat

let rec replicate : type n. n nat -> 'a -> ('a, n) vec = fun n x ->
  match n with
  | Z -> []
  | S n -> x :: replicate n x

let rec transpose : type n m. m nat -> (('a, m) vec, n) vec -> (('a, n) vec, m) vec = fun m rows ->
  match m with
  | Z -> []
  | S m -> map head rows :: transpose m (map tail rows)

(* Addition as a relation, and appending along it. *)
type (_, _, _) plus =
  | Base : (zero, 'n, 'n) plus
  | Step : ('a, 'b, 'c) plus -> ('a succ, 'b, 'c succ) plus

let rec append : type a b c. (a, b, c) plus -> ('x, a) vec -> ('x, b) vec -> ('x, c) vec =
 fun plus xs ys ->
  match plus, xs with
  | Base, [] -> ys
  | Step plus, x :: xs -> x :: append plus xs ys

type 'a some_vec = Vec : 'n nat * ('a, 'n) vec -> 'a some_vec

let rec of_list : 'a list -> 'a some_vec = function
  | List.[] -> Vec (Z, [])
  | List.(x :: rest) ->
      let (Vec (n, v)) = of_list rest in
      Vec (S n, x :: v)

type (_, _) eq = Refl : ('a, 'a) eq

let rec same_length : type n m. n nat -> m nat -> (n, m) eq option = fun n m ->
  match n, m with
  | Z, Z -> Some Refl
  | S n, S m -> (match same_length n m with Some Refl -> Some Refl | None -> None)
  | Z, S _ | S _, Z -> None

let try_zip (Vec (n, xs)) (Vec (m, ys)) =
  match same_length n m with
  | Some Refl -> Some (to_list (zip xs ys))
  | None -> None

let show f l = "[" ^ String.concat "; " (List.map f l) ^ "]"
let ints v = show string_of_int (to_list v)

let () =
  let v = 1 :: 2 :: 3 :: [] in
  print_endline (ints (map (fun x -> x * x) v));
  print_endline (string_of_int (head (tail v)));
  print_endline (ints (replicate (S (S (S (S Z)))) 7));
  print_endline (show ints (to_list (transpose (S (S (S Z))) (v :: map (( + ) 10) v :: []))));
  print_endline (ints (append (Step (Step (Step Base))) v (4 :: 5 :: [])));
  let pairs a b =
    match try_zip (of_list a) (of_list b) with
    | Some l -> show (fun (n, s) -> Printf.sprintf "%d%s" n s) l
    | None -> "lengths differ"
  in
  print_endline (pairs List.[ 1; 2; 3 ] List.[ "a"; "b"; "c" ]);
  print_endline (pairs List.[ 1; 2 ] List.[ "a"; "b"; "c" ])

(* stdout {expected|
[1; 4; 9]
2
[7; 7; 7; 7]
[[1; 11]; [2; 12]; [3; 13]]
[1; 2; 3; 4; 5]
[1a; 2b; 3c]
lengths differ
|expected} *)
