(* Functors inside functors, functors that take functors, and functors that return them. *)

module type MONOID = sig
  type t
  val zero : t
  val add : t -> t -> t
end

module type SHOW = sig
  type t
  val show : t -> string
end

module type CONTAINER = functor (Element : SHOW) -> sig
  type t
  val of_list : Element.t list -> t
  val show : t -> string
end

module Bracketed (Element : SHOW) = struct
  type t = Element.t list
  let of_list l = l
  let show l = "[" ^ String.concat "; " (List.map Element.show l) ^ "]"
end

module Arrayed (Element : SHOW) = struct
  type t = Element.t array
  let of_list = Array.of_list
  let show a = Array.fold_left (fun text e -> text ^ Element.show e ^ "|") "|" a
end

module Show_int = struct type t = int let show = string_of_int end
module Show_bool = struct type t = bool let show = string_of_bool end

(* A functor over a functor: nests a container in itself. *)
module Twice (Container : CONTAINER) (Element : SHOW) = struct
  module Inner = Container (Element)
  module Outer = Container (Inner)
  let show ll = Outer.show (Outer.of_list (List.map Inner.of_list ll))
end

(* A functor whose result is again a functor, with state between the two applications. *)
module Counted (Name : sig val name : string end) = struct
  let applications = ref 0

  module Make (M : MONOID) = struct
    let () = incr applications
    let sum l = List.fold_left M.add M.zero l
    let label = Printf.sprintf "%s#%d" Name.name !applications
  end
end

module Sums = Counted (struct let name = "sums" end)
module Int_sum = Sums.Make (struct type t = int let zero = 0 let add = ( + ) end)
module Text_sum = Sums.Make (struct type t = string let zero = "" let add = ( ^ ) end)

(* Functors compose like functions. *)
module type TRANSFORM = functor (M : MONOID) -> MONOID with type t = M.t * M.t

module Compose (F : TRANSFORM) (G : TRANSFORM) (M : MONOID) = struct
  module Once = G (M)
  include F (Once)
end

module Square (M : MONOID) = struct
  type t = M.t * M.t
  let zero = (M.zero, M.zero)
  let add (a, b) (c, d) = (M.add a c, M.add b d)
end

module Fourth = Compose (Square) (Square) (struct type t = int let zero = 1 let add = ( * ) end)

(* The parameter of a parameter. *)
module Apply (F : functor (X : SHOW) -> SHOW) (X : SHOW) = F (X)
module Quoted (X : SHOW) = struct type t = X.t let show x = "<" ^ X.show x ^ ">" end
module Q = Apply (Quoted) (Apply (Quoted) (Show_bool))

let () =
  let module A = Twice (Bracketed) (Show_int) in
  print_endline (A.show [ [ 1; 2 ]; []; [ 3 ] ]);
  let module B = Twice (Arrayed) (Show_bool) in
  print_endline (B.show [ [ true ]; [ false; true ] ]);
  Printf.printf "%s %d\n" Int_sum.label (Int_sum.sum [ 1; 2; 3 ]);
  Printf.printf "%s %s\n" Text_sum.label (Text_sum.sum [ "a"; "b" ]);
  Printf.printf "%d applications\n" !Sums.applications;
  let (a, b), (c, d) = Fourth.add ((2, 3), (4, 5)) ((6, 7), (8, 9)) in
  Printf.printf "%d %d %d %d\n" a b c d;
  print_endline (Q.show true)

(* stdout {expected|
[[1; 2]; []; [3]]
||true|||false|true||
sums#1 6
sums#2 ab
2 applications
12 21 32 45
<<true>>
|expected} *)
