(* Inheritance: overriding, super, late binding, renumbered variables, several parents. *)

class point x_init =
  object (self)
    val mutable x = x_init
    method get_x = x
    method move d = x <- x + d
    method print = Printf.printf "%d\n" self#get_x
    method to_string = string_of_int x
  end

class colored_point x (c : string) =
  object
    inherit point x
    val c = c
    method color = c
  end

let () =
  let p = new colored_point 5 "red" in
  Printf.printf "%d %s\n" p#get_x p#color

let get_succ_x p = p#get_x + 1
let set_x p = p#set_x

let () = Printf.printf "%d\n" (get_succ_x (new colored_point 5 "red") + get_succ_x (new point 2))

let incr_ p = set_x p (get_succ_x p)

class settable x_init =
  object
    inherit point x_init
    method set_x v = x <- v
  end

let () =
  let s = new settable 41 in
  incr_ s;
  s#print

class printable_colored_point y c =
  object (self)
    val c = c
    method color = c
    inherit point y as super
    method! print =
      print_string "(";
      super#print;
      print_string ", ";
      print_string self#color;
      print_string ")\n"
    method! get_x = 1000 + super#get_x
  end

let () = (new printable_colored_point 17 "green")#print

(* Variables of several parents, of the same and of different names. *)
class a =
  object
    val mutable v = 1
    val mutable only_a = "a"
    method get_a = (v, only_a)
    method set_v_a n = v <- n
    method who = "a"
  end

class b =
  object
    val mutable only_b = 2.5
    val mutable v = 10
    method get_b = (v, only_b)
    method set_b f = only_b <- f
    method who = "b"
  end

class ab =
  object (self)
    inherit a as a
    inherit! b as b
    val mutable own = [ 1; 2 ]
    method sum = v + List.length own
    method grow = own <- v :: own
    method parents = a#who ^ b#who ^ self#who
  end

class ba =
  object
    inherit b
    inherit! a
    method! who = "ba"
  end

let () =
  let show name o =
    let v, s = o#get_a and v', f = o#get_b in
    Printf.printf "%s %d %s %d %.1f %s\n" name v s v' f o#who
  in
  let o = new ab in
  show "ab" o;
  o#set_v_a 7;
  o#set_b 0.5;
  o#grow;
  show "ab" o;
  Printf.printf "%d %s\n" o#sum o#parents;
  let o = new ba in
  show "ba" o;
  o#set_v_a 3;
  o#set_b 1e3;
  show "ba" o

(* A chain of super calls. *)
class c1 =
  object
    method f n = "c1(" ^ string_of_int n ^ ")"
  end

class c2 =
  object
    inherit c1 as super
    method! f n = "c2:" ^ super#f (n + 1)
  end

class c3 =
  object (self)
    inherit c2 as super
    method! f n = "c3:" ^ super#f (n * 2)
    method twice n = self#f n ^ "," ^ super#f n
  end

class c4 =
  object
    inherit c3
    inherit! c1
  end

let () =
  print_endline ((new c3)#f 10);
  print_endline ((new c3)#twice 1);
  print_endline ((new c4)#f 10);
  print_endline ((new c4)#twice 1)

(* stdout {expected|
5 red
9
42
(1017
, green)
ab 10 a 10 2.5 b
ab 7 a 7 0.5 b
10 abb
ba 1 a 1 2.5 ba
ba 3 a 3 1000.0 ba
c3:c2:c1(21)
c3:c2:c1(3),c2:c1(2)
c1(10)
c1(1),c2:c1(2)
|expected} *)
