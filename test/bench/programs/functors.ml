(* Functors at work: sets and maps over a key that is itself made by functors, and a graph search that is a functor of both. *)
module type ORDERED = sig
  type t

  val compare : t -> t -> int
end

module Pair (A : ORDERED) (B : ORDERED) = struct
  type t = A.t * B.t

  let compare (a, b) (c, d) = match A.compare a c with 0 -> B.compare b d | n -> n
end

module type GRAPH = sig
  module Node : ORDERED

  val successors : Node.t -> Node.t list
end

module Search (G : GRAPH) = struct
  module Seen = Set.Make (G.Node)
  module Distances = Map.Make (G.Node)

  let breadth_first start =
    let rec level distance frontier seen distances =
      if frontier = [] then distances
      else
        let visit (next, seen, distances) node =
          List.fold_left
            (fun (next, seen, distances) n ->
              if Seen.mem n seen then (next, seen, distances)
              else (n :: next, Seen.add n seen, Distances.add n (distance + 1) distances))
            (next, seen, distances) (G.successors node)
        in
        let next, seen, distances = List.fold_left visit ([], seen, distances) frontier in
        level (distance + 1) next seen distances
    in
    level 0 [ start ] (Seen.singleton start) (Distances.singleton start 0)
end

(* A knight on a board. *)
module Board (Size : sig
  val size : int
end) =
struct
  module Node = Pair (Int) (Int)

  let moves = [ (1, 2); (2, 1); (2, -1); (1, -2); (-1, -2); (-2, -1); (-2, 1); (-1, 2) ]

  let successors (x, y) =
    List.filter (fun (x, y) -> x >= 0 && y >= 0 && x < Size.size && y < Size.size) (List.map (fun (a, b) -> (x + a, y + b)) moves)
end

module Knight = Search (Board (struct
  let size = 120
end))

let () =
  let total = ref 0 and furthest = ref 0 in
  for i = 0 to 4 do
    let distances = Knight.breadth_first (i, i) in
    Knight.Distances.iter
      (fun _ d ->
        total := !total + d;
        furthest := max !furthest d)
      distances
  done;
  Printf.printf "%d %d\n" !total !furthest
