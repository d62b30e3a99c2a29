type t = t list * t
type u = u
