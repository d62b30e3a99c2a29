(* Dictionaries: modules as values that are passed where another language would have type classes. *)

module type SHOW = sig
  type t
  val show : t -> string
end

type 'a show = (module SHOW with type t = 'a)

let show (type a) (module S : SHOW with type t = a) (x : a) = S.show x

module Show_int = struct type t = int let show = string_of_int end
module Show_string = struct type t = string let show = Printf.sprintf "%S" end

module Show_list (S : SHOW) = struct
  type t = S.t list
  let show l = "[" ^ String.concat "; " (List.map S.show l) ^ "]"
end

module Show_pair (A : SHOW) (B : SHOW) = struct
  type t = A.t * B.t
  let show (a, b) = "(" ^ A.show a ^ ", " ^ B.show b ^ ")"
end

(* The instances again as functions on dictionaries: they can be built at run time. *)
let list (type a) (module S : SHOW with type t = a) : a list show = (module Show_list (S))

let pair (type a b) (module A : SHOW with type t = a) (module B : SHOW with type t = b) : (a * b) show =
  (module Show_pair (A) (B))

(* Polymorphic recursion: a nested type needs a dictionary for each level. *)
type 'a nested = Flat of 'a | Deep of ('a * 'a) nested

let rec show_nested : type a. a show -> a nested -> string =
 fun dictionary -> function
  | Flat x -> show dictionary x
  | Deep n -> "deep " ^ show_nested (pair dictionary dictionary) n

module type ORD = sig
  type t
  val compare : t -> t -> int
end

(* A class with a superclass. *)
module type NUM = sig
  include ORD
  include SHOW with type t := t
  val zero : t
  val ( + ) : t -> t -> t
  val ( * ) : t -> t -> t
  val of_int : int -> t
end

module Num_int = struct
  include Int
  include (Show_int : SHOW with type t := int)
  let ( + ) = Stdlib.( + )
  let ( * ) = Stdlib.( * )
  let of_int = Fun.id
end

module Num_float = struct
  include Float
  let show = Printf.sprintf "%g"
  let ( + ) = Stdlib.( +. )
  let ( * ) = Stdlib.( *. )
end

module Complex_num (N : NUM) (Minus : sig val minus_one : N.t end) = struct
  type t = N.t * N.t
  let compare (a, b) (c, d) = match N.compare a c with 0 -> N.compare b d | n -> n
  let show (re, im) = N.show re ^ "+" ^ N.show im ^ "i"
  let zero = (N.zero, N.zero)
  let ( + ) (a, b) (c, d) = N.(a + c, b + d)
  let ( * ) (a, b) (c, d) = N.((a * c) + (Minus.minus_one * b * d), (a * d) + (b * c))
  let of_int n = (N.of_int n, N.zero)
end

let polynomial (type a) (module N : NUM with type t = a) coefficients (x : a) =
  List.fold_left (fun acc c -> N.((acc * x) + of_int c)) N.zero coefficients

let maximum (type a) (module N : NUM with type t = a) (l : a list) =
  List.fold_left (fun a b -> if N.compare a b >= 0 then a else b) (List.hd l) (List.tl l) |> N.show

module Gauss = Complex_num (Num_int) (struct let minus_one = -1 end)

let () =
  print_endline (show (list (pair (module Show_int) (module Show_string))) [ (1, "a"); (2, "b\n") ]);
  print_endline (show_nested (module Show_int) (Deep (Deep (Flat ((1, 2), (3, 4))))));
  Printf.printf "%d\n" (polynomial (module Num_int) [ 2; -3; 5 ] 7);
  Printf.printf "%g\n" (polynomial (module Num_float) [ 2; -3; 5 ] 0.5);
  print_endline (Gauss.show (polynomial (module Gauss) [ 1; 0; 1 ] (1, 2)));
  print_endline (maximum (module Num_float) [ 1.5; 9.25; -3. ]);
  print_endline (maximum (module Gauss) [ (1, 2); (1, 3); (0, 9) ])

(* stdout {expected|
[(1, "a"); (2, "b\n")]
deep deep ((1, 2), (3, 4))
82
4
-2+4i
9.25
1+3i
|expected} *)
