(* Visitors, iterators and maps over a syntax tree, by open recursion. *)

type expr =
  | Num of int
  | Var of string
  | Add of expr * expr
  | Mul of expr * expr
  | Let of string * expr * expr
  | Call of string * expr list

class virtual ['r] visitor =
  object (self)
    method virtual num : int -> 'r
    method virtual var : string -> 'r
    method virtual add : 'r -> 'r -> 'r
    method virtual mul : 'r -> 'r -> 'r
    method virtual bind : string -> 'r -> (unit -> 'r) -> 'r
    method virtual call : string -> 'r list -> 'r
    method visit e : 'r =
      match e with
      | Num n -> self#num n
      | Var x -> self#var x
      | Add (a, b) ->
          let a = self#visit a in
          self#add a (self#visit b)
      | Mul (a, b) ->
          let a = self#visit a in
          self#mul a (self#visit b)
      | Let (x, e, body) -> self#bind x (self#visit e) (fun () -> self#visit body)
      | Call (f, args) -> self#call f (List.map self#visit args)
  end

class evaluator =
  object
    inherit [int] visitor
    val mutable env : (string * int) list = []
    method num n = n
    method var x = List.assoc x env
    method add a b = a + b
    method mul a b = a * b
    method bind x v body =
      let saved = env in
      env <- (x, v) :: env;
      let result = body () in
      env <- saved;
      result
    method call f args =
      match (f, args) with
      | "max", [ a; b ] -> max a b
      | "sum", args -> List.fold_left ( + ) 0 args
      | _ -> failwith ("unknown function " ^ f)
  end

class printer =
  object (self)
    inherit [string] visitor
    method private parens s = "(" ^ s ^ ")"
    method num = string_of_int
    method var x = x
    method add a b = self#parens (a ^ " + " ^ b)
    method mul a b = a ^ " * " ^ b
    method bind x e body = self#parens ("let " ^ x ^ " = " ^ e ^ " in " ^ body ())
    method call f args = f ^ self#parens (String.concat ", " args)
  end

class upper_printer =
  object
    inherit printer as super
    method! var x = String.uppercase_ascii (super#var x)
    method! private parens s = "[" ^ s ^ "]"
  end

class counter =
  object (self)
    inherit [int] visitor
    method num _ = 1
    method var _ = 1
    method add a b = 1 + a + b
    method mul = self#add
    method bind _ e body = 1 + e + body ()
    method call _ args = List.fold_left ( + ) 1 args
  end

(* A map that does nothing, and simplifications made of it. *)
class map =
  object (self)
    method expr e =
      match e with
      | Num _ | Var _ -> e
      | Add (a, b) -> self#add a b
      | Mul (a, b) -> self#mul a b
      | Let (x, e, b) -> Let (x, self#expr e, self#expr b)
      | Call (f, args) -> Call (f, List.map self#expr args)
    method add a b = Add (self#expr a, self#expr b)
    method mul a b = Mul (self#expr a, self#expr b)
  end

class fold_constants =
  object
    inherit map as super
    method! add a b =
      match super#add a b with
      | Add (Num x, Num y) -> Num (x + y)
      | Add (Num 0, e) | Add (e, Num 0) -> e
      | e -> e
    method! mul a b =
      match super#mul a b with
      | Mul (Num x, Num y) -> Num (x * y)
      | Mul (Num 1, e) | Mul (e, Num 1) -> e
      | Mul ((Num 0 as z), _) | Mul (_, (Num 0 as z)) -> z
      | e -> e
  end

class rename from into =
  object
    inherit map as super
    method! expr = function Var x when x = from -> Var into | e -> super#expr e
  end

let program =
  Let
    ( "x",
      Add (Num 2, Mul (Num 1, Num 5)),
      Add (Mul (Var "x", Add (Num 0, Var "x")), Call ("sum", [ Var "x"; Mul (Num 0, Var "y"); Num 3 ])) )

let () =
  print_endline ((new printer)#visit program);
  Printf.printf "%d nodes\n" ((new counter)#visit program);
  let simple = (new fold_constants)#expr program in
  print_endline ((new upper_printer)#visit simple);
  Printf.printf "%d\n" ((new evaluator)#visit simple);
  print_endline ((new printer)#visit ((new rename "x" "longer")#expr simple));
  match (new evaluator)#visit (Call ("nope", [])) with
  | n -> Printf.printf "%d\n" n
  | exception Failure m -> print_endline m

(* stdout {expected|
(let x = (2 + 1 * 5) in (x * (0 + x) + sum(x, 0 * y, 3)))
18 nodes
[let x = 7 in [X * X + sum[X, 0, 3]]]
59
(let x = 7 in (longer * longer + sum(longer, 0, 3)))
unknown function nope
|expected} *)
