(* The manual's strings, stacks, hash tables and sets as objects. *)

class ostring s =
  object
    method get n = String.get s n
    method print = print_string s
    method escaped = new ostring (String.escaped s)
    method repr = s
  end

class sub_string s =
  object
    inherit ostring s
    method sub start len = new sub_string (String.sub s start len)
  end

let () =
  let s = new sub_string "a\tbcd" in
  s#escaped#print;
  print_newline ();
  (s#sub 2 2)#print;
  print_newline ()

class better_string s =
  object (_ : 'mytype)
    val repr = s
    method get n = String.get repr n
    method print = print_string repr
    method escaped = {<repr = String.escaped repr>}
    method sub start len = {<repr = String.sub repr start len>}
    method concat (t : 'mytype) = {<repr = repr ^ t#repr>}
    method repr = repr
  end

class cstring n = better_string (String.make n '-')

class marked s =
  object
    inherit better_string s as super
    val mark = "*"
    method! print =
      print_string mark;
      super#print
    method with_mark m = {<mark = m>}
  end

let () =
  let a = new better_string "hello" and b = new cstring 3 in
  ((a#concat b)#concat a)#print;
  print_newline ();
  let m = new marked "text" in
  (((m#with_mark "!")#concat m)#sub 2 4)#print;
  m#print;
  print_newline ();
  Printf.printf "%c %s\n" (a#get 1) b#repr

exception Empty

class ['a] stack =
  object
    val mutable l = ([] : 'a list)
    method push x = l <- x :: l
    method pop = match l with [] -> raise Empty | a :: l' -> l <- l'; a
    method clear = l <- []
    method length = List.length l
    method fold : 'b. ('b -> 'a -> 'b) -> 'b -> 'b = fun f x -> List.fold_left f x l
  end

class ['a] stack_with_iter =
  object (self)
    inherit ['a] stack
    method iter (f : 'a -> unit) = self#fold (fun () x -> f x) ()
  end

let () =
  let s = new stack_with_iter in
  List.iter s#push [ "a"; "b"; "c" ];
  s#iter print_string;
  print_string s#pop;
  Printf.printf " %d %s\n" s#length (s#fold ( ^ ) "");
  s#clear;
  match s#pop with _ -> () | exception Empty -> print_endline "empty"

class type ['a, 'b] hash_table =
  object
    method find : 'a -> 'b
    method add : 'a -> 'b -> unit
  end

class ['a, 'b] small_hashtbl : ['a, 'b] hash_table =
  object
    val mutable table = []
    method find key = List.assoc key table
    method add key value = table <- (key, value) :: table
  end

class ['a, 'b] hashtbl size : ['a, 'b] hash_table =
  object (self)
    val table = Array.init size (fun _ -> new small_hashtbl)
    method private hash key = Hashtbl.hash key mod Array.length table
    method find key = table.(self#hash key)#find key
    method add key = table.(self#hash key)#add key
  end

let () =
  let t = new hashtbl 7 in
  List.iteri (fun i w -> t#add w i) [ "zero"; "one"; "two"; "three"; "four"; "five"; "six"; "seven" ];
  Printf.printf "%d %d\n" (t#find "three") (t#find "seven");
  match t#find "eight" with _ -> () | exception Not_found -> print_endline "not found"

(* Sets with a hidden representation and a binary method. *)
module type SET = sig
  type 'a tag

  class ['a] c : object ('b)
    method is_empty : bool
    method mem : 'a -> bool
    method add : 'a -> 'b
    method union : 'b -> 'b
    method iter : ('a -> unit) -> unit
    method tag : 'a tag
  end
end

module Set : SET = struct
  let rec merge l1 l2 =
    match (l1, l2) with
    | [], l | l, [] -> l
    | h1 :: t1, h2 :: t2 -> if h1 < h2 then h1 :: merge t1 l2 else if h1 > h2 then h2 :: merge l1 t2 else merge t1 l2

  type 'a tag = 'a list

  class ['a] c =
    object (_ : 'b)
      val repr = ([] : 'a list)
      method is_empty = repr = []
      method mem x = List.exists (( = ) x) repr
      method add x = {<repr = merge [ x ] repr>}
      method union (s : 'b) = {<repr = merge repr s#tag>}
      method iter (f : 'a -> unit) = List.iter f repr
      method tag = repr
    end
end

let () =
  let s = (((new Set.c)#add 3)#add 1)#add 3 and t = ((new Set.c)#add 2)#add 9 in
  (s#union t)#iter (Printf.printf "%d ");
  Printf.printf "%b %b %b\n" (s#mem 2) ((s#union t)#mem 2) (new Set.c)#is_empty

(* stdout {expected|
a\tbcd
bc
hello---hello
!xtte*text
e ---
cbac 2 ba
empty
3 7
not found
1 2 3 9 false true true
|expected} *)
