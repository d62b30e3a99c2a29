(* The lambda calculus: parsing, de Bruijn indices, reduction strategies, Church numerals, combinators. *)

type named = Var of string | Lam of string * named | App of named * named
type term = Index of int | Free of string | Fun of term | Apply of term * term

exception Syntax of string

(* \x y. x (y z) *)
let parse text =
  let tokens = ref (List.filter (fun c -> c <> ' ') (List.of_seq (String.to_seq text))) in
  let peek () = match !tokens with [] -> None | c :: _ -> Some c in
  let next () = match !tokens with [] -> raise (Syntax "end") | c :: rest -> tokens := rest; c in
  let rec term () =
    match peek () with
    | Some '\\' -> ignore (next ()); binder ()
    | _ -> application (atom ())
  and binder () =
    match next () with
    | '.' -> term ()
    | c -> let x = String.make 1 c in Lam (x, binder ())
  and application f = match peek () with None | Some ')' -> f | Some '\\' -> App (f, term ()) | Some _ -> application (App (f, atom ()))
  and atom () =
    match next () with
    | '(' -> let t = term () in if next () = ')' then t else raise (Syntax "parenthesis")
    | ')' | '.' -> raise (Syntax "unexpected")
    | c -> Var (String.make 1 c)
  in
  let t = term () in
  if !tokens = [] then t else raise (Syntax "rest")

let rec index env = function
  | Var x -> ( match List.find_opt (fun (_, y) -> x = y) (List.mapi (fun i y -> (i, y)) env) with Some (i, _) -> Index i | None -> Free x)
  | Lam (x, t) -> Fun (index (x :: env) t)
  | App (a, b) -> Apply (index env a, index env b)

let rec shift by depth = function
  | Index i -> Index (if i >= depth then i + by else i)
  | Free _ as t -> t
  | Fun t -> Fun (shift by (depth + 1) t)
  | Apply (a, b) -> Apply (shift by depth a, shift by depth b)

let rec subst depth s = function
  | Index i -> if i = depth then shift depth 0 s else Index (if i > depth then i - 1 else i)
  | Free _ as t -> t
  | Fun t -> Fun (subst (depth + 1) s t)
  | Apply (a, b) -> Apply (subst depth s a, subst depth s b)

(* One step of the leftmost outermost redex. *)
let rec step = function
  | Apply (Fun t, s) -> Some (subst 0 s t)
  | Apply (a, b) -> ( match step a with Some a -> Some (Apply (a, b)) | None -> Option.map (fun b -> Apply (a, b)) (step b))
  | Fun t -> Option.map (fun t -> Fun t) (step t)
  | Index _ | Free _ -> None

let rec normalise ?(fuel = 1000) n t = if n >= fuel then Error n else match step t with None -> Ok (t, n) | Some t -> normalise ~fuel (n + 1) t

let rec show depth = function
  | Index i -> String.make 1 (Char.chr (97 + depth - 1 - i))
  | Free x -> String.uppercase_ascii x
  | Fun t -> "\\" ^ String.make 1 (Char.chr (97 + depth)) ^ "." ^ show (depth + 1) t
  | Apply (a, b) ->
    let left = match a with Fun _ -> "(" ^ show depth a ^ ")" | _ -> show depth a in
    let right = match b with Index _ | Free _ -> show depth b | _ -> "(" ^ show depth b ^ ")" in
    left ^ right

let church n = Fun (Fun (List.fold_left (fun t _ -> Apply (Index 1, t)) (Index 0) (List.init n Fun.id)))
let of_church t = let rec count = function Apply (Index 1, t) -> 1 + count t | Index 0 -> 0 | _ -> -1 in match t with Fun (Fun t) -> count t | _ -> -1

let () =
  let t text = index [] (parse text) in
  List.iter
    (fun text ->
      match normalise ~fuel:100 0 (t text) with
      | Ok (r, n) -> Printf.printf "%s = %s (%d)\n" text (show 0 r) n
      | Error n -> Printf.printf "%s does not stop within %d\n" text n
      | exception Syntax m -> Printf.printf "%s: %s\n" text m)
    [ "\\x.x"; "(\\x y.x) p q"; "(\\x.\\y.x) y"; "(\\s.\\k.s k k x) (\\f g x.f x (g x)) (\\x y.x)"; "(\\x.x x) (\\x.x x)"; "(\\x y.y) ((\\x.x x) (\\x.x x))"; "(x"; "x)" ];
  let arithmetic op a b = match normalise 0 (Apply (Apply (t op, church a), church b)) with Ok (r, _) -> of_church r | Error _ -> -1 in
  Printf.printf "%d %d %d\n" (arithmetic "\\m n f x.m f (n f x)" 3 4) (arithmetic "\\m n f.m (n f)" 3 4) (arithmetic "\\m n.n m" 2 5)

(* stdout {expected|
\x.x = \a.a (0)
(\x y.x) p q = P (2)
(\x.\y.x) y = \a.Y (1)
(\s.\k.s k k x) (\f g x.f x (g x)) (\x y.x) = X (7)
(\x.x x) (\x.x x) does not stop within 100
(\x y.y) ((\x.x x) (\x.x x)) = \a.a (1)
(x: end
x): rest
7 12 32
|expected} *)
