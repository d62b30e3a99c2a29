(* What OCaml 5 parses and 4.13 does not. *)
let handle f = match f () with
  | x -> x
  | effect (Ask n), k -> continue k (n + 1)
  | effect Stop, _ -> 0
  | exception E -> 1
let effect = 1
let call x = f ~(x : int) object method m = 1 end
type t = A : 'a 'b. 'a * 'b -> t
module type S = (X : T) () -> U
type (+-'a, -'b) phantom = Phantom
val poly : 'a. 'a -> 'a
let naïve_été = Ôter.été and ß = "ß"
let punned = let%bind x and y in let* z and* w in x
