(* Recursive types without names: through objects and polymorphic variants, with aliases, and open recursion over them. *)

let rec length = function `Nil -> 0 | `Cons (_, rest) -> 1 + length rest
let rec sum = function `Nil -> 0 | `Cons (x, rest) -> x + sum rest | `Snoc (rest, x) -> sum rest + x

let l = `Cons (1, `Cons (2, `Cons (3, `Nil)))

(* The type of trees, written with an alias. *)
let rec depth : ([< `Leaf | `Node of 'a * int * 'a ] as 'a) -> int = function `Leaf -> 0 | `Node (l, _, r) -> 1 + max (depth l) (depth r)
let tree = `Node (`Leaf, 1, `Node (`Leaf, 2, `Leaf))

(* Objects whose methods give their own type. *)
let rec counter n = object (_ : 'self) method value = n method next : < value : int; next : 'a > as 'a = counter (n + 1) end
let rec nth n (c : (< value : int; next : 'a; .. > as 'a)) = if n = 0 then c#value else nth (n - 1) c#next

type 'a node = < value : 'a; next : 'a node option >

let node value next : 'a node = object method value = value method next = next end
let rec to_list (n : 'a node) = n#value :: (match n#next with None -> [] | Some n -> to_list n)

(* A fixed point without recursion: a function that takes itself, inside a variant. *)
let fix f =
  let apply (`Self g as self) y = g self y in
  apply (`Self (fun self y -> f (fun z -> match self with `Self g -> g self z) y))

(* Mutually recursive names for structural types. *)
type json = [ `Null | `Bool of bool | `Num of float | `Str of string | `List of json list | `Obj of (string * json) list ]

let rec show : json -> string = function
  | `Null -> "null"
  | `Bool b -> string_of_bool b
  | `Num f -> Printf.sprintf "%g" f
  | `Str s -> Printf.sprintf "%S" s
  | `List l -> "[" ^ String.concat "," (List.map show l) ^ "]"
  | `Obj l -> "{" ^ String.concat "," (List.map (fun (k, v) -> Printf.sprintf "%S:%s" k (show v)) l) ^ "}"

type extended = [ json | `Date of int * int * int ]

let rec lower : extended -> json = function
  | `Date (y, m, d) -> `Str (Printf.sprintf "%d-%d-%d" y m d)
  | #json as j -> j

and lower_list l = `List (List.map lower l)

(* Open recursion: each layer handles what it knows. *)
let base self = function `Add (a, b) -> self a + self b | `Int n -> n
let more self = function `Mul (a, b) -> self a * self b | (`Add _ | `Int _) as e -> base self e
let rec eval e = more eval e

let () =
  Printf.printf "%d %d %d\n" (length l) (sum l) (sum (`Snoc (l, 10)));
  Printf.printf "%d\n" (depth tree);
  Printf.printf "%d\n" (nth 5 (counter 10));
  print_endline (String.concat "-" (to_list (node "a" (Some (node "b" None)))));
  print_endline (show (`Obj [ ("a", `List [ `Num 1.5; `Null ]); ("b", `Bool true); ("c", `Str "x") ]));
  print_endline (show (lower_list [ `Date (2020, 2, 29); `Null ]));
  Printf.printf "%d\n" (eval (`Add (`Int 2, `Mul (`Int 3, `Add (`Int 4, `Int 5)))));
  let factorial = fix (fun self n -> if n = 0 then 1 else n * self (n - 1)) in
  Printf.printf "%d\n" (factorial 10)

(* stdout {expected|
3 6 16
2
15
a-b
{"a":[1.5,null],"b":true,"c":"x"}
["2020-2-29",null]
29
3628800
|expected} *)
