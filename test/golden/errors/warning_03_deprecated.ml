(* options -w -a+3 *)
let f x = x [@@deprecated "use g"]
let y = f 1
module M = struct let v = 1 end [@@deprecated "gone"]
let z = M.v
type t = A [@deprecated] | B [@ocaml.deprecated "not B"]
let l = [A; B]
type r = { mutable x : int [@deprecated "x"]; y : int }
let g r = r.x + r.y
external id : 'a -> 'a = "%identity" [@@ocaml.deprecated "id"]
let q = id 3
