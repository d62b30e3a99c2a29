(* options -w -a+54 *)
let a x = x [@@inline] [@@inline]
let b x = (a [@inlined] [@inlined]) x
let c x = (a [@tailcall] [@tailcall]) x
let d x = x [@@specialise] [@@specialise never]
let e x = x [@@inline] [@@ocaml.inline never]
let f = 1 [@@deprecated] [@@deprecated]
type t = int [@@immediate] [@@immediate]
let g x = x [@@local] [@@local]
module F (X : sig end) = struct end [@@inline] [@@inline]
