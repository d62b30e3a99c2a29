module type ORD = sig type t val compare : t -> t -> int end
module Make (O : ORD) = struct
  let max a b = if O.compare a b >= 0 then a else b
  let count = ref 0
end
module Int = struct type t = int let name = "int" let compare (a : int) b = compare a b end
module M = Make (Int)
let m = M.max 1 2
module S : sig val f : int -> int end = struct let g x = x + 1 let f x = g (g x) end
include S
module rec E : sig val even : int -> bool end = struct let even n = n = 0 || O.odd (n - 1) end
and O : sig val odd : int -> bool end = struct let odd n = n <> 0 && E.even (n - 1) end
let (p, q), [r] = (1, 2), [3]
let packed = (module Int : ORD)
