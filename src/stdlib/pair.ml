type ('a, 'b) t = 'a * 'b

let make a b = (a, b)

external fst : 'a * 'b -> 'a = "%field0"
external snd : 'a * 'b -> 'b = "%field1"

let swap (a, b) = (b, a)
let fold f (a, b) = f a b
let map f g (a, b) = (f a, g b)

let iter f g (a, b) =
  f a;
  g b

let map_fst f (a, b) = (f a, b)
let map_snd f (a, b) = (a, f b)
let equal eq_fst eq_snd (a, b) (a', b') = eq_fst a a' && eq_snd b b'

let compare cmp_fst cmp_snd (a, b) (a', b') =
  let first = cmp_fst a a' in
  if first <> 0 then first else cmp_snd b b'
