(* open, open!, local opens in expressions, patterns and types, let open, open struct. *)
module Geometry = struct
  type point = { x : int; y : int }
  type shape = Dot | Line of point * point
  let origin = { x = 0; y = 0 }
  let ( + ) a b = { x = Stdlib.( + ) a.x b.x; y = Stdlib.( + ) a.y b.y }
  module Deep = struct let unit = { x = 1; y = 1 } end
end

let length = function
  | Geometry.Dot -> 0
  | Geometry.(Line ({ x; y }, { x = x'; y = y' })) -> abs (x - x') + abs (y - y')

let sum : Geometry.point -> Geometry.point -> Geometry.point = fun a b -> Geometry.(a + b)

open struct
  let hidden = 17
  let show { Geometry.x; y } = Printf.sprintf "(%d,%d)" x y
end

let () =
  let open Geometry in
  print_endline (show (sum Deep.unit (origin + Deep.unit)));
  Printf.printf "%d\n" (length (Line (origin, { x = 3; y = 4 })));
  Printf.printf "%d\n" hidden;
  let open! Geometry.Deep in
  print_endline (show unit);
  let x = Geometry.{ x = 5; y = 6 } in
  print_endline (show Geometry.{ x with y = 7 });
  Printf.printf "%d\n" Stdlib.(1 + 2);
  let l = List.[ length [ 1; 2 ]; length [] ] in
  List.iter (Printf.printf "%d ") l;
  let a = Array.[| length [| 1 |]; 5 |] in
  Printf.printf "%d\n" a.(0)

(* stdout {expected|
(2,2)
7
17
(1,1)
(5,7)
3
2 0 1
|expected} *)
