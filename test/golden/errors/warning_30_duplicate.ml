(* options -w -a+30 *)
type t = A | B
and u = A | C
type r = { x : int; y : int }
and s = { x : int }
type v = A
and w = K of { x : int } | A of int
and z = { a : int; b : int }
and zz = { b : int; a : int }
module type S = sig type p = X and q = X and o = X end
module rec M : sig type t = A and u = A end = struct type t = A and u = A end
