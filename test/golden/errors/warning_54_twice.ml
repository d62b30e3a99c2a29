(* options -w -a+53+54 *)
let a = (fun x -> x) [@inline] [@inline never]
let b = (fun x -> x) [@ocaml.inline] [@other] [@inline]
let c = ((fun x -> x) [@inline]) [@@inline]
let d = (fun [@inline] [@inline] x -> x)
let e = let[@inline] [@inline] f x = x in f
