(* Late binding: which method a send reaches, through self, super, inheritance and overriding. *)

class base =
  object (self)
    method name = "base"
    method greet = "I am " ^ self#name
    method twice = self#greet ^ ", " ^ self#greet
    method private secret = "base secret of " ^ self#name
    method reveal = self#secret
  end

class middle =
  object (self)
    inherit base as super
    method! name = "middle"
    method! greet = super#greet ^ " (was " ^ super#name ^ ")"
    method direct = self#name
  end

class leaf =
  object
    inherit middle as super
    method! name = "leaf/" ^ super#name
    method! private secret = "leaf secret, then " ^ super#secret
  end

(* Super is fixed where it is written, self is not. *)
class counted =
  object
    inherit leaf as super
    val mutable calls = 0
    method! greet =
      calls <- calls + 1;
      super#greet
    method calls = calls
  end

(* Two parents with the same method: the later one wins, the earlier can be named. *)
class left = object method side = "left" method only_left = 1 end
class right = object method side = "right" method only_right = 2 end

class both =
  object (self)
    inherit left as l
    inherit right as r
    method all = l#side ^ " " ^ r#side ^ " " ^ self#side
  end

(* Overriding the template's steps. *)
class virtual report =
  object (self)
    method virtual lines : string list
    method header = "--"
    method footer = self#header
    method decorate line = line
    method render = String.concat "\n" ((self#header :: List.map self#decorate self#lines) @ [ self#footer ])
  end

class numbered lines =
  object
    inherit report as super
    val mutable n = 0
    method lines : string list = lines
    method! header = "== " ^ string_of_int (List.length lines)
    method! footer = "=="
    method! decorate line =
      n <- n + 1;
      Printf.sprintf "%d %s" n (super#decorate line)
  end

(* Even and odd by a method each, redefined by a subclass to count. *)
class parity =
  object (self)
    method even n = if n = 0 then true else self#odd (n - 1)
    method odd n = if n = 0 then false else self#even (n - 1)
  end

class tracing =
  object
    inherit parity as super
    val steps = Buffer.create 16
    method! odd n = Buffer.add_string steps (string_of_int n); super#odd n
    method steps = Buffer.contents steps
  end

let () =
  print_endline (new base)#twice;
  print_endline (new middle)#twice;
  print_endline (new leaf)#greet;
  print_endline (new leaf)#direct;
  print_endline (new base)#reveal;
  print_endline (new leaf)#reveal;
  let c = new counted in
  print_endline c#twice;
  Printf.printf "%d\n" c#calls;
  print_endline (new both)#all;
  Printf.printf "%d\n" ((new both)#only_left + (new both)#only_right);
  print_endline (new numbered [ "one"; "two" ])#render;
  let t = new tracing in
  Printf.printf "%b %s\n" (t#even 7) t#steps

(* stdout {expected|
I am base, I am base
I am middle (was base), I am middle (was base)
I am leaf/middle (was base)
leaf/middle
base secret of base
leaf secret, then base secret of leaf/middle
I am leaf/middle (was base), I am leaf/middle (was base)
2
left right right
3
== 2
1 one
2 two
==
false 
|expected} *)
