(* Classes in modules and functors: abstract classes as parameters, class types in signatures, hidden parts. *)

module type STORAGE = sig
  class ['a] store : object
    method put : 'a -> unit
    method all : 'a list
  end
end

module List_storage : STORAGE = struct
  class ['a] store =
    object (self)
      val mutable items : 'a list = []
      method put x = items <- self#note x :: items
      method all = List.rev items
      (* Private methods need not be told. *)
      method private note x = x
    end
end

module Queue_storage : STORAGE = struct
  class ['a] store =
    object
      val queue = Queue.create ()
      method put (x : 'a) = Queue.add x queue
      method all = List.of_seq (Queue.to_seq queue)
    end
end

module Logged (S : STORAGE) = struct
  class ['a] store (show : 'a -> string) =
    object
      inherit ['a] S.store as super
      method! put x =
        Printf.printf "put %s\n" (show x);
        super#put x
      method count = List.length super#all
    end
end

module A = Logged (List_storage)
module B = Logged (Queue_storage)

(* A class type with a functor's type in it. *)
module Graph (Vertex : Map.OrderedType) = struct
  module M = Map.Make (Vertex)

  class type graph_type =
    object
      method add_edge : Vertex.t -> Vertex.t -> unit
      method neighbours : Vertex.t -> Vertex.t list
      method vertices : Vertex.t list
    end

  class graph : graph_type =
    object (self)
      val mutable edges : Vertex.t list M.t = M.empty
      method neighbours v = Option.value (M.find_opt v edges) ~default:[]
      method add_edge a b =
        edges <- M.add a (b :: self#neighbours a) edges;
        if not (M.mem b edges) then edges <- M.add b [] edges
      method vertices = List.map fst (M.bindings edges)
    end

  let reachable (g : #graph_type) start =
    let rec visit seen v = if List.mem v seen then seen else List.fold_left visit (v :: seen) (g#neighbours v) in
    List.sort Vertex.compare (visit [] start)
end

module G = Graph (String)

class weighted =
  object
    inherit G.graph as super
    val mutable total = 0
    method! add_edge a b =
      total <- total + String.length a + String.length b;
      super#add_edge a b
    method total = total
  end

(* A signature may restrict a class to an object type, or to virtual. *)
module Restricted : sig
  class type reader = object method read : string end
  val make : string -> reader
  class virtual base : object method virtual id : int method describe : string end
end = struct
  class type reader = object method read : string end
  class file text =
    object
      method read : string = text
      method write (_ : string) = ()
    end
  let make text = (new file text :> reader)
  class virtual base =
    object (self)
      method virtual id : int
      method describe = Printf.sprintf "#%d" self#id
    end
end

class item n = object inherit Restricted.base method id = n end

let () =
  let a = new A.store string_of_int and b = new B.store Fun.id in
  List.iter a#put [ 1; 2; 3 ];
  b#put "x";
  Printf.printf "%d %d %d\n" a#count (List.fold_left ( + ) 0 a#all) b#count;
  let stores : string List_storage.store list = [ new List_storage.store ] in
  List.iter (fun s -> s#put "y") stores;
  let g = new weighted in
  List.iter (fun (a, b) -> g#add_edge a b) [ ("a", "b"); ("b", "cc"); ("d", "a"); ("cc", "a") ];
  print_endline (String.concat " " g#vertices);
  print_endline (String.concat " " (G.reachable g "b"));
  Printf.printf "%d\n" g#total;
  Printf.printf "%s %s\n" (Restricted.make "text")#read (new item 7)#describe

(* stdout {expected|
put 1
put 2
put 3
put x
3 6 1
a b cc d
a b cc
10
text #7
|expected} *)
