(* options -w -a+28 *)
type t = A | B of int
let f = function A _ -> 1 | B _ -> 2
let g = function None _ -> 1 | Some _ -> 2
let h = function (true _) -> 1 | false -> 2
let i = function Not_found _ -> 1 | _ -> 2
