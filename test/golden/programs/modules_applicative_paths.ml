(* Types that go through applications of functors: F(X).t is the same type wherever it is written. *)

module type ORDERED = sig
  type t
  val compare : t -> t -> int
end

module Heap (Order : ORDERED) : sig
  type t
  val empty : t
  val insert : Order.t -> t -> t
  val pop : t -> (Order.t * t) option
end = struct
  type t = Empty | Node of Order.t * t list
  let empty = Empty

  let merge a b =
    match (a, b) with
    | Empty, h | h, Empty -> h
    | Node (x, xs), Node (y, ys) ->
      if Order.compare x y <= 0 then Node (x, b :: xs) else Node (y, a :: ys)

  let insert x h = merge (Node (x, [])) h

  let rec merge_pairs = function
    | [] -> Empty
    | [ h ] -> h
    | a :: b :: rest -> merge (merge a b) (merge_pairs rest)

  let pop = function Empty -> None | Node (x, rest) -> Some (x, merge_pairs rest)
end

module Text_order = String
module Words = Heap (String)
module Other_words = Heap (Text_order)

(* One heap, three names for its type. *)
let words : Words.t = Other_words.insert "pear" Words.empty
let words : Heap(String).t = Words.insert "apple" words
let words : Heap(Text_order).t = Other_words.insert "fig" words

(* Functions of functors: the sorter's heap is the one its caller made. *)
module Drain (Order : ORDERED) = struct
  module H = Heap (Order)
  let rec to_list (h : Heap(Order).t) =
    match H.pop h with None -> [] | Some (x, rest) -> x :: to_list rest
end

module Drain_words = Drain (String)

module Reverse (Order : ORDERED) = struct
  type t = Order.t
  let compare a b = Order.compare b a
end

module Down = Heap (Reverse (Int))

let down : Heap(Reverse(Int)).t = List.fold_left (fun h x -> Down.insert x h) Down.empty [ 3; 9; 4 ]

module Drain_down = Drain (Reverse (Int))

(* Sets in records and variants, named by their functor. *)
type index = { keys : Set.Make(String).t; sizes : Set.Make(Int).t Map.Make(String).t }

module Names = Set.Make (String)
module Sizes = Set.Make (Int)
module By_name = Map.Make (String)

let add name size index =
  let known = Option.value (By_name.find_opt name index.sizes) ~default:Sizes.empty in
  { keys = Names.add name index.keys; sizes = By_name.add name (Sizes.add size known) index.sizes }

let empty_index = { keys = Names.empty; sizes = By_name.empty }

let () =
  print_endline (String.concat " " (Drain_words.to_list words));
  List.iter (Printf.printf "%d ") (Drain_down.to_list down);
  print_newline ();
  let index = empty_index |> add "b" 2 |> add "a" 1 |> add "b" 1 |> add "b" 2 in
  Names.iter
    (fun name ->
      let sizes = Sizes.elements (By_name.find name index.sizes) in
      Printf.printf "%s: %s\n" name (String.concat "," (List.map string_of_int sizes)))
    index.keys

(* stdout {expected|
apple fig pear
9 4 3 
a: 1
b: 1,2
|expected} *)
