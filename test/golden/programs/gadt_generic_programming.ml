(* Generic functions over descriptions of types: printing, equality, enumeration, parsing, measuring. *)

type _ repr =
  | Unit : unit repr
  | Bool : bool repr
  | Int : int repr
  | String : string repr
  | Pair : 'a repr * 'b repr -> ('a * 'b) repr
  | Sum : 'a repr * 'b repr -> ('a, 'b) Either.t repr
  | List : 'a repr -> 'a list repr
  | Iso : { name : string; inner : 'a repr; into : 'b -> 'a; from : 'a -> 'b } -> 'b repr
  | Fix : 'a repr Lazy.t -> 'a repr

let rec print : type a. a repr -> a -> string =
 fun r x ->
  match r with
  | Unit -> "()"
  | Bool -> string_of_bool x
  | Int -> string_of_int x
  | String -> Printf.sprintf "%S" x
  | Pair (a, b) -> Printf.sprintf "(%s, %s)" (print a (fst x)) (print b (snd x))
  | Sum (a, b) -> ( match x with Either.Left l -> "L " ^ print a l | Right r -> "R " ^ print b r)
  | List a -> "[" ^ String.concat "; " (List.map (print a) x) ^ "]"
  | Iso { name; inner; into; _ } -> name ^ "{" ^ print inner (into x) ^ "}"
  | Fix (lazy r) -> print r x

let rec equal : type a. a repr -> a -> a -> bool =
 fun r x y ->
  match r with
  | Unit -> true
  | Bool -> x = y
  | Int -> x = y
  | String -> String.equal x y
  | Pair (a, b) -> equal a (fst x) (fst y) && equal b (snd x) (snd y)
  | Sum (a, b) -> (
    match (x, y) with
    | Left x, Left y -> equal a x y
    | Right x, Right y -> equal b x y
    | Left _, Right _ | Right _, Left _ -> false)
  | List a -> List.length x = List.length y && List.for_all2 (equal a) x y
  | Iso { inner; into; _ } -> equal inner (into x) (into y)
  | Fix (lazy r) -> equal r x y

(* All values up to a size; small ones first. *)
let rec enumerate : type a. int -> a repr -> a list =
 fun n r ->
  if n = 0 then []
  else
    match r with
    | Unit -> [ () ]
    | Bool -> [ false; true ]
    | Int -> List.init n Fun.id
    | String -> List.init n (fun k -> String.make k 'a')
    | Pair (a, b) -> List.concat_map (fun x -> List.map (fun y -> (x, y)) (enumerate (n - 1) b)) (enumerate (n - 1) a)
    | Sum (a, b) ->
      List.map Either.left (enumerate (n - 1) a) @ List.map Either.right (enumerate (n - 1) b)
    | List a -> [] :: List.concat_map (fun x -> List.map (List.cons x) (enumerate (n - 1) (List a))) (enumerate (n - 1) a)
    | Iso { inner; from; _ } -> List.map from (enumerate n inner)
    | Fix (lazy r) -> enumerate n r

(* The number of bits of the smallest code for a value. *)
let rec bits : type a. a repr -> a -> int =
 fun r x ->
  match r with
  | Unit -> 0
  | Bool -> 1
  | Int ->
    let rec width n = if n = 0 then 1 else 2 + width (n / 2) in
    width (abs x)
  | String -> 8 * (String.length x + 1)
  | Pair (a, b) -> bits a (fst x) + bits b (snd x)
  | Sum (a, b) -> 1 + Either.fold ~left:(bits a) ~right:(bits b) x
  | List a -> List.fold_left (fun n x -> n + 1 + bits a x) 1 x
  | Iso { inner; into; _ } -> bits inner (into x)
  | Fix (lazy r) -> bits r x

type colour = Red | Green | Blue

let colour =
  Iso
    { name = "colour"; inner = Sum (Unit, Bool);
      into = (function Red -> Either.Left () | Green -> Right false | Blue -> Right true);
      from = (function Either.Left () -> Red | Right false -> Green | Right true -> Blue) }

type tree = Leaf | Node of tree * int * tree

let rec tree =
  lazy
    (Iso
       { name = "tree"; inner = Sum (Unit, Pair (Fix tree, Pair (Int, Fix tree)));
         into = (function Leaf -> Either.Left () | Node (l, n, r) -> Right (l, (n, r)));
         from = (function Either.Left () -> Leaf | Right (l, (n, r)) -> Node (l, n, r)) })

let tree = Fix tree

let () =
  let r = Pair (List colour, Sum (Int, String)) in
  let x = ([ Red; Blue ], Either.Right "hi") in
  print_endline (print r x);
  Printf.printf "%b %b\n" (equal r x ([ Red; Blue ], Right "hi")) (equal r x ([ Red; Green ], Right "hi"));
  Printf.printf "%d\n" (bits r x);
  print_endline (print (List colour) (enumerate 3 colour));
  print_endline (print (List (List Bool)) (enumerate 3 (List Bool)));
  print_endline (print tree (Node (Leaf, 5, Node (Leaf, 6, Leaf))));
  Printf.printf "%d %d\n" (List.length (enumerate 6 tree)) (List.length (enumerate 9 tree));
  Printf.printf "%d\n" (bits tree (Node (Leaf, 5, Leaf)))

(* stdout {expected|
([colour{L ()}; colour{R true}], R "hi")
true false
31
[colour{L ()}; colour{R false}; colour{R true}]
[[]; [false]; [false; false]; [false; true]; [true]; [true; false]; [true; true]]
tree{R (tree{L ()}, (5, tree{R (tree{L ()}, (6, tree{L ()}))}))}
4 313
10
|expected} *)
