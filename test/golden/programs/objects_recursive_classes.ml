(* Classes that refer to each other and to themselves. *)

class window =
  object
    val mutable top_widget = (None : widget option)
    method top_widget = top_widget
    method set w = top_widget <- Some w
    method describe = match top_widget with None -> "empty" | Some w -> "window of " ^ w#describe
  end

and widget (w : window) =
  object (self)
    val window = w
    method window = window
    method describe = "widget"
    initializer w#set (self :> widget)
  end

let () =
  let w = new window in
  print_endline w#describe;
  let g = new widget w in
  print_endline w#describe;
  Printf.printf "%b\n" (g#window == w)

class even n =
  object
    method test = if n = 0 then true else (new odd (n - 1))#test
  end

and odd n =
  object
    method test = if n = 0 then false else (new even (n - 1))#test
  end

let () = Printf.printf "%b %b\n" (new even 10)#test (new odd 10)#test

(* A list. *)
class ['a] node (v : 'a) (next : 'a node option) =
  object
    method value = v
    method next = next
    method cons x = new node x (Some (new node v next))
    method iter (f : 'a -> unit) : unit =
      f v;
      match next with None -> () | Some n -> n#iter f
  end

let () =
  let l = ((new node 3 None)#cons 2)#cons 1 in
  l#iter (Printf.printf "%d ");
  print_newline ()

(* Expressions. *)
class virtual expression =
  object
    method virtual eval : (string * int) list -> int
    method virtual show : string
    method virtual derive : string -> expression
  end

and constant n =
  object
    inherit expression
    method eval _ = n
    method show = string_of_int n
    method derive _ = new constant 0
  end

let _ = new constant 1

class sum a b =
  object
    inherit expression
    val a : expression = a
    val b : expression = b
    method eval env = a#eval env + b#eval env
    method show = "(" ^ a#show ^ " + " ^ b#show ^ ")"
    method derive x = (new sum (a#derive x) (b#derive x) :> expression)
  end

class variable name =
  object
    inherit expression
    method eval env = List.assoc name env
    method show = name
    method derive x = new constant (if x = name then 1 else 0)
  end

class product a b =
  object
    inherit expression
    val a : expression = a
    val b : expression = b
    method eval env = a#eval env * b#eval env
    method show = a#show ^ " * " ^ b#show
    method derive x =
      (new sum (new product (a#derive x) b :> expression) (new product a (b#derive x) :> expression) :> expression)
  end

let () =
  let x = (new variable "x" :> expression) in
  let e = new sum (new product x x :> expression) (new constant 3 :> expression) in
  Printf.printf "%s = %d\n" e#show (e#eval [ ("x", 5) ]);
  let d = e#derive "x" in
  Printf.printf "%s = %d\n" d#show (d#eval [ ("x", 5) ])

(* Three of them, with parameters and lets. *)
class a n =
  let m = n + 1 in
  object
    method b = if m > 3 then None else Some (new b m "from a")
    method show = Printf.sprintf "a%d" m
  end

and b n s =
  object
    method c = new c n s
  end

and c ?(mark = "!") n s =
  object
    method a = new a n
    method show = Printf.sprintf "c%d %s%s" n s mark
  end

let rec walk (x : a) =
  print_string (x#show ^ " ");
  match x#b with
  | None -> print_newline ()
  | Some b ->
      print_string (b#c#show ^ " ");
      walk b#c#a

let () = walk (new a 0)

(* stdout {expected|
empty
window of widget
true
true false
1 2 3 
(x * x + 3) = 28
((1 * x + x * 1) + 0) = 10
a1 c1 from a! a2 c2 from a! a3 c3 from a! a4 
|expected} *)
