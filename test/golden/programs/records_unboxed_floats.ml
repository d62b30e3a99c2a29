(* Records of floats, unboxed records and constructors, and how generic operations see them. *)

type vector = { x : float; y : float; mutable z : float }
type mixed = { f : float; n : int }
type wrapped = { text : string } [@@unboxed]
type celsius = Celsius of float [@@unboxed]
type any = Any : 'a list -> any [@@unboxed]
type identity = { apply : 'a. 'a -> 'a } [@@unboxed]

let dot a b = (a.x *. b.x) +. (a.y *. b.y) +. (a.z *. b.z)
let cross a b =
  { x = (a.y *. b.z) -. (a.z *. b.y); y = (a.z *. b.x) -. (a.x *. b.z); z = (a.x *. b.y) -. (a.y *. b.x) }
let show v = Printf.sprintf "<%g %g %g>" v.x v.y v.z

let celsius_to_string (Celsius t) = Printf.sprintf "%.1f C" t
let length (Any l) = List.length l

(* A record of floats is compared, hashed and copied as floats. *)
let compare_vectors () =
  let a = { x = 1.; y = nan; z = 0. } in
  let b = { a with z = -0. } in
  Printf.printf "%b %d %b\n" (a = b) (compare a b) (a == a);
  let p = { x = 1.; y = 2.; z = 0. } and q = { x = 1.; y = 2.; z = -0. } in
  Printf.printf "%b %d %b\n" (p = q) (compare p q) (Hashtbl.hash p = Hashtbl.hash q);
  Printf.printf "%d %d\n" (compare p { p with y = 3. }) (compare { p with x = infinity } p)

let accumulate n =
  let total = { x = 0.; y = 1.; z = 0. } in
  for i = 1 to n do
    total.z <- total.z +. (1. /. float_of_int i)
  done;
  total.z

(* Polymorphic code over float fields, and float fields in patterns. *)
let classify = function
  | { x = 0.; y = 0.; z = 0. } -> "origin"
  | { x; y = 0.; z = 0. } -> Printf.sprintf "x axis at %g" x
  | { z; _ } when z < 0. -> "below"
  | _ -> "above"

let swap_fields ({ x; y; _ } as v) = { v with x = y; y = x }

let rec self = { x = 1.5; y = 2.5; z = 3.5 }
and others = [ self; { x = 0.; y = 0.; z = 0. } ]

let () =
  let a = { x = 1.; y = 0.; z = 0. } and b = { x = 0.; y = 1.; z = 0. } in
  print_endline (show (cross a b));
  Printf.printf "%g\n" (dot { a with z = 2. } { b with z = 4. });
  compare_vectors ();
  Printf.printf "%.6f\n" (accumulate 100);
  List.iter (fun v -> print_endline (classify v)) [ { a with x = 0. }; a; { b with z = -1. }; b ];
  print_endline (show (swap_fields { x = 1.; y = 2.; z = 3. }));
  print_endline (String.concat " " (List.map show others));
  let m = { f = 0.5; n = 3 } in
  Printf.printf "%g\n" (m.f *. float_of_int m.n);
  print_endline (celsius_to_string (Celsius 36.6));
  Printf.printf "%b %b\n" (Celsius 1. = Celsius 1.) ({ text = "a" } < { text = "b" });
  Printf.printf "%d %d\n" (length (Any [ 'a' ])) (length (Any [ 1; 2; 3 ]));
  let id = { apply = (fun x -> x) } in
  Printf.printf "%d %s\n" (id.apply 1) (id.apply "one");
  let array = Array.init 3 (fun i -> { x = float_of_int i; y = 0.; z = 0. }) in
  array.(1).z <- 9.;
  Array.iter (fun v -> print_string (show v)) array;
  print_newline ()

(* stdout {expected|
<0 0 1>
8
false 0 true
true 0 true
-1 1
5.187378
origin
x axis at 1
below
above
<2 1 3>
<1.5 2.5 3.5> <0 0 0>
1.5
36.6 C
true true
1 3
1 one
<0 0 0><1 0 9><2 0 0>
|expected} *)
