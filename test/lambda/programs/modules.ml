let nl () = print_newline ()
let p s = print_string s; print_string " "
let pi n = print_int n; print_string " "
module M = struct let x = 1 let y = 2.5 let f a = a + x module N = struct let z = x + 10 exception E of int end end
let () = pi M.x; pi (M.f 5); pi M.N.z; print_float M.y; (try raise (M.N.E 3) with M.N.E n -> pi n); nl ()
module S : sig val g : int -> int type t val make : int -> t val get : t -> int end = struct
  let hidden = 100 let g x = x + hidden type t = int let make x = x * 2 let get x = x end
let () = pi (S.g 1); pi (S.get (S.make 4)); nl ()
module type ORD = sig type t val compare : t -> t -> int val name : string end
module Make (O : ORD) = struct
  type t = Leaf | Node of t * O.t * t
  let empty = Leaf
  let count = ref 0
  let rec add x t = incr count; match t with Leaf -> Node (Leaf, x, Leaf)
    | Node (l, y, r) -> let c = O.compare x y in if c < 0 then Node (add x l, y, r) else if c > 0 then Node (l, y, add x r) else t
  let rec mem x = function Leaf -> false | Node (l, y, r) -> let c = O.compare x y in c = 0 || mem x (if c < 0 then l else r)
  let rec to_list = function Leaf -> [] | Node (l, x, r) -> to_list l @ (x :: to_list r)
  exception Absent of O.t
  let check x t = if mem x t then p O.name else raise (Absent x)
end
module I = struct type t = int let compare (a : int) b = compare a b let name = "int" let extra = 1 end
module St = struct let name = "string" type t = string let compare = compare end
module IS = Make (I) module SS = Make (St)
let () = let t = List.fold_left (fun t x -> IS.add x t) IS.empty [3; 1; 2; 3] in List.iter pi (IS.to_list t); IS.check 2 t; (try IS.check 9 t with IS.Absent n -> pi n); pi !IS.count; pi !SS.count; nl ()
let () = List.iter p (SS.to_list (SS.add "b" (SS.add "a" SS.empty))); nl ()
module F2 (A : ORD) (B : ORD) = struct let names = A.name ^ B.name end
module G () = struct let r = ref 0 let next () = incr r; !r end
module FI = F2 (I) (St) module G1 = G () module G2 = G ()
let () = p FI.names; pi (G1.next ()); pi (G1.next ()); pi (G2.next ()); nl ()
module Inc = struct include M let w = x + 41 let x = 7 end
let () = pi Inc.x; pi Inc.w; pi (Inc.f 1); pi Inc.N.z; nl ()
open struct let secret = 5 let twice x = x * 2 end
let () = pi (twice secret); nl ()
let () = let open M in pi (f x); let module L = struct let v = x * 3 end in pi L.v; pi M.(x + f 2); nl ()
module type SHOW = sig type t val show : t -> string val v : t end
let show_all l = List.iter (fun (m : (module SHOW)) -> let module X = (val m) in p (X.show X.v)) l
let () = show_all [(module struct type t = int let show = string_of_int let v = 3 end : SHOW); (module struct type t = string let v = "s" let show x = x end : SHOW)]; nl ()
let pick b : (module ORD with type t = int) = if b then (module I) else (module struct type t = int let compare a b = compare b a let name = "rev" end)
let () = let module P = (val pick false) in p P.name; pi (P.compare 1 2); let module Q = (val pick true) in pi (Q.compare 1 2); nl ()
module rec Even : sig val test : int -> bool end = struct let test n = if n = 0 then true else Odd.test (n - 1) end
and Odd : sig val test : int -> bool end = struct let test n = if n = 0 then false else Even.test (n - 1) end
let () = p (string_of_bool (Even.test 10)); p (string_of_bool (Odd.test 4)); nl ()
module rec Tree : sig type t = T of int * Forest.f val size : t -> int end = struct type t = T of int * Forest.f let size (T (_, f)) = 1 + Forest.total f end
and Forest : sig type f = Tree.t list val total : f -> int end = struct type f = Tree.t list let total l = List.fold_left (fun n t -> n + Tree.size t) 0 l end
let () = pi (Tree.size (Tree.T (1, [Tree.T (2, []); Tree.T (3, [Tree.T (4, [])])]))); nl ()
module Alias = M module A2 = Alias.N
let () = pi Alias.x; pi A2.z; nl ()
module Prim : sig val add : int -> int -> int external sub : int -> int -> int = "%subint" end = struct external add : int -> int -> int = "%addint" external sub : int -> int -> int = "%subint" end
let () = pi (Prim.add 1 2); pi (Prim.sub 5 1); nl ()
module Fun (X : sig val f : int -> int end) : sig val g : int -> int end = struct let h = 3 let g x = X.f x + h end
module FA = Fun (struct let unused = 0 let f x = x * 10 end)
let () = pi (FA.g 4); nl ()
module type FT = functor (X : sig val a : int end) -> sig val b : int end
module H : FT = functor (X : sig end) -> struct let c = 9 let b = 8 end
module HH = H (struct let a = 1 let b = 2 end)
let () = pi HH.b; nl ()
let (a, b), c = (1, 2), 3
let [d; e] = [4; 5] [@@ocaml.warning "-a"]
let Some single = Some 6 [@@ocaml.warning "-a"]
let () = pi (a + b + c + d + e + single); nl ()
module Deep = struct module A = struct module B = struct let v = ref 1 let bump () = v := !v * 2 end end end
let () = Deep.A.B.bump (); Deep.A.B.bump (); pi !Deep.A.B.v; nl ()
let k = let open struct let a = 3 end in a
let () = pi k; nl ()
