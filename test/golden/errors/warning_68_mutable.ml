(* options -w -a+68 *)
type t = { mutable x : int; y : int }
let f { x } z = x + z
let g { y } z = y + z
let h a { contents = c } b = a + b + c
let i = fun { x; _ } -> fun z -> x + z
let j { x = _ } z = z
let k { x = 1 } z = z
let l [| a |] z = a + z
let m (lazy a) z = a + z
let n (Some { x }) z = x + z
let o ~a:{ x } ?b c = x, b, c
let p { x } = x
let q { x } = function 1 -> x | _ -> 2
let r a { x } = x + a
class c { x } z = object method m = x + z end
