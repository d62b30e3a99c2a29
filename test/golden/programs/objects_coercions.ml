(* Subtyping and coercions; open object types; class types. *)

class shape =
  object
    method name = "shape"
    method area = 0.
  end

class square side =
  object
    inherit shape
    method! name = "square"
    method! area = side *. side
    method side = side
  end

class circle r =
  object
    inherit shape
    method! name = "circle"
    method! area = 3. *. r *. r
    method radius = r
  end

let shapes = [ (new square 2. :> shape); (new circle 1. :> shape); new shape ]
let () = List.iter (fun s -> Printf.printf "%s %g\n" s#name s#area) shapes

let total (l : #shape list) = List.fold_left (fun sum s -> sum +. s#area) 0. l
let () = Printf.printf "%g %g\n" (total shapes) (total [ new square 3.; new square 1. ])

let describe (o : < name : string ; .. >) = "<" ^ o#name ^ ">"
let () = print_endline (describe (new circle 1.) ^ describe (object method name = "ad hoc" method extra = () end))

let as_named o = (o : < name : string ; .. > :> < name : string >)
let () = List.iter (fun o -> print_endline o#name) [ as_named (new square 1.); as_named (new circle 1.) ]

(* Double coercion of a recursive type. *)
class type linked =
  object
    method value : int
    method next : linked option
  end

class node v (next : linked option) =
  object
    method value = v
    method next = next
    method extra = v * 2
  end

let rec sum (l : linked) = l#value + match l#next with None -> 0 | Some n -> sum n
let cons v l = (new node v (Some l) :> linked)
let () = Printf.printf "%d\n" (sum (cons 1 (cons 2 (new node 3 None :> linked))))

(* Self coerced to a supertype, and collected by an initializer. *)
let registered : shape list ref = ref []

class registered_square side =
  object (self)
    inherit square side
    initializer registered := (self :> shape) :: !registered
  end

let () =
  ignore (new registered_square 4.);
  ignore (new registered_square 5.);
  Printf.printf "%g\n" (total !registered)

(* Physical identity survives coercion. *)
let () =
  let s = new square 1. in
  let t = (s :> shape) in
  Printf.printf "%b %b\n" ((s :> shape) == t) (Oo.id s = Oo.id t)

(* Coercion of functions and containers. *)
let handlers : (square -> string) list = [ (fun s -> Printf.sprintf "%g" s#side); (describe :> square -> string) ]
let () = List.iter (fun h -> print_endline (h (new square 6.))) handlers
let areas = List.map (fun s -> s#area) (shapes @ ([ new square 1.5 ] :> shape list))
let () = List.iter (Printf.printf "%g ") areas; print_newline ()

(* Abbreviated object types. *)
type 'a container = < add : 'a -> 'a container ; all : 'a list >

let rec container items : 'a container =
  object
    method add x = container (x :: items)
    method all = List.rev items
  end

let () = print_endline (String.concat " " ((((container [])#add "a")#add "b")#all))

(* stdout {expected|
square 4
circle 3
shape 0
7 10
<circle><ad hoc>
square
circle
6
41
true true
6
<square>
4 3 0 2.25 
a b
|expected} *)
