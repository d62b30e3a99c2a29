let p s = print_string s; print_string " "
let pi n = print_int n; print_string " "
let nl () = print_newline ()

class point x_init = object (self)
  val mutable x = x_init
  val trail : int list = []
  method x = x
  method move d = x <- x + d
  method moved d = {< x = x + d; trail = x :: trail >}
  method length = let rec go = function [] -> 0 | _ :: r -> 1 + go r in go trail
  method show = "(" ^ string_of_int self#x ^ ")"
end
let () = let o = new point 3 in o#move 4; pi o#x; let q = o#moved 1 in let r = q#moved 1 in pi r#x; pi r#length; pi o#length; p r#show; nl ()

class colored c x = object inherit point x as super val c : string = c method! show = c ^ super#show method color = c end
class named n = object val n : string = n val mutable f = 2.5 method name = n method fx = f method set_fx y = f <- y end
class both = object (self) inherit named "b" inherit colored "red" 7 as co method all = self#name ^ self#show ^ co#color end
class other = object inherit colored "blue" 1 inherit named "o" method! move d = x <- x - d end
let () = let b = new both in p b#all; pi b#x; nl ()

module M : sig class counter : object method tick : int end end = struct
  class counter = object (self) val mutable n = 0 method private step = 1 method tick = n <- n + self#step; n end
end
class fast = object inherit M.counter val n = 3. method step = 100 method f = n end
let () = let c = new fast in ignore c#tick; pi c#tick; pi c#step; print_float c#f; nl ()

let say s = print_string s; print_string ";"
class a ?(k = (say "default"; 1)) n = let m = say "let"; n + k in object
  val v = say "val"; m
  initializer say "init a"
  method v = v
end
class b n = object (self)
  inherit a (say "argument"; n) as super
  val w = say "w"; n
  initializer say "init b"; pi (super#v + w + self#v)
end
let () = ignore (new b 10); ignore (new a ~k:5 1); nl ()

let make x f = object (self)
  val mutable calls = 0
  method call y = calls <- calls + 1; f x y
  method twice y = self#call y + self#call x
  method calls = calls
  method nested z = object method sum = self#calls + x + z end
end
let () =
  let o = make 3 (fun x y -> x * y) and q = make 4 (fun x y -> x + y) in
  pi (o#twice 5); pi (q#twice 5); pi o#calls; pi (o#nested 10)#sum; pi (q#call 1); nl ()
let () = for i = 1 to 3 do pi (object method i = i * i end)#i done; nl ()

class virtual even = object (self) method virtual odd : int -> bool method even n = n = 0 || self#odd (n - 1) end
class parity = object (self) inherit even method odd n = n <> 0 && self#even (n - 1) end
let () = p (string_of_bool ((new parity)#even 10)); p (string_of_bool ((new parity)#odd 10)); nl ()

class tree n = object method left = if n = 0 then None else Some (new tree (n - 1)) method n = n end
and forest = object method tree = new tree 3 end
let rec depth t = match t#left with None -> 0 | Some l -> 1 + depth l
let () = pi (depth (new forest)#tree); nl ()

let () = let o = new point 1 in
  p (string_of_bool (o = o)); p (string_of_bool (o = new point 1)); nl ()

module F (X : sig class c : object method n : int end end) = struct
  let make k = object inherit X.c as super method! n = super#n + k end
end
module F1 = F (struct class c = object method n = 1 end end)
module F2 = F (struct class c = object method n = 2 end end)
let () = pi (F1.make 10)#n; pi (F2.make 20)#n; pi (F1.make 30)#n; nl ()

module rec A : sig class c : int -> object method b : int end end = struct
  class c n = object method b = if n = 0 then 0 else (new B.c n)#a end end
and B : sig class c : int -> object method a : int end end = struct
  class c n = object method a = 1 + (new A.c (n - 1))#b end end
let () = pi (new A.c 5)#b; nl ()

class args = object method f ~a ?(b = 2) c = a * 100 + b * 10 + c method g x = let y = x + 1 in fun z -> y * z end
let () = let o = new args in pi (o#f 3 ~a:1); pi (o#f ~b:5 ~a:1 3); let g = o#g in pi (g 1 2); let h = o#f ~b:7 in pi (h ~a:1 1); nl ()
exception E
class raising = object method go n = if n = 0 then raise E else n initializer say "made" end
let () = let r = new raising in (try pi (r#go 1); pi (r#go 0) with E -> p "E"); nl ()
