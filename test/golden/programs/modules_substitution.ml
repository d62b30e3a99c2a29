(* Substitution inside signatures: destructive ones, local ones, of types, modules and parameterised types. *)

module type PRINTABLE = sig
  type t
  val print : t -> string
end

module type COMPARABLE = sig
  type t
  val compare : t -> t -> int
end

(* Several signatures about one type. *)
module type ELEMENT = sig
  type t
  include PRINTABLE with type t := t
  include COMPARABLE with type t := t
end

module type BAG = sig
  type 'a t
  val empty : 'a t
  val add : 'a -> 'a t -> 'a t
  val to_list : 'a t -> 'a list
end

(* A parameterised type is replaced by another; the result has no type of its own. *)
module type LIST_BAG = BAG with type 'a t := 'a list

module List_bag : LIST_BAG = struct
  let empty = []
  let add x l = x :: l
  let to_list l = List.rev l
end

(* 'a t becomes something that does not depend on 'a in the same way. *)
module type PAIRED = BAG with type 'a t := ('a * int) list

module Numbered : PAIRED = struct
  let empty = []
  let add x l = (x, List.length l) :: l
  let to_list l = List.rev_map fst l
end

(* Local substitutions name a type for the signature only. *)
module type STORE = sig
  type key
  type value
  type binding := key * value
  type 'a result := ('a, string) Stdlib.result
  val of_bindings : binding list -> binding result
  val first : binding list -> value result
end

module Store : STORE with type key = string and type value := int = struct
  type key = string
  let of_bindings = function [] -> Error "no bindings" | b :: _ -> Ok b
  let first l = Result.map snd (of_bindings l)
end

(* Modules are removed from signatures as well, and what mentions them follows. *)
module type ENVIRONMENT = sig
  module Key : COMPARABLE
  module Value : PRINTABLE
  val render : (Key.t * Value.t) list -> string
end

module Float_value = struct
  type t = float
  let print = Printf.sprintf "%.2f"
end

module Render : ENVIRONMENT with module Key := Int and module Value := Float_value = struct
  let render l =
    List.sort (fun (a, _) (b, _) -> Int.compare a b) l
    |> List.map (fun (k, v) -> Printf.sprintf "%d=%s" k (Float_value.print v))
    |> String.concat " "
end

(* A manifest type keeps its name with [=]; [:=] makes it vanish, so that two copies do not clash. *)
module type TWO = sig
  include PRINTABLE with type t := int
  module Text : PRINTABLE with type t = string
end

module Two : TWO = struct
  let print n = "#" ^ string_of_int n
  module Text = struct type t = string let print s = "'" ^ s ^ "'" end
end

module Sorted (E : ELEMENT) = struct
  let show l = String.concat " <= " (List.map E.print (List.sort E.compare l))
end

let () =
  let module S = Sorted (struct type t = int let print = string_of_int let compare = compare end) in
  print_endline (S.show [ 4; 2; 8 ]);
  let bag = List_bag.(add 'c' (add 'b' (add 'a' empty))) in
  List.iter print_char (List_bag.to_list bag);
  print_newline ();
  print_endline (String.concat "," (Numbered.to_list Numbered.(add "y" (add "x" empty))));
  (match Store.first [] with Ok n -> Printf.printf "%d\n" n | Error e -> print_endline e);
  (match Store.first [ ("k", 5) ] with Ok n -> Printf.printf "%d\n" n | Error e -> print_endline e);
  print_endline (Render.render [ (2, 0.5); (1, 1.25) ]);
  print_endline (Two.print 7 ^ Two.Text.print "seven")

(* stdout {expected|
2 <= 4 <= 8
abc
x,y
no bindings
5
1=1.25 2=0.50
#7'seven'
|expected} *)
