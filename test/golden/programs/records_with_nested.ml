(* Functional update of nested records: what is copied, what is shared, in which order things are evaluated. *)

type point = { x : int; y : int }
type style = { colour : string; width : float; dash : int list }
type shape = { name : string; origin : point; style : style; mutable hits : int }
type drawing = { title : string; shapes : shape list; selected : shape option }

let default = { colour = "black"; width = 1.; dash = [] }
let shape name x y = { name; origin = { x; y }; style = default; hits = 0 }

let show s =
  Printf.sprintf "%s@%d,%d %s/%g/%s hits=%d" s.name s.origin.x s.origin.y s.style.colour s.style.width
    (String.concat "-" (List.map string_of_int s.style.dash))
    s.hits

(* Lenses make deep updates composable. *)
type ('whole, 'part) lens = { get : 'whole -> 'part; set : 'part -> 'whole -> 'whole }

let ( |-- ) outer inner =
  { get = (fun w -> inner.get (outer.get w)); set = (fun p w -> outer.set (inner.set p (outer.get w)) w) }

let over lens f w = lens.set (f (lens.get w)) w
let origin = { get = (fun s -> s.origin); set = (fun origin s -> { s with origin }) }
let style = { get = (fun s -> s.style); set = (fun style s -> { s with style }) }
let x = { get = (fun p -> p.x); set = (fun x p -> { p with x }) }
let width = { get = (fun s -> s.width); set = (fun width s -> { s with width }) }

let noisy label value =
  Printf.printf "%s " label;
  value

let () =
  let a = shape "a" 1 2 in
  let b = { a with name = "b"; origin = { a.origin with y = 20 } } in
  print_endline (show a);
  print_endline (show b);
  (* What is not named is shared; a mutable field is copied. *)
  Printf.printf "%b %b\n" (a.style == b.style) (a.origin == b.origin);
  b.hits <- 5;
  Printf.printf "%d %d\n" a.hits b.hits;
  let c = { b with style = { b.style with dash = [ 4; 2 ]; width = 2.5 } } in
  print_endline (show c);
  print_endline (show (over (origin |-- x) (fun x -> x * 10) c));
  print_endline (show (over (style |-- width) sqrt { c with style = { c.style with width = 16. } }));
  Printf.printf "%d %g\n" ((origin |-- x).get a) ((style |-- width).get c);
  (* Fields are evaluated from the last of the type to the first, whatever order they are written in. *)
  let p = { x = noisy "x" 1; y = noisy "y" 2 } in
  let q = { y = noisy "y" 3; x = noisy "x" 4 } in
  Printf.printf "%d %d\n" p.y q.x;
  let r = { (noisy "record" c.style) with dash = noisy "dash" [ 1 ]; colour = noisy "colour" "red" } in
  Printf.printf "%s %g\n" r.colour r.width;
  (* Updating inside lists and options. *)
  let move dx s = over (origin |-- x) (( + ) dx) s in
  let drawing = { title = "t"; shapes = [ a; b; c ]; selected = Some c } in
  let moved =
    { drawing with shapes = List.map (move 100) drawing.shapes; selected = Option.map (move (-1)) drawing.selected }
  in
  List.iter (fun s -> print_endline (show s)) moved.shapes;
  (match moved with
  | { selected = Some { name; origin = { x; _ }; style = { dash = first :: _; _ }; _ }; title; _ } ->
    Printf.printf "%s %s %d %d\n" title name x first
  | _ -> print_endline "nothing selected")

(* stdout {expected|
a@1,2 black/1/ hits=0
b@1,20 black/1/ hits=0
true false
0 5
b@1,20 black/2.5/4-2 hits=5
b@10,20 black/2.5/4-2 hits=5
b@1,20 black/4/4-2 hits=5
1 2.5
y x y x 2 4
record dash colour red 2.5
a@101,2 black/1/ hits=0
b@101,20 black/1/ hits=5
b@101,20 black/2.5/4-2 hits=5
t b 0 4
|expected} *)
