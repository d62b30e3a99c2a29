(* What is generalised: values, and results whose variables are covariant only. *)

(* Applications are not generalised, unless the variable occurs in covariant places only. *)
let empty_lists = List.rev []
let nothing = if Random.bits () < 0 then None else None
let pairs = List.map (fun x -> x) []

module Collection : sig
  type +'a t
  val empty : unit -> 'a t
  val add : 'a -> 'a t -> 'a t
  val to_list : 'a t -> 'a list
end = struct
  type 'a t = 'a list
  let empty () = []
  let add = List.cons
  let to_list t = t
end

(* Abstract and covariant: one value for all types. *)
let shared = Collection.empty ()
let ints = Collection.add 1 shared
let texts = Collection.add "one" shared

(* Records with mutable fields are not generalised; eta-expansion helps functions. *)
let compose f g x = f (g x)
let twice f = compose f f
let map_twice f l = List.map (twice f) l
let ids = [ (fun x -> x) ]
let id = List.hd ids

(* A polymorphic function that makes references makes new ones each time. *)
let stack () =
  let items = ref [] in
  ((fun x -> items := x :: !items), fun () -> !items)

(* Weak variables are fixed by their first use. *)
let memory = ref []
let remember x = memory := x :: !memory

(* Polymorphism under constructors, tuples, records without mutable fields, and functions. *)
type 'a wrapped = { run : 'a -> 'a; tag : string }

let wrapped = { run = (fun x -> x); tag = "polymorphic" }
let (first, second) = ((fun x _ -> x), fun _ y -> y)
let choose = if true then first else second

(* Local lets generalise as well. *)
let local () =
  let pair x = (x, x) in
  (pair 1, pair "a")

(* Recursion is monomorphic inside, polymorphic outside; with an annotation, inside too. *)
type 'a perfect = One of 'a | Two of ('a * 'a) perfect

let rec size : 'a. 'a perfect -> int = function One _ -> 1 | Two p -> 2 * size p

let () =
  Printf.printf "%d %d\n" (List.length (1 :: empty_lists)) (String.length (String.concat "" ("a" :: empty_lists)));
  Printf.printf "%b %b\n" (nothing = Some 1) (nothing = Some "x");
  Printf.printf "%d\n" (List.length ((1, "a") :: pairs) + List.length ('c' :: pairs));
  Printf.printf "%d %s\n" (List.hd (Collection.to_list ints)) (List.hd (Collection.to_list texts));
  print_endline (String.concat "," (map_twice (fun s -> s ^ s) [ "a"; "b" ]));
  Printf.printf "%d %s\n" (List.hd (map_twice succ [ 1 ])) (string_of_int (id 3));
  let push_int, all_ints = stack () and push_text, all_texts = stack () in
  push_int 1; push_int 2; push_text "x";
  Printf.printf "%d %s\n" (List.length (all_ints ())) (List.hd (all_texts ()));
  remember 5;
  Printf.printf "%d\n" (List.hd !memory);
  Printf.printf "%d %s %s\n" (wrapped.run 1) (wrapped.run "r") wrapped.tag;
  Printf.printf "%d %s\n" (choose 1 2) (second 1 "y");
  let (a, _), (b, _) = local () in
  Printf.printf "%d%s %d\n" a b (size (Two (Two (One ((1, 2), (3, 4))))))

(* stdout {expected|
1 1
false false
2
1 one
aaaa,bbbb
3 3
2 x
5
1 r polymorphic
1 y
1a 4
|expected} *)
