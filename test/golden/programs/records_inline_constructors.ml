(* Inline records: matching, updating, mutable fields, in exceptions, extensible types and GADTs. *)

type shape =
  | Circle of { radius : float; mutable label : string }
  | Rectangle of { width : float; height : float; mutable label : string }
  | Group of { shapes : shape list; name : string option }
  | Empty

let rec area = function
  | Circle { radius; _ } -> 3. *. radius *. radius
  | Rectangle { width = w; height = h; _ } -> w *. h
  | Group { shapes; _ } -> List.fold_left (fun a s -> a +. area s) 0. shapes
  | Empty -> 0.

let rename text = function
  | Circle c -> c.label <- text
  | Rectangle r -> r.label <- text ^ Printf.sprintf " %gx%g" r.width r.height
  | Group _ | Empty -> ()

(* The record can be bound, read, and used in [with], as long as it stays under its constructor. *)
let rec scale k = function
  | Circle c -> Circle { c with radius = k *. c.radius }
  | Rectangle ({ width; _ } as r) -> Rectangle { r with width = k *. width; height = k *. r.height }
  | Group ({ shapes; _ } as g) -> Group { g with shapes = List.map (scale k) shapes }
  | Empty -> Empty

let label = function
  | Circle { label; _ } | Rectangle { label; _ } | Group { name = Some label; _ } -> label
  | Group { name = None; _ } -> "(group)"
  | Empty -> "(empty)"

exception Parse_error of { line : int; column : int; message : string }

let parse text =
  String.iteri
    (fun i c -> if c = '?' then raise (Parse_error { line = 1; column = i; message = "unexpected ?" }))
    text;
  String.length text

type message = ..
type message += Text of { from : string; body : string } | Ping of { mutable count : int }

let handle = function
  | Text { from; body } -> from ^ " says " ^ body
  | Ping p ->
    p.count <- p.count + 1;
    Printf.sprintf "ping %d" p.count
  | _ -> "?"

type _ term =
  | Int : { value : int } -> int term
  | If : { condition : bool term; yes : 'a term; no : 'a term } -> 'a term
  | Less : { left : int term; right : int term } -> bool term

let rec eval : type a. a term -> a = function
  | Int { value } -> value
  | If { condition; yes; no } -> if eval condition then eval yes else eval no
  | Less { left; right } -> eval left < eval right

(* Recursive values through inline records. *)
type ring = Node of { value : int; next : ring }

let rec ring = Node { value = 1; next = Node { value = 2; next = ring } }
let rec take n (Node { value; next }) = if n = 0 then [] else value :: take (n - 1) next

let () =
  let c = Circle { radius = 2.; label = "c" } in
  let r = Rectangle { label = "r"; height = 3.; width = 4. } in
  let g = Group { shapes = [ c; r; Empty ]; name = None } in
  Printf.printf "%g %g\n" (area g) (area (scale 2. g));
  let copy = scale 1. c in
  rename "renamed" c;
  rename "box" r;
  print_endline (String.concat ", " (List.map label [ c; r; g; copy; Empty ]));
  print_endline (label (Group { shapes = []; name = Some "named" }));
  (try Printf.printf "%d\n" (parse "fine"); Printf.printf "%d\n" (parse "oh?")
   with Parse_error { column; message; _ } as e ->
     Printf.printf "%s at %d\n" message column;
     print_endline (Printexc.to_string e));
  let ping = Ping { count = 0 } in
  print_endline (handle (Text { from = "me"; body = "hello" }));
  ignore (handle ping);
  print_endline (handle ping);
  let less = Less { left = Int { value = 1 }; right = Int { value = 2 } } in
  Printf.printf "%d\n" (eval (If { condition = less; yes = Int { value = 10 }; no = Int { value = 20 } }));
  List.iter (Printf.printf "%d ") (take 5 ring);
  print_newline ()

(* stdout {expected|
24 96
renamed, box 4x3, (group), c, (empty)
named
4
unexpected ? at 2
Records_inline_constructors.Parse_error(1, 2, "unexpected ?")
me says hello
ping 2
10
1 2 1 2 1 
|expected} *)
