(* Knuth-Bendix completion of the axioms of groups. Failure to match, to unify and to rewrite are exceptions, as in the
   programs of the eighties: most of those raised are caught a few frames further out. *)
type term = Var of int | App of string * term list

exception No_match
exception No_unifier
exception Irreducible
exception Unorientable

let rec substitute s t =
  match t with
  | Var v -> ( try List.assoc v s with Not_found -> t)
  | App (f, arguments) -> App (f, List.map (substitute s) arguments)

let rec extend s pattern subject =
  match (pattern, subject) with
  | Var v, _ -> (
      match List.assoc v s with
      | bound -> if bound = subject then s else raise No_match
      | exception Not_found -> (v, subject) :: s)
  | App (f, ps), App (g, ts) -> if f = g then List.fold_left2 extend s ps ts else raise No_match
  | App _, Var _ -> raise No_match

let matching pattern subject = extend [] pattern subject

let rec occurs v = function Var w -> v = w | App (_, arguments) -> List.exists (occurs v) arguments

let bind v t s =
  let one = [ (v, t) ] in
  (v, t) :: List.map (fun (w, u) -> (w, substitute one u)) s

let rec unify s (a, b) =
  match (substitute s a, substitute s b) with
  | Var v, Var w when v = w -> s
  | Var v, t | t, Var v -> if occurs v t then raise No_unifier else bind v t s
  | App (f, xs), App (g, ys) -> if f = g then List.fold_left unify s (List.combine xs ys) else raise No_unifier

(* Rewriting, outermost first. *)

let rec reduce rules t =
  match rules with
  | [] -> raise Irreducible
  | (left, right) :: rest -> ( try substitute (matching left t) right with No_match -> reduce rest t)

let rec rewrite rules t =
  try reduce rules t
  with Irreducible -> (
    match t with Var _ -> raise Irreducible | App (f, arguments) -> App (f, rewrite_one rules arguments))

and rewrite_one rules = function
  | [] -> raise Irreducible
  | t :: rest -> ( try rewrite rules t :: rest with Irreducible -> t :: rewrite_one rules rest)

let rec normal_form rules t = match rewrite rules t with u -> normal_form rules u | exception Irreducible -> t

(* The recursive path ordering: inverse > product > unit, lexicographic arguments. *)

let rank = function "inverse" -> 2 | "product" -> 1 | _ -> 0

let rec greater a b =
  match (a, b) with
  | Var _, _ -> false
  | App _, Var v -> occurs v a
  | App (f, xs), App (g, ys) ->
      List.exists (fun x -> x = b || greater x b) xs
      || (rank f > rank g && List.for_all (greater a) ys)
      || (f = g && lexicographic xs ys && List.for_all (greater a) ys)

and lexicographic xs ys =
  match (xs, ys) with x :: xs, y :: ys -> if x = y then lexicographic xs ys else greater x y | _ -> false

(* Critical pairs: the left side of one rule inside that of another. *)

let rec rename t = match t with Var v -> Var (v + 100) | App (f, arguments) -> App (f, List.map rename arguments)

let rec positions t rebuild =
  match t with
  | Var _ -> []
  | App (f, arguments) -> (t, rebuild) :: inside f [] arguments rebuild

and inside f before arguments rebuild =
  match arguments with
  | [] -> []
  | t :: after ->
      let here = positions t (fun u -> rebuild (App (f, List.rev_append before (u :: after)))) in
      here @ inside f (t :: before) after rebuild

let superpose (l1, r1) (l2, r2) =
  let l2 = rename l2 and r2 = rename r2 in
  List.fold_left
    (fun pairs (t, rebuild) ->
      match unify [] (t, l2) with
      | s -> (substitute s (rebuild r2), substitute s r1) :: pairs
      | exception No_unifier -> pairs)
    []
    (positions l1 (fun u -> u))

let canonical (a, b) =
  let rec names seen = function
    | Var v -> if List.mem_assoc v seen then seen else (v, Var (List.length seen)) :: seen
    | App (_, arguments) -> List.fold_left names seen arguments
  in
  let s = names (names [] a) b in
  (substitute s a, substitute s b)

let orient (a, b) = if greater a b then (a, b) else if greater b a then (b, a) else raise Unorientable
let reducible rules t = match rewrite rules t with _ -> true | exception Irreducible -> false

let rec complete rules equations =
  match equations with
  | [] -> rules
  | (a, b) :: rest -> (
      let a = normal_form rules a and b = normal_form rules b in
      if a = b then complete rules rest
      else
        match orient (canonical (a, b)) with
        | exception Unorientable -> complete rules (rest @ [ (a, b) ])
        | rule ->
            let kept, broken = List.partition (fun (l, _) -> not (reducible [ rule ] l)) rules in
            let kept = List.map (fun (l, r) -> (l, normal_form (rule :: kept) r)) kept in
            let rules = rule :: kept in
            let pairs = List.concat_map (fun other -> superpose rule other @ superpose other rule) rules in
            complete rules (rest @ broken @ pairs))

let x = Var 0 and y = Var 1 and z = Var 2
let product a b = App ("product", [ a; b ])
let inverse a = App ("inverse", [ a ])
let unit = App ("unit", [])

let groups =
  [ (product unit x, x); (product (inverse x) x, unit); (product (product x y) z, product x (product y z)) ]

let rec show = function
  | Var v -> String.make 1 (Char.chr (Char.code 'a' + v))
  | App (f, arguments) -> f ^ "(" ^ String.concat "," (List.map show arguments) ^ ")"

let () =
  let last = ref [] in
  for _ = 1 to 40 do
    last := complete [] groups
  done;
  List.iter print_endline (List.sort compare (List.map (fun (l, r) -> show l ^ " = " ^ show r) !last))
