(* Module aliases: of structures, of functors' arguments, of library modules; in signatures as well. *)

module Geometry = struct
  module Point = struct
    type t = { x : int; y : int }
    let origin = { x = 0; y = 0 }
    let created = ref 0
    let make x y = incr created; { x; y }
  end

  module Segment = struct
    type t = Point.t * Point.t
    let length ((a, b) : t) = abs (a.Point.x - b.Point.x) + abs (a.y - b.y)
  end
end

module P = Geometry.Point
module Seg = Geometry.Segment
module Same = P

(* The alias is the module itself: same types, same state, same exceptions. *)
let here : Geometry.Point.t = P.make 3 4
let () = ignore (Same.make 1 1)

module L = struct
  module List = List
  module Map = Map.Make (Int)
end

module type LIBRARY = sig
  module S = String
  module Pair : sig type t = S.t * S.t end
  val join : Pair.t -> S.t
end

module Library : LIBRARY = struct
  module S = String
  module Pair = struct type t = S.t * S.t end
  let join (a, b) = S.concat "-" [ a; b ]
end

(* An alias of a functor, and one of a functor's parameter. *)
module Make_map = Map.Make
module Char_map = Make_map (Char)

module Both (K : Map.OrderedType) = struct
  module Key = K
  module M = Map.Make (K)
  module S = Set.Make (Key)
  let keys m = M.fold (fun k _ set -> S.add k set) m S.empty
end

module B = Both (Char)

(* The functor's parameter is the module Char, so these are the same maps as those made above. *)
let m : int Char_map.t = B.M.(add 'z' 26 (add 'a' 1 empty))

(* Local aliases and aliases by let module. *)
let total points =
  let module G = Geometry in
  let module P = G.Point in
  List.fold_left (fun sum { P.x; y } -> sum + x + y) 0 points

module Outer = struct
  module Inner = struct
    exception Found of int
    let search l = List.iter (fun x -> if x > 2 then raise (Found x)) l
  end
  module Short = Inner
end

open Outer
module I = Short

let () =
  Printf.printf "%d %d\n" here.x !(Geometry.Point.created);
  Printf.printf "%b\n" (P.origin == Same.origin);
  Printf.printf "%d\n" (Seg.length (P.origin, here));
  Printf.printf "%s\n" (Library.join ("a", "b"));
  Printf.printf "%d\n" (L.List.length [ 1; 2; 3 ]);
  Printf.printf "%s\n" (L.Map.find 2 (L.Map.singleton 2 "two"));
  B.S.iter print_char (B.keys m);
  print_newline ();
  Char_map.iter (Printf.printf "%c=%d ") m;
  print_newline ();
  Printf.printf "%d\n" (total [ here; P.make 5 6 ]);
  (try I.search [ 1; 2; 3 ] with Outer.Inner.Found n -> Printf.printf "found %d\n" n)

(* stdout {expected|
3 2
true
7
a-b
3
two
az
a=1 z=26 
18
found 3
|expected} *)
