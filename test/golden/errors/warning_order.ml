(* options -w +a-26-27-32..39-69-70 *)
type t = A | B of int
let f () = (match A with A -> ()); 3; (match A with B _ -> ()); ()
let g = function 1 -> 1 | _ -> 2 | 3 -> 4
let h () = 3; (match 1 with 1 | 1 -> () | _ -> () | _ -> ()); 4; ()
let k () = (let A = B 1 in 3); (fun (B x) -> function A -> ()) A A; 3; ()
let i x = 3; ()
let j = function `A -> 1 | `B -> 2 | `A -> 2
let y () = let f A = 3; A and g (B _) = 4; A in f A
