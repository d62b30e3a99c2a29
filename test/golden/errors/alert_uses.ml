module R : sig
  val v : int [@@deprecated "Use w."]
  val w : int
  [@@alert unsafe "Two lines\nof text."] [@@deprecated]
  external e : int -> int = "%identity" [@@ocaml.alert slow]
  type t = int [@@deprecated]
  module type S = sig val x : int end [@@deprecated "S"]
  module M : S [@@deprecated "M"]
  exception E [@deprecated "E"]
end = struct
  let v = 1
  let w = 2
  external e : int -> int = "%identity"
  type t = int
  module type S = sig val x : int end
  module M = struct let x = 1 end
  exception E
end

let _ = R.v + R.w + R.e 1
let f (x : R.t) = x
module N : R.S = R.M
let _ = R.M.x
let _ = try raise R.E with R.E -> ()
exception F = R.E

open R
let _ = v
let _ = w [@alert "-unsafe"]
let _ = (v [@warning "-3"])

type t = A [@deprecated "no A"] | B [@@deprecated "not t"]
type u = t
let _ = function A -> A | B -> B
type r = { a : int [@deprecated "no a"]; b : int }
let _ = fun r -> r.a + r.b
let _ = { a = 1; b = 2 }
let _ = function { a; _ } -> a

class c = object end [@@deprecated "c"]
class d = c
let _ = new c
class type ct = object end [@@deprecated "ct"]
let _ = fun (x : #ct) -> (x :> ct)

let unaffected x = x [@@deprecated "of a let, nothing is said"]
let _ = unaffected 1
