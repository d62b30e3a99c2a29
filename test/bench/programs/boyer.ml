(* A theorem prover in the manner of Boyer and Moore: terms are rewritten with lemmas, innermost first, until a propositional
   formula is left, which is then decided by cases. A lemma that does not match raises. *)
type head = { name : string; mutable lemmas : (term * term) list }
and term = Var of int | Prop of head * term list

exception No_match

let heads : (string, head) Hashtbl.t = Hashtbl.create 64

let head name =
  match Hashtbl.find_opt heads name with
  | Some h -> h
  | None ->
      let h = { name; lemmas = [] } in
      Hashtbl.add heads name h;
      h

(* Lemmas are written as text: lower-case words are functions, upper-case letters variables. *)

let parse text =
  let position = ref 0 in
  let peek () = if !position < String.length text then text.[!position] else ' ' in
  let rec blank () = if peek () = ' ' && !position < String.length text then (incr position; blank ()) in
  let word () =
    let start = !position in
    while match peek () with 'a' .. 'z' | '_' | '0' .. '9' -> true | _ -> false do incr position done;
    String.sub text start (!position - start)
  in
  let rec term () =
    blank ();
    match peek () with
    | 'A' .. 'Z' as c -> incr position; Var (Char.code c - 65)
    | '(' ->
        incr position;
        let h = head (word ()) in
        let arguments = list () in
        Prop (h, arguments)
    | _ -> Prop (head (word ()), [])
  and list () =
    blank ();
    if peek () = ')' then (incr position; [])
    else
      let first = term () in
      first :: list ()
  in
  term ()

let lemma left right =
  match (parse left, parse right) with
  | (Prop (h, _) as l), r -> h.lemmas <- h.lemmas @ [ (l, r) ]
  | Var _, _ -> invalid_arg left

let () =
  List.iter
    (fun (l, r) -> lemma l r)
    [
      ("(and P Q)", "(if P (if Q true false) false)"); ("(or P Q)", "(if P true (if Q true false))");
      ("(not P)", "(if P false true)"); ("(implies P Q)", "(if P (if Q true false) true)");
      ("(iff X Y)", "(and (implies X Y) (implies Y X))"); ("(zerop X)", "(or (equal X zero) (not (numberp X)))");
      ("(if (if X Y Z) U V)", "(if X (if Y U V) (if Z U V))"); ("(eqp X Y)", "(equal (fix X) (fix Y))");
      ("(greaterp X Y)", "(lessp Y X)"); ("(lesseqp X Y)", "(not (lessp Y X))"); ("(greatereqp X Y)", "(not (lessp X Y))");
      ("(plus (plus X Y) Z)", "(plus X (plus Y Z))"); ("(times X (plus Y Z))", "(plus (times X Y) (times X Z))");
      ("(times (times X Y) Z)", "(times X (times Y Z))"); ("(equal (plus A B) zero)", "(and (zerop A) (zerop B))");
      ("(difference X X)", "zero"); ("(equal (plus A B) (plus A C))", "(equal B C)"); ("(equal (times X Y) zero)", "(or (zerop X) (zerop Y))");
      ("(equal zero (difference X Y))", "(not (lessp Y X))"); ("(lessp (plus X Y) (plus X Z))", "(lessp Y Z)");
      ("(lessp Y (plus X Y))", "(not (zerop X))"); ("(append (append X Y) Z)", "(append X (append Y Z))");
      ("(reverse (append A B))", "(append (reverse B) (reverse A))"); ("(member A (append B C))", "(or (member A B) (member A C))");
      ("(member A (reverse B))", "(member A B)"); ("(length (reverse X))", "(length X)"); ("(reverse (reverse X))", "X");
      ("(remainder X X)", "zero"); ("(remainder (times X Y) X)", "zero"); ("(exp I (plus J K))", "(times (exp I J) (exp I K))");
      ("(equal (append A B) (append A C))", "(equal B C)"); ("(lessp (remainder X Y) Y)", "(not (zerop Y))");
    ]

let rec same a b =
  match (a, b) with
  | Var v, Var w -> v = w
  | Prop (f, xs), Prop (g, ys) -> f == g && List.for_all2 same xs ys
  | _ -> false

let rec extend s pattern t =
  match (pattern, t) with
  | Var v, _ -> (
      match List.assoc v s with bound -> if same bound t then s else raise No_match | exception Not_found -> (v, t) :: s)
  | Prop (f, xs), Prop (g, ys) -> if f == g then List.fold_left2 extend s xs ys else raise No_match
  | Prop _, Var _ -> raise No_match

let rec substitute s t =
  match t with
  | Var v -> ( try List.assoc v s with Not_found -> t)
  | Prop (f, arguments) -> Prop (f, List.map (substitute s) arguments)

let rec rewrite t =
  match t with
  | Var _ -> t
  | Prop (h, arguments) -> rewrite_with (Prop (h, List.map rewrite arguments)) h.lemmas

and rewrite_with t = function
  | [] -> t
  | (left, right) :: rest -> (
      match extend [] left t with s -> rewrite (substitute s right) | exception No_match -> rewrite_with t rest)

let conditional = head "if" and truth = parse "true" and falsity = parse "false"

let rec tautology t yes no =
  if same t truth || List.exists (same t) yes then true
  else if same t falsity || List.exists (same t) no then false
  else
    match t with
    | Prop (h, [ test; a; b ]) when h == conditional ->
        if same test truth || List.exists (same test) yes then tautology a yes no
        else if same test falsity || List.exists (same test) no then tautology b yes no
        else tautology a (test :: yes) no && tautology b yes (test :: no)
    | _ -> false

let theorem = parse "(implies (and (implies X Y) (and (implies Y Z) (implies Z U))) (implies X U))"

let instance =
  [
    ('X', "(equal (plus A B) (plus A (plus (plus C D) zero)))"); ('Y', "(member A (reverse (append B C)))");
    ('Z', "(equal (exp A (plus B C)) (times A (plus B C)))"); ('U', "(lessp (length (reverse A)) (times A (plus B C)))");
  ]

let () =
  let s = List.map (fun (v, text) -> (Char.code v - 65, parse text)) instance in
  let proved = ref 0 in
  for _ = 1 to 40 do
    if tautology (rewrite (substitute s theorem)) [] [] then incr proved
  done;
  Printf.printf "%d proofs\n" !proved
