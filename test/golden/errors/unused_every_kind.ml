(* options -w +a-4-9-40..48-70 *)
module F (X : sig type t val x : int type u = A | B type r = { a : int } exception E module M : sig type t end module type T = sig type v end end) = struct end
module G (X : sig type t val x : t end) = struct let y = X.x end
module type S = sig type t type u = A val x : int end
module M : sig end = struct
  module type S = sig type t type u = A val x : int end
  class c = object method m = 1 end
  class type ct = object method m : int end
  type t = A | B of t
  type r = { mutable a : int; b : r }
  exception E
  type ext = ..
  type ext += X
  module N = struct let y = 1 end
  open List
  open! Array
  let f (module Z : S) = ()
  let g = fun (module Z : S) -> ()
  let h x = match x with (module Z : S) -> ()
  external id : 'a -> 'a = "%identity"
  include struct let z = 1 type incl end
  module rec R : sig type t end = struct type t = int type uu end
  let () = for i = 1 to 2 do () done
  let rec noneed = 1
  open struct let q = 2 end
  module P = List
  let () = let module U = struct end in let exception EE in let open String in ()
end
