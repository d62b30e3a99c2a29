(* Objects without classes: row polymorphism, width and depth subtyping, records of closures, duck typing. *)

let point x y = object method x = x method y = y end
let pixel x y colour = object method x = x method y = y method colour : string = colour end

(* Any object with these methods will do. *)
let norm1 p = abs p#x + abs p#y
let closest l = List.fold_left (fun best p -> if norm1 p < norm1 best then p else best) (List.hd l) (List.tl l)

(* The row variable keeps the other methods. *)
let tap f o = f o; o
let both f g = object method first = f method second = g end

type readable = < read : int -> string >
type file = < read : int -> string; write : string -> unit; close : unit >

let memory_file () : file =
  let content = Buffer.create 16 and position = ref 0 and opened = ref true in
  object
    method read n =
      if not !opened then failwith "closed";
      let n = min n (Buffer.length content - !position) in
      let s = Buffer.sub content !position n in
      position := !position + n;
      s
    method write s = Buffer.add_string content s
    method close = opened := false
  end

let copy ~from:(r : < read : int -> string; .. >) ~into:(w : < write : string -> unit; .. >) =
  let rec go total = match r#read 4 with "" -> total | s -> w#write s; go (total + String.length s) in
  go 0

(* Depth subtyping: methods may give subtypes, and take supertypes. *)
type animal = < name : string >
type dog = < name : string; bark : string >

let dog name : dog = object method name = name method bark = name ^ "!" end
let kennel d = object method get : dog = d method feed (a : animal) = "fed " ^ a#name end
let shelter (k : < get : dog; feed : animal -> string >) = (k :> < get : animal; feed : dog -> string >)

(* Optional methods by variants of objects; dispatch tables of objects. *)
let shapes = [ ("square", fun n -> object method area = n *. n method name = "square" end); ("disc", fun n -> object method area = 3. *. n *. n method name = "disc" end) ]

(* Delegation and decoration. *)
let counted (inner : < run : int -> int; .. >) =
  object
    val mutable calls = 0
    method run n = calls <- calls + 1; inner#run n
    method calls = calls
  end

let memoised inner =
  let table = Hashtbl.create 8 in
  object
    method run n = match Hashtbl.find_opt table n with Some r -> r | None -> let r = inner#run n in Hashtbl.add table n r; r
  end

let () =
  Printf.printf "%d %s\n" (norm1 (point 3 (-4))) (closest [ pixel 5 5 "red"; pixel 1 2 "blue" ])#colour;
  Printf.printf "%d\n" (tap (fun p -> Printf.printf "%d " p#x) (point 7 8))#y;
  Printf.printf "%d%s\n" (both 1 "two")#first (both 1 "two")#second;
  let a = memory_file () and b = memory_file () in
  a#write "hello objects";
  Printf.printf "%d " (copy ~from:a ~into:b);
  print_endline (b#read 100);
  b#close;
  (match (b :> readable)#read 1 with _ -> () | exception Failure m -> print_endline m);
  let s = shelter (kennel (dog "Rex")) in
  print_endline (s#get#name ^ " " ^ s#feed (dog "Fido"));
  List.iter (fun (_, make) -> let o = make 2. in Printf.printf "%s %g; " o#name o#area) shapes;
  print_newline ();
  let slow = object method run n = n * n end in
  let c = counted slow in
  let m = memoised c in
  let results = List.map m#run [ 3; 4; 3; 3; 4 ] in
  Printf.printf "%s %d\n" (String.concat "," (List.map string_of_int results)) c#calls;
  let l = [ (point 1 2 :> < x : int >); (pixel 3 4 "c" :> < x : int >); object method x = 5 end ] in
  Printf.printf "%d\n" (List.fold_left (fun t o -> t + o#x) 0 l)

(* stdout {expected|
7 blue
7 8
1two
13 hello objects
closed
Rex fed Fido
square 4; disc 12; 
9,16,9,9,16 2
9
|expected} *)
