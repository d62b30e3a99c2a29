(* include re-exports, later definitions shadow, signatures are included and refined. *)
module Base = struct
  type t = { name : string; size : int }
  let make name size = { name; size }
  let describe t = Printf.sprintf "%s/%d" t.name t.size
  let twice t = describe t ^ describe t
end

module Extended = struct
  include Base
  let describe t = "<" ^ Base.describe t ^ ">"
  let grow t = { t with size = t.size + 1 }
end

module type BASE = sig
  type t
  val make : string -> int -> t
  val describe : t -> string
end

module type GROWING = sig
  include BASE
  val grow : t -> t
end

module Sealed : GROWING = Extended
module Also : sig include GROWING val twice : t -> string end = Extended

module List = struct
  include List
  let sum = fold_left ( + ) 0
  let rec intersperse sep = function
    | [] | [ _ ] as l -> l
    | x :: rest -> x :: sep :: intersperse sep rest
end

let () =
  let open Extended in
  let t = make "a" 1 in
  print_endline (describe t);
  print_endline (twice t);
  print_endline (describe (grow t));
  print_endline (Sealed.describe (Sealed.grow (Sealed.make "b" 41)));
  print_endline (Also.twice (Also.make "c" 2));
  Printf.printf "%d %s\n" (List.sum [ 1; 2; 3 ]) (String.concat "" (List.intersperse "," (List.map string_of_int [ 4; 5; 6 ])))

(* stdout {expected|
<a/1>
a/1a/1
<a/2>
<b/42>
c/2c/2
6 4,5,6
|expected} *)
