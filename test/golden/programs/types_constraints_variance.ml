(* Constraints on parameters, variance annotations, recursive and cyclic types through variants, nonrec, phantom types. *)
type 'a pair_list = ('b * 'c) list constraint 'a = 'b * 'c
type +'a producer = unit -> 'a
type -'a consumer = 'a -> unit
type ('a, 'b) either = Left of 'a | Right of 'b
type 'a tree = Tree of 'a * 'a forest and 'a forest = 'a tree list

module Unit : sig
  type 'u t constraint 'u = [< `Metre | `Second ]
  val metres : float -> [ `Metre ] t
  val seconds : float -> [ `Second ] t
  val add : 'u t -> 'u t -> 'u t
  val show : 'u t -> string
end = struct
  type 'u t = float constraint 'u = [< `Metre | `Second ]
  let metres x = x
  let seconds x = x
  let add = ( +. )
  let show = string_of_float
end

type t = Int of int
module Inner = struct
  type nonrec t = Wrapped of t
  let unwrap (Wrapped (Int n)) = n
end

type 'a fix = Fix of ('a fix -> 'a)
let y f = let g (Fix x as w) = f (fun a -> x w a) in g (Fix g)

let rec size (Tree (_, f)) = 1 + List.fold_left (fun n t -> n + size t) 0 f
let rec map f (Tree (x, l)) = Tree (f x, List.map (map f) l)
let rec flatten (Tree (x, l)) = x :: List.concat_map flatten l

let produce : [ `A ] producer = fun () -> `A
let wide = (produce :> [ `A | `B ] producer)
let consume : [ `A | `B ] consumer = function `A -> print_endline "A" | `B -> print_endline "B"
let narrow = (consume :> [ `A ] consumer)

let swap (l : ('a * 'b) pair_list) : ('b * 'a) pair_list = List.map (fun (a, b) -> (b, a)) l

let () =
  List.iter (fun (a, b) -> Printf.printf "%s%d " a b) (swap [ (1, "a"); (2, "b") ]);
  print_newline ();
  print_endline Unit.(show (add (metres 1.5) (metres 2.)));
  Printf.printf "%d\n" (Inner.unwrap (Inner.Wrapped (Int 5)));
  Printf.printf "%d\n" (y (fun self n -> if n = 0 then 1 else n * self (n - 1)) 10);
  let t = Tree (1, [ Tree (2, []); Tree (3, [ Tree (4, []) ]) ]) in
  Printf.printf "%d %s\n" (size t) (String.concat "," (List.map string_of_int (flatten (map (( * ) 2) t))));
  narrow (produce ());
  consume (wide ())

(* stdout {expected|
a1 b2 
3.5
5
3628800
4 2,4,6,8
A
A
|expected} *)
