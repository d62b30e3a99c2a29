(* options -w -a+9 *)
type t = { a : int; b : int; c : int }
let f { a } = a
let g { a; b } = a + b
let h { a; _ } = a
let i { a; b; c } = a + b + c
type u = K of { x : int; y : int }
let j (K { x }) = x
let k = function { a = 1 } -> 1 | { a = _; c } -> c
module M = struct type r = { p : int; q : int } end
let l { M.p } = p
let m (x : M.r) = let { p } = x in p
let n = fun { contents = { a } } -> a
exception E of { e : int; f : int }
let o = function E { e } -> e | _ -> 0
let p = fun { a = 1; c = 3 } -> 1
