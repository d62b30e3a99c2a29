(* options -w -a+62 *)
type 'a t = A of 'a constraint 'a = int
type 'a v = { x : 'a } constraint 'a = int list
type 'a w = C : int w constraint 'a = int
type ('a, 'b) x = D : int -> (int, bool) x | E : (int, bool) x constraint 'a = int constraint 'b = bool
type 'a y = F of 'a | G constraint 'a = < m : int; .. >
