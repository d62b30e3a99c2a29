(* options -w -a+51+53+54+68 *)
type t = { mutable x : int; y : int }
let f x = x + 1
let rec a n = let b = f n in (a [@tailcall]) b
let rec b n = match n with 0 -> 1 | exception Exit -> (b [@tailcall]) 2 | _ -> (b [@tailcall]) 1
let c n = lazy ((f [@tailcall]) n)
let d n = fun () -> (f [@tailcall]) n
let e n = let module M = struct let x = 1 end in (f [@tailcall]) n
let g n = let exception E in (f [@tailcall]) n
let h n = while true do (ignore [@tailcall]) n; (print_int [@tailcall]) n done
let i n = (f [@tailcall]) ((f [@tailcall]) n)
let j n = try 1 with _ -> (f [@tailcall]) n
let k n = let open List in (hd [@tailcall]) n
class l = object method m n = (f [@tailcall]) n method o { x } z = x + z end
let m n = if (f [@tailcall]) n = 1 then (f [@tailcall]) n else (f [@tailcall] [@tailcall false]) n
let o ?(p = (f [@tailcall]) 1) () = p + 1
let p { x } ({ y } : t) z = x + y + z
let q = let r { x } z = x + z in r
module S = struct let r (lazy x) z = x + z let v = (f [@inline]) 3 end
let ( let* ) a k = k a
let s x = let* y = (f [@tailcall]) x in (f [@tailcall]) y
let u = (fun x -> x : int -> int) [@@inline]
let v = (f : int -> int) [@@inline]
let w = let local x = x [@@inline] and z = 2 [@@inline] in local z
