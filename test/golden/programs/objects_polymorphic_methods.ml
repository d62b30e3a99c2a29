(* Methods with type parameters of their own: collections, visitors, and where annotations are needed. *)

class ['a] collection (items : 'a list) =
  object (self)
    method items = items
    method fold : 'acc. ('acc -> 'a -> 'acc) -> 'acc -> 'acc = fun f init -> List.fold_left f init items
    method map : 'b. ('a -> 'b) -> 'b list = fun f -> List.map f items
    method length = self#fold (fun n _ -> n + 1) 0
    method pair_with : 'b. 'b list -> ('a * 'b) list = fun l -> List.combine items l
    method iter_both : 'b 'c. ('a -> 'b) -> ('b -> 'c) -> unit =
      fun f g -> List.iter (fun x -> ignore (g (f x))) items
  end

(* A virtual polymorphic method. *)
class virtual printer =
  object (self)
    method virtual emit : string -> unit
    method print : 'a. ('a -> string) -> 'a -> unit = fun show x -> self#emit (show x)
    method print_all : 'a. sep:string -> ('a -> string) -> 'a list -> unit =
      fun ~sep show l -> List.iteri (fun i x -> if i > 0 then self#emit sep; self#print show x) l
  end

class buffer_printer =
  object
    inherit printer
    val buffer = Buffer.create 16
    method emit s = Buffer.add_string buffer s
    method contents = Buffer.contents buffer
  end

(* A function over any object with a polymorphic method must say so. *)
let use (p : < print : 'a. ('a -> string) -> 'a -> unit ; .. >) =
  p#print string_of_int 42;
  p#print (Printf.sprintf "<%g>") 0.5

(* Visitors that return anything. *)

class type expression =
  object
    method accept : 'r. < number : int -> 'r; sum : expression -> expression -> 'r; product : expression -> expression -> 'r > -> 'r
  end

let number n : expression =
  object
    method accept : 'r. < number : int -> 'r; sum : expression -> expression -> 'r; product : expression -> expression -> 'r > -> 'r =
      fun v -> v#number n
  end

let sum a b : expression =
  object
    method accept : 'r. < number : int -> 'r; sum : expression -> expression -> 'r; product : expression -> expression -> 'r > -> 'r =
      fun v -> v#sum a b
  end

let product a b : expression =
  object
    method accept : 'r. < number : int -> 'r; sum : expression -> expression -> 'r; product : expression -> expression -> 'r > -> 'r =
      fun v -> v#product a b
  end

let rec value (e : expression) : int =
  e#accept
    (object
       method number n = n
       method sum a b = value a + value b
       method product a b = value a * value b
    end)

let rec text (e : expression) : string =
  e#accept
    (object
       method number n = string_of_int n
       method sum a b = "(" ^ text a ^ " + " ^ text b ^ ")"
       method product a b = text a ^ " * " ^ text b
    end)

(* Polymorphic instance variables hold records of polymorphic functions. *)
type poly = { f : 'a. 'a list -> 'a list }

class pipeline =
  object
    val mutable stages : poly list = []
    method add (f : poly) = stages <- stages @ [ f ]
    method run : 'a. 'a list -> 'a list = fun l -> List.fold_left (fun l s -> s.f l) l stages
  end

let () =
  let c = new collection [ 1; 2; 3 ] in
  Printf.printf "%d %s\n" c#length (String.concat "," (c#map string_of_int));
  Printf.printf "%d %g\n" (c#fold ( + ) 0) (c#fold (fun a x -> a +. float_of_int x) 0.5);
  List.iter (fun (n, s) -> Printf.printf "%d%s " n s) (c#pair_with [ "a"; "b"; "c" ]);
  c#iter_both string_of_int print_string;
  print_newline ();
  let p = new buffer_printer in
  p#print_all ~sep:"; " Fun.id [ "x"; "y" ];
  p#print_all ~sep:"" string_of_bool [ true ];
  use p;
  print_endline p#contents;
  let e = sum (number 2) (product (number 3) (sum (number 4) (number 5))) in
  Printf.printf "%s = %d\n" (text e) (value e);
  let line = new pipeline in
  line#add { f = List.rev };
  line#add { f = (function [] -> [] | _ :: l -> l) };
  print_endline (String.concat " " (line#run [ "a"; "b"; "c" ]));
  List.iter (Printf.printf "%d ") (line#run [ 1; 2; 3; 4 ]);
  print_newline ()

(* stdout {expected|
3 1,2,3
6 6.5
1a 2b 3c 123
x; ytrue42<0.5>
(2 + 3 * (4 + 5)) = 29
b a
3 2 1 
|expected} *)
