(* Immediate objects: what they capture, when they are made. *)

let make_counter start step =
  object
    val mutable n = start
    method next =
      n <- n + step;
      n
    method reset = n <- start
  end

let () =
  let a = make_counter 0 1 and b = make_counter 100 10 in
  Printf.printf "%d %d " a#next b#next;
  Printf.printf "%d %d " a#next b#next;
  a#reset;
  Printf.printf "%d %d\n" a#next b#next

(* Floats, functions and polymorphic values are captured. *)
let make_scaler factor f default =
  object (self)
    method scale x = x *. factor
    method map l = List.map (fun x -> f (self#scale x)) l
    method default = default
  end

let () =
  let s = make_scaler 1.5 (Printf.sprintf "%g") "none" in
  print_endline (String.concat " " (s#map [ 1.; 2.; 3. ]));
  let i = make_scaler 0.5 int_of_float [ 1; 2 ] in
  Printf.printf "%d %d\n" (List.hd (i#map [ 9. ])) (List.length i#default)

(* In a loop. *)
let () =
  let objects = ref [] in
  for i = 1 to 5 do
    objects :=
      object
        method square = i * i
        method plus j = i + j
      end
      :: !objects
  done;
  List.iter (fun o -> Printf.printf "%d/%d " o#square (o#plus 10)) !objects;
  print_newline ()

(* Nested: inner objects mention self, variables and methods of outer ones. *)
let outer name =
  object (outer)
    val mutable count = 0
    method name = name
    method count = count
    method inner suffix =
      object (inner)
        val full = name ^ suffix
        method hit =
          count <- count + 1;
          Printf.printf "%s hit, %d\n" inner#full count
        method full = full ^ "@" ^ outer#name
        method deeper =
          object
            method hit_twice =
              inner#hit;
              inner#hit;
              count
          end
      end
  end

let () =
  let o = outer "o" in
  let i = o#inner "1" and j = o#inner "2" in
  i#hit;
  j#hit;
  Printf.printf "%d %d\n" i#deeper#hit_twice o#count

(* Inheriting from a class, from a local class, from a class of a functor's argument. *)
class greeter name =
  object (self)
    method greet = "hello " ^ self#who
    method who = name
  end

let polite title =
  object
    inherit greeter "nobody" as super
    method! who = title ^ " " ^ super#who
  end

let () = print_endline ((polite "Mr")#greet ^ ", " ^ (polite "Mrs")#greet)

let local n =
  let module L = struct
    class c =
      object
        method n = n
        method next = n + 1
      end
  end in
  object
    inherit L.c as super
    method! next = super#next * 100
  end

let () =
  List.iter (fun n -> let o = local n in Printf.printf "%d %d;" o#n o#next) [ 1; 2; 3 ];
  print_newline ()

module type NAMED = sig
  class named : object
    method name : string
  end
end

module Shout (N : NAMED) = struct
  let make suffix =
    object
      inherit N.named as super
      method! name = String.uppercase_ascii super#name ^ suffix
    end
end

module A = Shout (struct class named = object method name = "a" end end)
module B = Shout (struct class named = object method name = "b" end end)

let () =
  let names = [ (A.make "1")#name; (B.make "2")#name; (A.make "3")#name; (B.make "4")#name ] in
  print_endline (String.concat " " names)

(* Recursive functions that make objects. *)
let rec tree depth =
  object
    method depth = depth
    method children = if depth = 0 then [] else [ tree (depth - 1); tree (depth - 1) ]
    method count = 1
  end

let rec size t = List.fold_left (fun n c -> n + size c) t#count t#children
let () = Printf.printf "%d\n" (size (tree 6))

(* An immediate object as an argument, with initializers and private methods. *)
let run o = o#run

let () =
  let trace = Buffer.create 10 in
  let result =
    run
      (object (self)
         val mutable state = 1
         method private step k = state <- state * k
         method run =
           self#step 2;
           self#step 3;
           Buffer.add_string trace "run;";
           state
         initializer
           Buffer.add_string trace "init;";
           state <- 7
       end)
  in
  Printf.printf "%d %s\n" result (Buffer.contents trace)

(* stdout {expected|
1 110 2 120 1 130
1.5 3 4.5
4 2
25/15 16/14 9/13 4/12 1/11 
o1@o hit, 1
o2@o hit, 2
o1@o hit, 3
o1@o hit, 4
4 2
hello Mr nobody, hello Mrs nobody
1 200;2 300;3 400;
A1 B2 A3 B4
127
42 init;run;
|expected} *)
