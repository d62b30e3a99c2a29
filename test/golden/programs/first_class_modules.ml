module type SHAPE = sig val name : string val area : float -> float end

module Circle = struct let name = "circle" let area r = 3.14 *. r *. r end
module Square = struct let name = "square" let area s = s *. s end

let shapes : (module SHAPE) list = [ (module Circle); (module Square) ]
let describe (module S : SHAPE) x = Printf.sprintf "%s %g" S.name (S.area x)

module type ORD = sig type t val compare : t -> t -> int end

let sort (type a) (module O : ORD with type t = a) (l : a list) = List.sort O.compare l
let pick b = if b then (module Circle : SHAPE) else (module Square)

let () =
  List.iter (fun s -> print_endline (describe s 2.)) shapes;
  print_endline (String.concat " " (sort (module String) [ "b"; "a" ]));
  print_endline (String.concat " " (List.map string_of_int (sort (module struct type t = int let compare a b = compare b a end) [ 1; 3; 2 ])));
  let (module P) = pick false in
  print_endline P.name;
  let m = pick true in
  let module Q = (val m) in
  print_endline Q.name

(* stdout {expected|
circle 12.56
square 4
a b
3 2 1
square
circle
|expected} *)
