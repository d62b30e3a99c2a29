(* options -w -a+65 *)
type t = ()
type u = () | A
type v = A | ()
module M = struct type unit = () end
