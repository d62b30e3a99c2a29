(* Sends to objects of many classes from one place, and classes with many methods: the tables of methods at work. *)

class a = object method f = "a.f" method g x = "a.g" ^ x end
class b = object method h = "b.h" method f = "b.f" method g x = "b.g" ^ x end
class c = object inherit a method! g x = "c.g" ^ x method z = 1 end
class d = object inherit b method! f = "d.f" method aaa = 2 method zzz = 3 end
class e = object method private p = "e.p" method g x = "e.g" ^ x method f = "e.f" method q = () end

let call o = o#f ^ " " ^ o#g "!"

let () =
  let objects =
    [ (new a :> < f : string ; g : string -> string >); (new b :> < f : string ; g : string -> string >);
      (new c :> < f : string ; g : string -> string >); (new d :> < f : string ; g : string -> string >) ]
    @ [ object method f = "im.f" method g x = "im.g" ^ x end ]
  in
  for _ = 1 to 3 do
    List.iter (fun o -> print_endline (call o)) objects
  done

class wide =
  object (self)
    method m00 = 0 method m01 = 1 method m02 = 2 method m03 = 3 method m04 = 4
    method m05 = 5 method m06 = 6 method m07 = 7 method m08 = 8 method m09 = 9
    method m10 = 10 method m11 = 11 method m12 = 12 method m13 = 13 method m14 = 14
    method m15 = 15 method m16 = 16 method m17 = 17 method m18 = 18 method m19 = 19
    method alpha = 100 method beta = 101 method gamma = 102 method delta = 103 method epsilon = 104
    method zeta = 105 method eta = 106 method theta = 107 method iota = 108 method kappa = 109
    method lambda = 110 method mu = 111 method nu = 112 method xi = 113 method omicron = 114
    method pi = 115 method rho = 116 method sigma = 117 method tau = 118 method upsilon = 119
    method phi = 120 method chi = 121 method psi = 122 method omega = 123
    method get_first = 1000 method get_second = 1001 method get_third = 1002
    method set_first = 2000 method set_second = 2001 method set_third = 2002
    method a = 1 method b = 2 method c = 3 method d = 4 method e = 5 method f = 6 method g = 7
    method a' = 10 method b' = 20 method _c = 30
    method private hidden1 = 5000
    method private hidden2 = 5001
    method all_private = self#hidden1 + self#hidden2
  end

let () =
  let w = new wide in
  let sum =
    w#m00 + w#m01 + w#m02 + w#m03 + w#m04 + w#m05 + w#m06 + w#m07 + w#m08 + w#m09 + w#m10 + w#m11 + w#m12
    + w#m13 + w#m14 + w#m15 + w#m16 + w#m17 + w#m18 + w#m19
  in
  Printf.printf "%d\n" sum;
  let greek =
    [ w#alpha; w#beta; w#gamma; w#delta; w#epsilon; w#zeta; w#eta; w#theta; w#iota; w#kappa; w#lambda; w#mu; w#nu;
      w#xi; w#omicron; w#pi; w#rho; w#sigma; w#tau; w#upsilon; w#phi; w#chi; w#psi; w#omega ]
  in
  List.iter (Printf.printf "%d ") greek;
  print_newline ();
  Printf.printf "%d %d %d %d %d %d\n" w#get_first w#get_second w#get_third w#set_first w#set_second w#set_third;
  Printf.printf "%d %d %d %d %d %d %d %d %d %d\n" w#a w#b w#c w#d w#e w#f w#g w#a' w#b' w#_c;
  Printf.printf "%d\n" w#all_private

class wider =
  object
    inherit wide
    method! m07 = 70
    method! omega = 1230
    method! private hidden1 = 6000
    method extra = 9
  end

let () =
  let w = new wider in
  Printf.printf "%d %d %d %d %d\n" w#m06 w#m07 w#omega w#all_private w#extra

(* Arities: methods that return functions, partial applications, more arguments than parameters, labels. *)
class arities =
  object
    method none = 1
    method one x = x + 1
    method two x y = (x * 10) + y
    method curried x =
      let k = x * 100 in
      fun y -> k + y
    method labelled ~a ?(b = 5) c = Printf.sprintf "%d-%d-%d" a b c
    method pair (x, y) = x - y
    method cases = function 0 -> "zero" | n when n < 0 -> "negative" | _ -> "positive"
    method many (a : int) b c d e f g h i j = [ a; b; c; d; e; f; g; h; i; j ]
    method unit () = "unit"
    val mutable f = fun x -> x * 2
    method call_f = f
    method set_f g = f <- g
  end

let () =
  let o = new arities in
  let two = o#two and one = o#one in
  let add7 = two 7 in
  Printf.printf "%d %d %d %d %d\n" o#none (one 1) (add7 3) (o#curried 2 3) ((o#curried 4) 5);
  print_endline (o#labelled ~a:1 3);
  print_endline (o#labelled 3 ~b:2 ~a:1);
  let l = o#labelled ~b:9 in
  print_endline (l ~a:8 7);
  Printf.printf "%d %s %s %s %s\n" (o#pair (5, 3)) (o#cases 0) (o#cases (-3)) (o#cases 3) (o#unit ());
  Printf.printf "%d\n" (List.fold_left ( + ) 0 (o#many 1 2 3 4 5 6 7 8 9 10));
  Printf.printf "%d " (o#call_f 21);
  o#set_f (fun x -> x - 1);
  Printf.printf "%d\n" (o#call_f 21);
  List.iter (Printf.printf "%d ") (List.map o#one [ 1; 2; 3 ]);
  List.iter (Printf.printf "%d ") (List.map2 o#two [ 1; 2; 3 ] [ 4; 5; 6 ]);
  print_newline ()

(* The receiver is evaluated after the arguments. *)
let trace s v = print_string (s ^ " "); v

let () =
  let o = new arities in
  ignore ((trace "receiver" o)#two (trace "first" 1) (trace "second" 2));
  print_newline ()

(* stdout {expected|
a.f a.g!
b.f b.g!
a.f c.g!
d.f b.g!
im.f im.g!
a.f a.g!
b.f b.g!
a.f c.g!
d.f b.g!
im.f im.g!
a.f a.g!
b.f b.g!
a.f c.g!
d.f b.g!
im.f im.g!
190
100 101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116 117 118 119 120 121 122 123 
1000 1001 1002 2000 2001 2002
1 2 3 4 5 6 7 10 20 30
10001
6 70 1230 11001 9
1 2 73 203 405
1-5-3
1-2-3
8-9-7
2 zero negative positive unit
55
42 20
2 3 4 14 25 36 
second first receiver 
|expected} *)
