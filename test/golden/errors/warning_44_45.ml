(* options -w -a+44+45 *)
module M = struct let x = 1 type t = A class c = object end module type S = sig end end
let x = 3
type t = A
class c = object method m = 1 end
module type S = sig val x : int end
let a = let open M in x, A
let b = let open M in new c
module K = struct open M module F (X : S) = struct end end
include struct open M let z : t = A end
