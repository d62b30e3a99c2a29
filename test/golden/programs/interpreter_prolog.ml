(* A small Prolog: terms, unification with a trail of substitutions, depth-first search as a lazy sequence. *)

type term = Var of string | App of string * term list

let atom name = App (name, [])
let rec of_list = function [] -> atom "nil" | x :: rest -> App ("cons", [ x; of_list rest ])

module S = Map.Make (String)

let rec walk s = function Var v as t -> ( match S.find_opt v s with Some t -> walk s t | None -> t) | t -> t

let rec occurs s v t = match walk s t with Var w -> v = w | App (_, l) -> List.exists (occurs s v) l

let rec unify s a b =
  match (walk s a, walk s b) with
  | Var v, Var w when v = w -> Some s
  | Var v, t | t, Var v -> if occurs s v t then None else Some (S.add v t s)
  | App (f, l), App (g, m) when f = g && List.length l = List.length m ->
    List.fold_left2 (fun s a b -> Option.bind s (fun s -> unify s a b)) (Some s) l m
  | App _, App _ -> None

type clause = { head : term; body : term list }

let fact head = { head; body = [] }
let ( <-- ) head body = { head; body }

let rec rename n = function Var v -> Var (Printf.sprintf "%s_%d" v n) | App (f, l) -> App (f, List.map (rename n) l)

let solve program goals =
  let rec search depth s goals () =
    match goals with
    | [] -> Seq.Cons (s, Seq.empty)
    | goal :: rest ->
      List.to_seq program
      |> Seq.filter_map (fun c ->
             Option.map (fun s -> (s, List.map (rename depth) c.body)) (unify s goal (rename depth c.head)))
      |> Seq.flat_map (fun (s, body) -> search (depth + 1) s (body @ rest))
      |> fun found -> found ()
  in
  search 0 S.empty goals

let rec show s t =
  match walk s t with
  | Var v -> "_" ^ v
  | App ("cons", _) as l -> "[" ^ String.concat "," (elements s l) ^ "]"
  | App ("nil", []) -> "[]"
  | App (f, []) -> f
  | App (f, l) -> f ^ "(" ^ String.concat "," (List.map (show s) l) ^ ")"

and elements s l = match walk s l with
  | App ("cons", [ x; rest ]) -> show s x :: elements s rest
  | App ("nil", []) -> []
  | t -> [ "|" ^ show s t ]

let rec take n s () = if n = 0 then Seq.Nil else match s () with Seq.Nil -> Seq.Nil | Cons (x, r) -> Seq.Cons (x, take (n - 1) r)

let ask ?(limit = 5) program goals variables =
  let answers = List.of_seq (take limit (solve program goals)) in
  let answer s = String.concat " " (List.map (fun v -> v ^ "=" ^ show s (Var v)) variables) in
  print_endline (if answers = [] then "no" else String.concat "; " (List.map answer answers))

let v x = Var x
let parent a b = App ("parent", [ a; b ])
let ancestor a b = App ("ancestor", [ a; b ])
let append a b c = App ("append", [ a; b; c ])
let cons x l = App ("cons", [ x; l ])

let program =
  List.map (fun (a, b) -> fact (parent (atom a) (atom b))) [ ("tom", "bob"); ("tom", "liz"); ("bob", "ann"); ("bob", "pat"); ("pat", "jim") ]
  @ [ ancestor (v "X") (v "Y") <-- [ parent (v "X") (v "Y") ];
      ancestor (v "X") (v "Z") <-- [ parent (v "X") (v "Y"); ancestor (v "Y") (v "Z") ];
      fact (append (atom "nil") (v "L") (v "L"));
      append (cons (v "X") (v "A")) (v "B") (cons (v "X") (v "C")) <-- [ append (v "A") (v "B") (v "C") ] ]

let () =
  ask program [ ancestor (atom "tom") (v "W") ] [ "W" ];
  ask program [ ancestor (v "W") (atom "jim") ] [ "W" ];
  ask program [ ancestor (atom "liz") (v "W") ] [ "W" ];
  ask program [ parent (v "P") (atom "ann"); parent (v "P") (v "S") ] [ "P"; "S" ];
  let abc = of_list (List.map atom [ "a"; "b"; "c" ]) in
  ask program [ append (v "X") (v "Y") abc ] [ "X"; "Y" ];
  ask program [ append abc (v "T") (v "R") ] [ "R" ];
  ask program [ App ("eq", [ v "X" ]) ] [ "X" ]

(* stdout {expected|
W=bob; W=liz; W=ann; W=pat; W=jim
W=pat; W=tom; W=bob
no
P=bob S=ann; P=bob S=pat
X=[] Y=[a,b,c]; X=[a] Y=[b,c]; X=[a,b] Y=[c]; X=[a,b,c] Y=[]
R=[a,b,c,|_L_3]
no
|expected} *)
