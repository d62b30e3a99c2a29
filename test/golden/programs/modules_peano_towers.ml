(* Functors and first-class modules that build types of a size known at run time only. *)

module type SPACE = sig
  type vector
  val dimension : int
  val zero : vector
  val basis : vector list
  val add : vector -> vector -> vector
  val scale : int -> vector -> vector
  val dot : vector -> vector -> int
  val show : vector -> string
end

module Point = struct
  type vector = unit
  let dimension = 0
  let zero = ()
  let basis = []
  let add () () = ()
  let scale _ () = ()
  let dot () () = 0
  let show () = "."
end

module Extend (S : SPACE) = struct
  type vector = int * S.vector
  let dimension = S.dimension + 1
  let zero = (0, S.zero)
  let basis = (1, S.zero) :: List.map (fun v -> (0, v)) S.basis
  let add (a, v) (b, w) = (a + b, S.add v w)
  let scale k (a, v) = (k * a, S.scale k v)
  let dot (a, v) (b, w) = (a * b) + S.dot v w
  let show (a, v) = string_of_int a ^ " " ^ S.show v
end

let rec space n : (module SPACE) =
  if n = 0 then (module Point)
  else
    let module S = (val space (n - 1) : SPACE) in
    (module Extend (S))

let diagonal n =
  let (module S) = space n in
  let v = List.fold_left S.add S.zero S.basis in
  Printf.sprintf "%s|v|^2 = %d" (S.show v) (S.dot v (S.scale 3 v))

(* Nested data types: perfectly balanced trees by polymorphic recursion. *)
type 'a perfect = Zero of 'a | Succ of ('a * 'a) perfect

let rec build : type a. int -> a -> a perfect = fun n x -> if n = 0 then Zero x else Succ (build (n - 1) (x, x))

let rec size : type a. (a -> int) -> a perfect -> int =
 fun measure -> function
  | Zero x -> measure x
  | Succ t -> size (fun (a, b) -> measure a + measure b) t

let rec map : type a b. (a -> b) -> a perfect -> b perfect =
 fun f -> function
  | Zero x -> Zero (f x)
  | Succ t -> Succ (map (fun (a, b) -> (f a, f b)) t)

let rec show : type a. (a -> string) -> a perfect -> string =
 fun text -> function
  | Zero x -> text x
  | Succ t -> show (fun (a, b) -> "(" ^ text a ^ " " ^ text b ^ ")") t

(* The same with a module for each level. *)
module type LEVEL = sig
  type t
  val count : t -> int
  val make : unit -> t
end

module Leaf = struct type t = char let count _ = 1 let make () = 'x' end
module Double (L : LEVEL) = struct
  type t = L.t * L.t
  let count (a, b) = L.count a + L.count b
  let make () = (L.make (), L.make ())
end

let rec leaves n (module L : LEVEL) =
  if n = 0 then L.count (L.make ()) else leaves (n - 1) (module Double (L))

let () =
  List.iter (fun n -> print_endline (diagonal n)) [ 0; 1; 3; 6 ];
  let counter = ref 0 in
  let numbered = map (fun () -> incr counter; !counter) (build 3 ()) in
  print_endline (show string_of_int numbered);
  Printf.printf "%d\n" (size (fun _ -> 1) (build 10 'x'));
  Printf.printf "%d\n" (leaves 12 (module Leaf))

(* stdout {expected|
.|v|^2 = 0
1 .|v|^2 = 3
1 1 1 .|v|^2 = 9
1 1 1 1 1 1 .|v|^2 = 18
(((8 7) (6 5)) ((4 3) (2 1)))
1024
4096
|expected} *)
