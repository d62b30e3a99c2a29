(* Classes with type parameters, polymorphic methods, constraints. *)

class ['a] oref x_init =
  object
    val mutable x : 'a = x_init
    method get = x
    method set y = x <- y
  end

let () =
  let r = new oref 1 in
  r#set 2;
  Printf.printf "%d\n" r#get;
  let f = new oref 1.5 in
  f#set (f#get *. 2.);
  Printf.printf "%g\n" f#get

class oref_succ (x_init : int) =
  object
    val mutable x = x_init + 1
    method get = x
    method set y = x <- y
  end

let () = Printf.printf "%d\n" (new oref_succ 9)#get

class point x =
  object
    val mutable x = x
    method get_x = x
    method move d = x <- x + d
  end

class ['a] circle (c : 'a) =
  object
    constraint 'a = #point
    val mutable center = c
    method center = center
    method set_center c = center <- c
    method move = center#move
  end

class colored_point x (c : string) =
  object
    inherit point x
    method color = c
  end

class ['a] colored_circle c =
  object
    constraint 'a = #colored_point
    inherit ['a] circle c
    method color = center#color
  end

let () =
  let c = new colored_circle (new colored_point 1 "blue") in
  c#move 4;
  Printf.printf "%d %s\n" c#center#get_x c#color

(* Polymorphic methods. *)
class ['a] intlist (l : int list) =
  object
    method empty = l = []
    method fold : 'b. ('b -> int -> 'b) -> 'b -> 'b = fun f accu -> List.fold_left f accu l
    constraint 'a = int
  end

let () =
  let l = new intlist [ 1; 2; 3 ] in
  Printf.printf "%d %s\n" (l#fold (fun x y -> x + y) 0) (l#fold (fun s x -> s ^ string_of_int x ^ " ") "")

class type ['a] iterator =
  object
    method fold : 'b. ('b -> 'a -> 'b) -> 'b -> 'b
  end

class ['a] array_list (a : 'a array) : ['a] iterator =
  object
    method fold : 'b. ('b -> 'a -> 'b) -> 'b -> 'b = fun f accu -> Array.fold_left f accu a
  end

let length (l : 'a #iterator) = l#fold (fun n _ -> n + 1) 0
let to_list (l : 'a #iterator) = List.rev (l#fold (fun l x -> x :: l) [])

let () =
  let a = new array_list [| "x"; "y"; "z" |] in
  Printf.printf "%d %s\n" (length a) (String.concat "," (to_list a));
  let f = new array_list [| 1.5; 2.5 |] in
  Printf.printf "%d %g\n" (length f) (f#fold ( +. ) 0.)

(* A polymorphic method in a record of operations. *)
class printer =
  object (self)
    method list : 'a. ('a -> string) -> 'a list -> string =
      fun show l -> "[" ^ String.concat "; " (List.map show l) ^ "]"
    method pair : 'a 'b. ('a -> string) -> ('b -> string) -> 'a * 'b -> string =
      fun f g (a, b) -> "(" ^ f a ^ ", " ^ g b ^ ")"
    method table : 'a. ('a -> string) -> (string * 'a) list -> string =
      fun show l -> self#list (self#pair (fun s -> s) show) l
  end

let () =
  let p = new printer in
  print_endline (p#list string_of_int [ 1; 2; 3 ]);
  print_endline (p#table (p#list string_of_bool) [ ("t", [ true ]); ("f", [ false; true ]) ])

let apply_both (f : < call : 'a. 'a -> 'a >) = (f#call 1, f#call "one")

let () =
  let n, s =
    apply_both
      (object
         method call : 'a. 'a -> 'a = fun x -> x
       end)
  in
  Printf.printf "%d %s\n" n s

(* stdout {expected|
2
3
10
5 blue
6 1 2 3 
3 x,y,z
2 4
[1; 2; 3]
[(t, [true]); (f, [false; true])]
1 one
|expected} *)
