(* options -w -a+53 *)
let a = 1 [@@inline]
let b = (fun x -> x) [@@inline]
let c = ((fun x -> x) [@inline])
let d = (1 [@inline])
let e x = (b [@inlined]) x
let f = (b [@inlined])
let g = (1 [@tailcall])
let h x = (b x [@tailcall])
let i x = (b [@tailcall]) x
type t = int [@@inline]
type u = A [@inline] | B
module F (X : sig end) = struct end [@@inline]
module G = F(struct end) [@@inlined]
module H = (F [@inlined])(struct end)
module I = struct end [@@inline]
type v = { x : int } [@@unboxed]
type w = int [@unboxed]
external j : int -> int = "%identity" [@@noalloc]
let k = 1 [@@noalloc]
let l = 1 [@@unboxed]
let m = fun [@inline] x -> x
let n = function [@inline] x -> x
let o x = x [@@specialise]
let p = 1 [@@specialise]
let q = 1 [@@local]
let r x = let[@local] f y = y in f x
let s = 1 [@@immediate]
let tt = (assert false [@inline])
let uu = 1 [@@unknown_attribute]
let vv = 1 [@@tail_mod_cons]
let ww x = x [@@tail_mod_cons]
let xx x = (x [@unrolled 3])
let yy x = (b [@unrolled 3]) x
let zz x = for _ = 1 to 2 do ignore x done [@@unrolled 2]
