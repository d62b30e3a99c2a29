(* A pretty printer in the style of Wadler: documents that choose between one line and many, lazily. *)

type doc = Nil | Text of string | Line of string | Cat of doc * doc | Nest of int * doc | Group of doc

let ( ^^ ) a b = Cat (a, b)
let text s = Text s
let line = Line " "
let cut = Line ""
let nest n d = Nest (n, d)
let group d = Group d
let concat separator = function [] -> Nil | d :: rest -> List.fold_left (fun acc d -> acc ^^ separator ^^ d) d rest
let bracket l d r = group (text l ^^ nest 2 (cut ^^ d) ^^ cut ^^ text r)

type mode = Flat | Break

let rec fits width = function
  | _ when width < 0 -> false
  | [] -> true
  | (_, _, Nil) :: rest -> fits width rest
  | (_, _, Text s) :: rest -> fits (width - String.length s) rest
  | (_, Flat, Line s) :: rest -> fits (width - String.length s) rest
  | (_, Break, Line _) :: _ -> true
  | (i, m, Cat (a, b)) :: rest -> fits width ((i, m, a) :: (i, m, b) :: rest)
  | (i, m, Nest (n, d)) :: rest -> fits width ((i + n, m, d) :: rest)
  | (i, _, Group d) :: rest -> fits width ((i, Flat, d) :: rest)

let render width doc =
  let b = Buffer.create 80 in
  let rec go column = function
    | [] -> ()
    | (_, _, Nil) :: rest -> go column rest
    | (_, _, Text s) :: rest -> Buffer.add_string b s; go (column + String.length s) rest
    | (_, Flat, Line s) :: rest -> Buffer.add_string b s; go (column + String.length s) rest
    | (i, Break, Line _) :: rest -> Buffer.add_string b ("\n" ^ String.make i ' '); go i rest
    | (i, m, Cat (a, c)) :: rest -> go column ((i, m, a) :: (i, m, c) :: rest)
    | (i, m, Nest (n, d)) :: rest -> go column ((i + n, m, d) :: rest)
    | (i, m, Group d) :: rest -> if m = Flat || fits (width - column) ((i, Flat, d) :: rest) then go column ((i, Flat, d) :: rest) else go column ((i, Break, d) :: rest)
  in
  go 0 [ (0, Break, doc) ];
  Buffer.contents b

type json = Null | Number of int | String of string | Array of json list | Object of (string * json) list

let rec json = function
  | Null -> text "null"
  | Number n -> text (string_of_int n)
  | String s -> text (Printf.sprintf "%S" s)
  | Array l -> bracket "[" (concat (text "," ^^ line) (List.map json l)) "]"
  | Object l -> bracket "{" (concat (text "," ^^ line) (List.map (fun (k, v) -> text (Printf.sprintf "%S: " k) ^^ json v) l)) "}"

type ml = Var of string | Lam of string * ml | App of ml * ml list | Let of string * ml * ml

let rec ml = function
  | Var x -> text x
  | Lam (x, e) -> group (text ("fun " ^ x ^ " ->") ^^ nest 2 (line ^^ ml e))
  | App (f, l) -> group (nest 2 (concat line (List.map atom (f :: l))))
  | Let (x, e, body) -> group (text ("let " ^ x ^ " =") ^^ nest 2 (line ^^ ml e) ^^ text " in") ^^ line ^^ ml body

and atom = function Var _ as v -> ml v | e -> bracket "(" (ml e) ")"

let () =
  let data = Object [ ("name", String "widget"); ("sizes", Array [ Number 1; Number 20; Number 300 ]); ("parent", Null); ("nested", Object [ ("deep", Array [ Object [ ("x", Number 1) ] ]) ]) ] in
  List.iter (fun w -> Printf.printf "-- %d\n%s\n" w (render w (json data))) [ 20; 40; 200 ];
  let e = Let ("compose", Lam ("f", Lam ("g", Lam ("x", App (Var "f", [ App (Var "g", [ Var "x" ]) ])))), App (Var "compose", [ Var "first_function"; Var "second_function"; Var "argument" ])) in
  List.iter (fun w -> Printf.printf "-- %d\n%s\n" w (render w (ml e))) [ 24; 60 ]

(* stdout {expected|
-- 20
{
  "name": "widget",
  "sizes": [
    1,
    20,
    300
  ],
  "parent": null,
  "nested": {
    "deep": [
      {"x": 1}
    ]
  }
}
-- 40
{
  "name": "widget",
  "sizes": [1, 20, 300],
  "parent": null,
  "nested": {"deep": [{"x": 1}]}
}
-- 200
{"name": "widget", "sizes": [1, 20, 300], "parent": null, "nested": {"deep": [{"x": 1}]}}
-- 24
let compose =
  fun f ->
    fun g ->
      fun x ->
        f (g x) in
compose
  first_function
  second_function
  argument
-- 60
let compose = fun f -> fun g -> fun x -> f (g x) in
compose first_function second_function argument
|expected} *)
