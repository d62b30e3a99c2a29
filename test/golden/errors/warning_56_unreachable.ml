(* options -w -a+11+56 *)
type 'a g = I : int g | B : bool g | S : string g
let f (x : int g) = match x with I -> 1 | _ -> 2
let g (x : int g option) = match x with None -> 1 | Some I -> 2 | Some _ -> 3
let h (type a) (x : a g) (y : a g) = match x, y with I, I -> 1 | B, B -> 2 | S, S -> 3 | _ -> 4
let i (type a) (x : a g) (y : a g) = match x, y with I, I -> 1 | B, B -> 2 | S, S -> 3 | I, _ -> 4 | _, _ -> 5
type e = |
let j (x : e) = match x with _ -> 1
let k (x : (int, e) result) = match x with Ok n -> n | _ -> 1
let l (x : e option) = match x with None -> 1 | Some _ -> 2
