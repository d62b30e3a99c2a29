(* with type, with type :=, with module, with module :=. *)
module type ORDERED = sig type t val compare : t -> t -> int end
module type PRINTABLE = sig type t val print : t -> string end

module type ORDERED_PRINTABLE = sig
  type t
  include ORDERED with type t := t
  include PRINTABLE with type t := t
end

module type COLLECTION = sig
  type elt
  type t
  val of_list : elt list -> t
  val to_list : t -> elt list
end

module Sorted (O : ORDERED_PRINTABLE) : sig
  include COLLECTION with type elt = O.t
  val show : t -> string
end = struct
  type elt = O.t
  type t = elt list
  let of_list l = List.sort_uniq O.compare l
  let to_list t = t
  let show t = String.concat " < " (List.map O.print t)
end

module type WITH_MODULE = sig
  module Key : ORDERED
  val least : Key.t list -> Key.t option
end

module Least (K : ORDERED) : WITH_MODULE with module Key = K = struct
  module Key = K
  let least = function
    | [] -> None
    | x :: rest -> Some (List.fold_left (fun a b -> if K.compare b a < 0 then b else a) x rest)
end

module type REMOVED = WITH_MODULE with module Key := Int

module Int_printable = struct
  type t = int
  let compare = Int.compare
  let print = string_of_int
end

module Remove : REMOVED = struct
  let least l = match List.sort compare l with [] -> None | x :: _ -> Some x
end

module type S = sig type 'a t type key val find : key -> 'a t -> 'a option end
module type T = S with type 'a t = (string * 'a) list and type key = string
module Assoc : T = struct
  type 'a t = (string * 'a) list
  type key = string
  let find k l = List.assoc_opt k l
end

module type NESTED = sig module A : sig type t module B : sig type u val x : u end end end
module type NESTED_INT = NESTED with type A.t = string and type A.B.u = int
module N : NESTED_INT = struct module A = struct type t = string module B = struct type u = int let x = 42 end end end

let () =
  let module S = Sorted (Int_printable) in
  print_endline (S.show (S.of_list [ 3; 1; 2; 3; 1 ]));
  let module L = Least (String) in
  (match L.least [ "pear"; "apple"; "fig" ] with Some s -> print_endline s | None -> ());
  (match Remove.least [ 5; 4; 6 ] with Some n -> Printf.printf "%d\n" n | None -> ());
  (match Assoc.find "b" [ ("a", 1.5); ("b", 2.5) ] with Some f -> Printf.printf "%g\n" f | None -> ());
  Printf.printf "%d\n" (N.A.B.x + 1)

(* stdout {expected|
1 < 2 < 3
apple
4
2.5
43
|expected} *)
