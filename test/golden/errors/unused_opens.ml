(* options -w +a-4-9-40..48-70 *)
module M = struct type r = {x : int; mutable y : int} type v = A | B let v = 1 end
let () = ignore (let open! List in 1); ignore M.(1); ignore M.[1]
class c = let open M in object end
class type ct = let open M in object end
class d = let open! List in object end
let f = function M.(1) -> () | _ -> ()
let g = function M.{x} -> x
module type S = sig open M open! List type t end
