(* Functional objects: {< … >}, Oo.copy, and what identity means. *)

class functional_point y =
  object
    val x = y
    method get_x = x
    method move d = {<x = x + d>}
    method move_to x = {<x>}
  end

let () =
  let p = new functional_point 7 in
  Printf.printf "%d %d %d %d\n" p#get_x (p#move 3)#get_x p#get_x (p#move_to 15)#get_x

class bad_functional_point y =
  object
    val x = y
    method get_x = x
    method move d = new bad_functional_point (x + d)
  end

let () = Printf.printf "%d\n" ((new bad_functional_point 1)#move 41)#get_x

(* A stack of values. *)
class ['a] stack =
  object (self)
    val items : 'a list = []
    method push x = {<items = x :: items>}
    method pop = match items with [] -> None | x :: rest -> Some (x, {<items = rest>})
    method size = List.length items
    method drain (f : 'a -> unit) : unit =
      match self#pop with
      | None -> ()
      | Some (x, rest) ->
          f x;
          rest#drain f
  end

let () =
  let s = ((new stack)#push 1)#push 2 in
  let t = s#push 3 in
  Printf.printf "%d %d\n" s#size t#size;
  t#drain (Printf.printf "%d ");
  s#drain (Printf.printf "%d ");
  print_newline ()

(* Copies. *)
class cell v =
  object
    val mutable v = v
    val mutable log : string list = []
    method get = v
    method set x =
      v <- x;
      log <- string_of_int x :: log
    method log = String.concat "," log
    method with_both a b = {<v = a + v; log = b :: log>}
    method same = {<>}
  end

let () =
  let c = new cell 1 in
  c#set 2;
  let d = Oo.copy c in
  d#set 3;
  c#set 4;
  Printf.printf "%d [%s] %d [%s]\n" c#get c#log d#get d#log;
  let e = (d#with_both 10 "x")#same in
  Printf.printf "%d [%s]\n" e#get e#log;
  Printf.printf "%b %b %b %b\n" (c = c) (c = d) (c == Oo.copy c) (compare c c = 0);
  Printf.printf "%b %b\n" (Oo.id c = Oo.id c) (Oo.id c = Oo.id d);
  Printf.printf "%b\n" (List.mem c [ d; e; c ])

(* Ids grow in the order of creation, so compare sorts by age. *)
let () =
  let objects = List.map (fun n -> (n, new cell n)) [ 3; 1; 2 ] in
  let shuffled = List.sort (fun (a, _) (b, _) -> compare a b) objects in
  let by_age = List.sort (fun (_, a) (_, b) -> compare a b) shuffled in
  List.iter (fun (n, _) -> Printf.printf "%d " n) by_age;
  print_newline ()

(* The copy is made before the new values are evaluated. *)
class ordered =
  object
    val mutable a = 1
    val b = 2
    method sum = a + b
    method change =
      {<b =
          (a <- 100;
           5)>}
  end

let () =
  let o = new ordered in
  let o' = o#change in
  Printf.printf "%d %d\n" o#sum o'#sum

(* As keys. *)
let () =
  let table = Hashtbl.create 10 in
  let a = new cell 1 and b = new cell 1 in
  Hashtbl.add table a "a";
  Hashtbl.add table b "b";
  Printf.printf "%s %s %b\n" (Hashtbl.find table a) (Hashtbl.find table b) (Hashtbl.mem table (Oo.copy a))

(* stdout {expected|
7 10 7 15
42
2 3
3 2 1 2 1 
4 [4,2] 3 [3,2]
13 [x,3,2]
true false false true
true false
true
3 1 2 
102 6
a b false
|expected} *)
