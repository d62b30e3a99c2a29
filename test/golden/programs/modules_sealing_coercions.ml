(* What a signature does to a structure: hiding, specialising, coercing submodules, functors and first-class modules. *)

(* Polymorphic values become monomorphic, and keep working in the structure itself. *)
module Pair = struct
  let swap (a, b) = (b, a)
  let twice = swap (swap ("left", "right"))
end

module Int_pair : sig val swap : int * int -> int * int end = Pair

(* Functors are contravariant: one that asks for less is given for one that asks for more. *)
module type SMALL = sig val x : int end
module type LARGE = sig val y : string val x : int end

module Use (M : SMALL) = struct
  let x = M.x + 1
  let y = "made"
  let z = [ M.x ]
end

module type USE = functor (M : LARGE) -> SMALL
module Coerced : USE = Use
module R = Coerced (struct let z = 0.5 let x = 10 let w = z let y = Printf.sprintf "%g" w end)

(* Higher order: the coercion goes both ways around a functor of a functor. *)
module type HIGHER = functor (F : functor (M : SMALL) -> LARGE) -> SMALL

module Higher (F : functor (M : LARGE) -> SMALL) = struct
  module A = F (struct let x = 1 let y = "one" end)
  let x = A.x * 100
  let hidden = A.x
end

module H : HIGHER = Higher
module H_result = H (Use)

(* Deep coercions drop fields at each level. *)
module Deep : sig
  module A : sig
    module B : sig val keep : string end
    val also : int
  end
  val pick : (module SMALL) -> int
end = struct
  let unused1 = 1
  module A = struct
    let unused2 = 2
    module B = struct
      let first = "first"
      let keep = first ^ " kept"
      let last = String.length keep
    end
    let also = unused1 + unused2 + B.last
  end
  let pick (module S : SMALL) = S.x + A.also
end

(* Packing coerces too: a larger structure under a smaller signature, and a package to a smaller package. *)
let large = (module struct let a = 0 let y = "text" let x = 7 + a end : LARGE)
let small = (module (val large : LARGE) : SMALL)

(* Externals and constructors become plain functions behind a signature. *)
module Primitive : sig
  val add : int -> int -> int
  val length : string -> int
end = struct
  external add : int -> int -> int = "%addint"
  external length : string -> int = "%string_length"
end

module Partial : sig val labelled : ?step:int -> int -> int exception E of int val e : int -> exn end = struct
  let labelled ?(step = 1) n = n + step
  exception E of int
  let e n = E n
end

let () =
  let a, b = Int_pair.swap (1, 2) in
  Printf.printf "%d %d %s\n" a b (fst Pair.twice);
  Printf.printf "%d\n" R.x;
  Printf.printf "%d\n" H_result.x;
  Printf.printf "%s %d %d\n" Deep.A.B.keep Deep.A.also (Deep.pick small);
  let (module S) = small in
  Printf.printf "%d\n" S.x;
  Printf.printf "%d\n" (List.fold_left Primitive.add 0 (List.map Primitive.length [ "a"; "bc"; "" ]));
  (match Partial.e 4 with Partial.E n -> Printf.printf "%d\n" (Partial.labelled n) | _ -> ())

(* stdout {expected|
2 1 left
11
200
first kept 13 20
7
3
5
|expected} *)
