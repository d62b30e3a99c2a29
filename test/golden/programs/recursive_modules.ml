(* Recursive modules: mutually recursive types and functions across modules, a recursive use of Set.Make. *)
module rec Even : sig val test : int -> bool end = struct let test n = n = 0 || Odd.test (n - 1) end
and Odd : sig val test : int -> bool end = struct let test n = n <> 0 && Even.test (n - 1) end

module rec Tree : sig
  type t = Leaf of string | Node of Forest.t
  val compare : t -> t -> int
  val show : t -> string
end = struct
  type t = Leaf of string | Node of Forest.t
  let compare a b =
    match (a, b) with
    | Leaf x, Leaf y -> String.compare x y
    | Leaf _, Node _ -> -1
    | Node _, Leaf _ -> 1
    | Node x, Node y -> Forest.compare x y
  let show = function
    | Leaf s -> s
    | Node f -> "{" ^ String.concat " " (List.map Tree.show (Forest.elements f)) ^ "}"
end
and Forest : Set.S with type elt = Tree.t = Set.Make (Tree)

module rec Expr : sig
  type t = Num of int | Let of Bind.t * t | Var of string
  val eval : (string * int) list -> t -> int
end = struct
  type t = Num of int | Let of Bind.t * t | Var of string
  let eval env = function
    | Num n -> n
    | Var v -> List.assoc v env
    | Let (b, e) -> Expr.eval (Bind.extend env b) e
end
and Bind : sig
  type t = { name : string; value : Expr.t }
  val extend : (string * int) list -> t -> (string * int) list
end = struct
  type t = { name : string; value : Expr.t }
  let extend env b = (b.name, Expr.eval env b.value) :: env
end

let () =
  Printf.printf "%b %b\n" (Even.test 10) (Odd.test 7);
  let l s = Tree.Leaf s in
  let t = Tree.Node (Forest.of_list [ l "b"; l "a"; Tree.Node (Forest.of_list [ l "d"; l "c" ]); l "a" ]) in
  print_endline (Tree.show t);
  let e = Expr.(Let ({ Bind.name = "x"; value = Num 4 }, Let ({ Bind.name = "y"; value = Var "x" }, Var "y"))) in
  Printf.printf "%d\n" (Expr.eval [] e)

(* stdout {expected|
true true
{a b {c d}}
4
|expected} *)
