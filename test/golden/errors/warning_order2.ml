(* options -w +a-26-27-32..39-69-70 *)
type _ g = I : int g | B : bool g
type e = E
let f (x : int g) = match x with I -> 1 | I -> 2
let a () = 3; ()
let g = function E -> 1 | E -> 2
let b () = 3; ()
let h = function Not_found -> 1 | Not_found -> 2 | _ -> 3
let c () = 3; ()
let i x = match x with (1 : int) -> 1 | 1 -> 2 | _ -> 3
let j x = match x with (Some I : int g option) -> 1 | Some I -> 2 | None -> 3
let d () = 3; ()
let k (Some (1 | 1) : int option) = 1
let l (type a) (x : a g) = match x with I -> (match x with I -> 3 | _ -> 3) | _ -> 2
