(* Classes with type parameters: constraints, variance, instances, class types, parameters that are objects. *)

class virtual shape = object method virtual area : float method describe = "shape" end
class square side = object inherit shape method area = side *. side method! describe = "square" method side : float = side end
class circle r = object inherit shape method area = 3. *. r *. r end

(* The parameter must be a kind of shape. *)
class ['a] album =
  object
    constraint 'a = #shape
    val mutable shapes : 'a list = []
    method add s = shapes <- s :: shapes
    method total = List.fold_left (fun t s -> t +. s#area) 0. shapes
    method shapes = shapes
  end

class ['a] named_album name =
  object
    inherit ['a] album as super
    method! total = super#total *. 2.
    method title = Printf.sprintf "%s (%d): %s" name (List.length super#shapes) (String.concat "," (List.map (fun s -> s#describe) super#shapes))
  end

(* Producers are covariant, consumers contravariant. *)
class ['a] source (x : 'a) = object method get = x end
class ['a] sink (f : 'a -> unit) = object method put x = f x end

let any_shape (s : square source) = (s :> shape source)
let square_sink (s : shape sink) = (s :> square sink)

(* Two parameters, one of which is determined by the other. *)
class ['element, 'container] wrapper (c : 'container) =
  object
    constraint 'container = 'element list
    method first : 'element option = match c with [] -> None | x :: _ -> Some x
    method count = List.length c
  end

class type ['k, 'v] map_type =
  object
    method set : 'k -> 'v -> unit
    method get : 'k -> 'v option
    method fold : 'acc. ('k -> 'v -> 'acc -> 'acc) -> 'acc -> 'acc
  end

class ['k, 'v] assoc : ['k, 'v] map_type =
  object
    val mutable entries : ('k * 'v) list = []
    method set k v = entries <- (k, v) :: List.remove_assoc k entries
    method get k = List.assoc_opt k entries
    method fold : 'acc. ('k -> 'v -> 'acc -> 'acc) -> 'acc -> 'acc = fun f init -> List.fold_right (fun (k, v) acc -> f k v acc) entries init
  end

class ['k] counting = object (self) inherit ['k, int] assoc method count k = self#set k (1 + Option.value (self#get k) ~default:0) end

(* A class that is instantiated in its definition. *)
class string_counts = object inherit [string] counting method words text = String.split_on_char ' ' text end

let () =
  let album = new named_album "mine" in
  album#add (new square 2.);
  album#add (new square 3.);
  Printf.printf "%g %s\n" album#total album#title;
  Printf.printf "%g\n" (List.fold_left (fun t s -> t +. s#side) 0. album#shapes);
  let mixed = new album in
  mixed#add (new square 1. :> shape);
  mixed#add (new circle 1. :> shape);
  Printf.printf "%g\n" mixed#total;
  print_endline (any_shape (new source (new square 1.)))#get#describe;
  let log = new sink (fun (s : shape) -> Printf.printf "area %g\n" s#area) in
  (square_sink log)#put (new square 5.);
  let w = new wrapper [ 'x'; 'y' ] in
  Printf.printf "%d %b\n" w#count (w#first = Some 'x');
  let counts = new string_counts in
  List.iter counts#count (counts#words "a b a c a b");
  print_endline (counts#fold (fun k n acc -> Printf.sprintf "%s=%d %s" k n acc) "");
  let m = (counts :> (string, int) map_type) in
  Printf.printf "%d\n" (m#fold (fun _ n acc -> n + acc) 0)

(* stdout {expected|
26 mine (2): square,square
5
4
square
area 25
2 true
b=2 a=3 c=1 
6
|expected} *)
