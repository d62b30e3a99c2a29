(* Private abbreviations, variants, records and rows: reading is free, building is not; coercions to the public type. *)
module Positive : sig type t = private int val make : int -> t val add : t -> t -> t end = struct
  type t = int
  let make n = if n <= 0 then invalid_arg "Positive.make" else n
  let add = ( + )
end

module Sorted : sig type t = private Nil | Cons of int * t val of_list : int list -> t end = struct
  type t = Nil | Cons of int * t
  let of_list l = List.fold_right (fun x t -> Cons (x, t)) (List.sort compare l) Nil
end

module Point : sig type t = private { x : int; y : int; mutable tag : string } val make : int -> int -> t val retag : t -> unit end = struct
  type t = { x : int; y : int; mutable tag : string }
  let make x y = { x; y; tag = "new" }
  let retag p = p.tag <- "used"
end

module Row : sig type t = private [> `A | `B ] val all : t list end = struct type t = [ `A | `B | `C ] let all = [ `A; `B; `C ] end

let rec total = function Sorted.Nil -> 0 | Sorted.Cons (x, rest) -> x + total rest

let () =
  let p = Positive.(add (make 3) (make 4)) in
  Printf.printf "%d\n" ((p :> int) + 1);
  List.iter (fun (n : Positive.t) -> Printf.printf "%d " (n :> int)) (List.map Positive.make [ 5; 6 ]);
  print_newline ();
  (try ignore (Positive.make 0) with Invalid_argument m -> print_endline m);
  let ints = (List.map Positive.make [ 1; 2 ] :> int list) in
  Printf.printf "%d\n" (List.fold_left ( + ) 0 ints);
  (match Sorted.of_list [ 3; 1; 2 ] with Sorted.Cons (x, _) as s -> Printf.printf "%d %d\n" x (total s) | Sorted.Nil -> ());
  let { Point.x; y; tag } as q = Point.make 1 2 in
  Point.retag q;
  Printf.printf "%d %d %s %s\n" x y tag q.Point.tag;
  List.iter (function `A -> print_char 'A' | `B -> print_char 'B' | _ -> print_char '?') Row.all;
  print_newline ()

(* stdout {expected|
8
5 6 
Positive.make
3
1 6
1 2 new used
AB?
|expected} *)
