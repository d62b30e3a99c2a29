(* The order in which things happen when an object is made. *)

let say fmt = Printf.ksprintf print_endline fmt

let value name v =
  say "value %s" name;
  v

class a n =
  let () = say "let of a" in
  object
    val x = value "a.x" n
    initializer say "init a %d" x
    val y = value "a.y" (n + 1)
    method y = y
    initializer say "init a again %d" y
  end

let () = ignore (new a 1)

class b n =
  let m = value "b.m" (n * 10) in
  object (self)
    val before = value "b.before" ()
    inherit a (value "argument of a" m) as super
    val after = value "b.after" ()
    initializer
      ignore (before, after);
      say "init b %d %d" super#y self#y
    method! y = 1000
  end

let () = ignore (new b 5)

(* A diamond: the common ancestor is there twice. *)
class top name =
  object
    val name = value ("top " ^ name) name
    initializer say "init top %s" name
    method name = name
  end

class left =
  object
    inherit top "left"
    initializer say "init left"
  end

class right =
  object
    inherit top "right"
    initializer say "init right"
  end

class bottom =
  object (self)
    inherit left as l
    inherit! right as r
    initializer say "init bottom %s %s %s" l#name r#name self#name
  end

let () = say "%s" (new bottom)#name

(* Arguments, optional arguments and lets of a class. *)
class c ?(x = value "default x" 1) ~y ?z () =
  let z = match z with None -> value "no z" 0 | Some z -> z in
  fun last ->
    let sum = value "sum" (x + y + z + last) in
    object
      method sum = sum
    end

let () =
  say "%d" (new c ~y:10 () 100)#sum;
  say "%d" (new c ~z:(value "z" 2) ~y:(value "y" 3) ~x:(value "x" 4) (value "unit" ()) (value "last" 5))#sum;
  let f = new c ~x:7 ~y:1 () in
  say "made f";
  say "%d" ((f 1)#sum + (f 2)#sum)

(* Initializers see the methods of the whole object. *)
class virtual shape =
  object (self)
    method virtual area : float
    initializer say "a shape of area %g" self#area
  end

class square side =
  object
    inherit shape
    val side = value "side" side
    method area = side *. side
  end

let () =
  ignore (new square 3.);
  ignore
    (object
       inherit square 2.
       initializer say "an immediate square"
     end)

(* An exception in an initializer. *)
class fails =
  object
    initializer
      say "about to fail";
      failwith "init"
    initializer say "not reached"
  end

let () = match new fails with _ -> say "made" | exception Failure m -> say "failed: %s" m

(* stdout {expected|
let of a
value a.x
value a.y
init a 1
init a again 2
value b.m
value b.before
value argument of a
let of a
value a.x
value a.y
value b.after
init a 50
init a again 51
init b 51 1000
value top left
value top right
init top right
init left
init top right
init right
init bottom right right right
right
value default x
value no z
value sum
111
value last
value unit
value z
value y
value x
value sum
14
value no z
made f
value sum
value sum
19
value side
a shape of area 9
value side
a shape of area 4
an immediate square
about to fail
failed: init
|expected} *)
