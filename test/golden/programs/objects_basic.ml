(* The manual's first examples: classes, objects, methods, instance variables. *)

class point =
  object
    val mutable x = 0
    method get_x = x
    method move d = x <- x + d
  end

let p = new point

let () =
  Printf.printf "%d\n" p#get_x;
  p#move 3;
  Printf.printf "%d\n" p#get_x

(* The initial value is evaluated at each creation. *)
let x0 = ref 0

class counting_point =
  object
    val mutable x =
      incr x0;
      !x0
    method get_x = x
    method move d = x <- x + d
  end

let () = Printf.printf "%d %d\n" (new counting_point)#get_x (new counting_point)#get_x

(* Parameters. *)
class point_at =
  fun x_init ->
    object
      val mutable x = x_init
      method get_x = x
      method get_offset = x - x_init
      method move d = x <- x + d
    end

let () =
  let p = new point_at 7 in
  p#move 5;
  Printf.printf "%d %d\n" p#get_x p#get_offset;
  let make = new point_at in
  let a = make 1 and b = make 2 in
  b#move 40;
  Printf.printf "%d %d\n" a#get_x b#get_x

(* A class let is evaluated before the object is made. *)
class adjusted_point x_init =
  let origin = x_init / 10 * 10 in
  object
    val mutable x = origin
    method get_x = x
    method get_offset = x - origin
    method move d = x <- x + d
  end

let () =
  let p = new adjusted_point 31 in
  p#move 4;
  Printf.printf "%d %d\n" p#get_x p#get_offset

class adjusted x_init = point_at (x_init / 10 * 10)

let () = Printf.printf "%d\n" (new adjusted 47)#get_x

(* Self. *)
class printable_point x_init =
  object (s)
    val mutable x = x_init
    method get_x = x
    method move d = x <- x + d
    method print = print_int s#get_x
  end

let () =
  let p = new printable_point 7 in
  p#print;
  p#move (-10);
  p#print;
  print_newline ()

(* Initializers. *)
class announced_point x_init =
  let origin = x_init / 10 * 10 in
  object (self)
    val mutable x = origin
    method get_x = x
    method move d = x <- x + d
    method print = print_int self#get_x
    initializer
      print_string "new point at ";
      self#print;
      print_newline ()
  end

let () =
  let p = new announced_point 17 in
  p#move 1;
  p#print;
  print_newline ()

(* Immediate objects. *)
let immediate =
  object
    val mutable x = 0
    method get_x = x
    method move d = x <- x + d
  end

let () =
  immediate#move 3;
  Printf.printf "%d\n" immediate#get_x

let minmax x y =
  if x < y then
    object
      method min = x
      method max = y
    end
  else
    object
      method min = y
      method max = x
    end

let () =
  let m = minmax 3 2 in
  Printf.printf "%d %d\n" m#min m#max;
  let s = minmax "a" "b" in
  Printf.printf "%s %s\n" s#min s#max

(* stdout {expected|
0
3
2 1
12 5
1 42
34 4
40
7-3
new point at 10
11
3
2 3
a b
|expected} *)
