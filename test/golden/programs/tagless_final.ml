(* Finally tagless: a language as a signature, its meanings as modules, optimisation as a functor. *)

module type LANGUAGE = sig
  type 'a t
  val int : int -> int t
  val add : int t -> int t -> int t
  val mul : int t -> int t -> int t
  val leq : int t -> int t -> bool t
  val if_ : bool t -> 'a t -> 'a t -> 'a t
  val lam : ('a t -> 'b t) -> ('a -> 'b) t
  val app : ('a -> 'b) t -> 'a t -> 'b t
  val fix : (('a -> 'b) t -> ('a -> 'b) t) -> ('a -> 'b) t
end

module Eval : LANGUAGE with type 'a t = unit -> 'a = struct
  type 'a t = unit -> 'a
  let int n () = n
  let add a b () = a () + b ()
  let mul a b () = a () * b ()
  let leq a b () = a () <= b ()
  let if_ c a b () = if c () then a () else b ()
  let lam f () x = f (fun () -> x) ()
  let app f x () = (f ()) (x ())
  let fix f () = let rec self x = f (fun () -> self) () x in self
end

module Show : LANGUAGE with type 'a t = int -> string = struct
  type 'a t = int -> string
  let int n _ = string_of_int n
  let infix op a b d = Printf.sprintf "(%s %s %s)" (a d) op (b d)
  let add a b = infix "+" a b
  let mul a b = infix "*" a b
  let leq a b = infix "<=" a b
  let if_ c a b d = Printf.sprintf "if %s then %s else %s" (c d) (a d) (b d)
  let variable d _ = Printf.sprintf "x%d" d
  let lam f d = Printf.sprintf "(fun x%d -> %s)" d (f (variable d) (d + 1))
  let app f x d = Printf.sprintf "%s %s" (f d) (x d)
  let fix f d = Printf.sprintf "(fix x%d %s)" d (f (variable d) (d + 1))
end

module Size : LANGUAGE with type 'a t = int = struct
  type 'a t = int
  let int _ = 1
  let add a b = a + b + 1
  let mul = add
  let leq = add
  let if_ a b c = a + b + c + 1
  let lam f = f 1 + 1
  let app = add
  let fix f = f 1 + 1
end

(* Constant folding, for any meaning. *)
module Fold (L : LANGUAGE) : sig
  include LANGUAGE
  val finish : 'a t -> 'a L.t
end = struct
  type 'a t = Known : int -> int t | Other : 'a L.t -> 'a t
  let finish : type a. a t -> a L.t = function Known n -> L.int n | Other e -> e
  let int n = Known n
  let add a b = match (a, b) with Known x, Known y -> Known (x + y) | Known 0, e | e, Known 0 -> e | _ -> Other (L.add (finish a) (finish b))
  let mul a b =
    match (a, b) with
    | Known x, Known y -> Known (x * y)
    | Known 1, e | e, Known 1 -> e
    | Known 0, _ | _, Known 0 -> Known 0
    | _ -> Other (L.mul (finish a) (finish b))
  let leq a b = Other (L.leq (finish a) (finish b))
  let if_ c a b = Other (L.if_ (finish c) (finish a) (finish b))
  let lam f = Other (L.lam (fun x -> finish (f (Other x))))
  let app f x = Other (L.app (finish f) (finish x))
  let fix f = Other (L.fix (fun x -> finish (f (Other x))))
end

module Program (L : LANGUAGE) = struct
  open L
  let factorial () = fix (fun self -> lam (fun n -> if_ (leq n (int 1)) (int 1) (mul n (app self (add n (int (-1)))))))
  let term () = app (factorial ()) (add (int 2) (int 3))
  let arithmetic () = lam (fun x -> add (mul (int 1) x) (mul (int 3) (add (int 0) (int 4))))
end

module Folded (L : LANGUAGE) = struct
  module F = Fold (L)
  module P = Program (F)
  let arithmetic () = F.finish (P.arithmetic ())
end

let () =
  let module E = Program (Eval) in
  let module S = Program (Show) in
  let module Z = Program (Size) in
  Printf.printf "%s = %d (%d)\n" (S.term () 0) (E.term () ()) (Z.term ());
  let module FS = Folded (Show) in
  let module FE = Folded (Eval) in
  Printf.printf "%s\n%s\n" (S.arithmetic () 0) (FS.arithmetic () 0);
  Printf.printf "%d %d\n" (E.arithmetic () () 10) (FE.arithmetic () () 10)

(* stdout {expected|
(fix x0 (fun x1 -> if (x1 <= 1) then 1 else (x1 * x0 (x1 + -1)))) (2 + 3) = 120 (18)
(fun x0 -> ((1 * x0) + (3 * (0 + 4))))
(fun x0 -> (x0 + 12))
22 22
|expected} *)
