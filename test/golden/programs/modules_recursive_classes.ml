(* Recursive modules with classes, functors and values in them. *)

module rec Node : sig
  class node : string -> object
    method name : string
    method add : Node.node -> unit
    method children : Forest.t
    method depth : int
    method render : string
  end
end = struct
  class node name =
    object (self)
      val mutable children = Forest.empty
      method name : string = name
      method add (n : Node.node) = children <- Forest.add n children
      method children = children
      method depth = 1 + Forest.depth children
      method render = if self#depth = 1 then name else name ^ "(" ^ Forest.render children ^ ")"
    end
end

and Forest : sig
  type t
  val empty : t
  val add : Node.node -> t -> t
  val depth : t -> int
  val render : t -> string
end = struct
  type t = Node.node list
  let empty = []
  let add n l = n :: l
  let depth l = List.fold_left (fun d n -> max d n#depth) 0 l
  let render l = String.concat " " (List.rev_map (fun n -> n#render) l)
end

(* A set of trees whose nodes hold sets of trees: the functor's argument is recursive. *)
module rec Tree : sig
  type t = Leaf of int | Branch of Trees.t
  val compare : t -> t -> int
end = struct
  type t = Leaf of int | Branch of Trees.t
  let compare a b =
    match (a, b) with
    | Leaf x, Leaf y -> Int.compare x y
    | Leaf _, Branch _ -> -1
    | Branch _, Leaf _ -> 1
    | Branch s, Branch t -> Trees.compare s t
end

and Trees : (Set.S with type elt = Tree.t) = Set.Make (Tree)

let rec sum = function
  | Tree.Leaf n -> n
  | Branch ts -> Trees.fold (fun t total -> total + sum t) ts 0

(* Functions that call each other across modules, and a class that inherits across them. *)
module rec Even : sig val test : int -> bool end = struct
  let test n = n = 0 || Odd.test (n - 1)
end
and Odd : sig val test : int -> bool end = struct
  let test n = n > 0 && Even.test (n - 1)
end

module Animals = struct
  module rec Base : sig
    class virtual animal : object
      method virtual sound : string
      method greet : Kinds.dog -> string
    end
  end = struct
    class virtual animal =
      object (self)
        method virtual sound : string
        method greet (d : Kinds.dog) = self#sound ^ " to a dog that says " ^ d#sound
      end
  end

  and Kinds : sig
    class dog : object inherit Base.animal method sound : string method fetch : string end
  end = struct
    class dog =
      object
        inherit Base.animal
        method sound = "woof"
        method fetch = "stick"
      end
  end
end

let () =
  let node name children =
    let n = new Node.node name in
    List.iter n#add children;
    n
  in
  let tree = node "root" [ node "a" [ node "x" []; node "y" [] ]; node "b" [] ] in
  Printf.printf "%s %d\n" tree#render tree#depth;
  let leaf n = Tree.Leaf n and branch l = Tree.Branch (Trees.of_list l) in
  let t = branch [ leaf 1; leaf 1; branch [ leaf 2; leaf 3 ]; branch [ leaf 3; leaf 2; leaf 3 ] ] in
  Printf.printf "%d\n" (sum t);
  Printf.printf "%b %b\n" (Even.test 1000) (Odd.test 7777);
  let dog = new Animals.Kinds.dog in
  print_endline (dog#greet (new Animals.Kinds.dog));
  print_endline dog#fetch

(* stdout {expected|
root(a(x y) b) 3
6
true true
woof to a dog that says woof
stick
|expected} *)
