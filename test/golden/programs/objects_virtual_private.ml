(* Virtual methods and variables; private methods; making them public; hiding them. *)

class virtual abstract_point x_init =
  object (self)
    method virtual get_x : int
    method get_offset = self#get_x - x_init
    method virtual move : int -> unit
  end

class point x_init =
  object
    inherit abstract_point x_init
    val mutable x = x_init
    method get_x = x
    method move d = x <- x + d
  end

let () =
  let p = new point 5 in
  p#move 8;
  Printf.printf "%d %d\n" p#get_x p#get_offset

class virtual abstract_point2 =
  object
    val mutable virtual x : int
    method move d = x <- x + d
  end

class point2 x_init =
  object
    inherit abstract_point2
    val mutable x = x_init
    method get_offset = x - x_init
  end

let () =
  let p = new point2 3 in
  p#move 4;
  Printf.printf "%d\n" p#get_offset

class restricted_point x_init =
  object (self)
    val mutable x = x_init
    method get_x = x
    method private move d = x <- x + d
    method bump = self#move 1
  end

let () =
  let p = new restricted_point 0 in
  p#bump;
  p#bump;
  Printf.printf "%d\n" p#get_x

class point_again x =
  object (self)
    inherit restricted_point x
    method virtual move : _
  end

let () =
  let p = new point_again 10 in
  p#move 5;
  p#bump;
  Printf.printf "%d\n" p#get_x

class point_again2 x =
  object
    inherit restricted_point x as super
    method! move = super#move
  end

let () =
  let p = new point_again2 100 in
  p#move 5;
  p#bump;
  Printf.printf "%d\n" p#get_x

(* A private method that a class type hides is not overridden by one of the same name. *)
class type hidden_type =
  object
    method describe : string
  end

class hidden : hidden_type =
  object (self)
    method private secret = "inner"
    method describe = self#secret
  end

class other =
  object (self)
    inherit hidden as super
    method secret = "outer"
    method both = super#describe ^ " " ^ self#secret ^ " " ^ self#describe
  end

let () =
  let o = new other in
  print_endline o#both;
  print_endline o#secret

(* The same through a signature; also a hidden instance variable. *)
module M : sig
  class counter : object
    method count : int
    method tick : unit
  end
end = struct
  class counter =
    object (self)
      val mutable n = 0
      method private step = 2
      method count = n
      method tick = n <- n + self#step
    end
end

class fast =
  object
    inherit M.counter
    val n = "another n"
    method step = 1000
    method name = n
  end

let () =
  let c = new fast in
  c#tick;
  c#tick;
  Printf.printf "%d %d %s\n" c#count c#step c#name

(* Without hiding, it is overridden. *)
class open_counter =
  object (self)
    val mutable n = 0
    method private step = 2
    method count = n
    method tick = n <- n + self#step
  end

class faster =
  object
    inherit open_counter
    method! private step = 1000
  end

let () =
  let c = new faster in
  c#tick;
  Printf.printf "%d\n" c#count

(* Virtual methods that call each other. *)
class virtual parity =
  object (self)
    method virtual is_odd : int -> bool
    method is_even n = n = 0 || self#is_odd (n - 1)
  end

class odd =
  object (self)
    inherit parity
    method is_odd n = n <> 0 && self#is_even (n - 1)
  end

let () =
  let o = new odd in
  List.iter (fun n -> Printf.printf "%d: even %b odd %b\n" n (o#is_even n) (o#is_odd n)) [ 0; 1; 7; 10 ]

(* stdout {expected|
13 8
4
2
16
106
inner outer inner
outer
4 1000 another n
1000
0: even true odd false
1: even false odd true
7: even false odd true
10: even true odd false
|expected} *)
