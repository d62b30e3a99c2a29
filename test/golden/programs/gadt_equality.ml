(* Equality witnesses: what they prove, and how modules export them. *)
type (_, _) eq = Refl : ('a, 'a) eq

let cast : type a b. (a, b) eq -> a -> b = fun Refl x -> x
let sym : type a b. (a, b) eq -> (b, a) eq = fun Refl -> Refl
let trans : type a b c. (a, b) eq -> (b, c) eq -> (a, c) eq = fun Refl Refl -> Refl
let lift : type a b. (a, b) eq -> (a list, b list) eq = fun Refl -> Refl
let arrow : type a b c d. (a, b) eq -> (c, d) eq -> (a -> c, b -> d) eq = fun Refl Refl -> Refl
let element : type a b. (a list, b list) eq -> (a, b) eq = fun Refl -> Refl
let parts : type a b c d. (a * c, b * d) eq -> (a, b) eq * (c, d) eq = fun Refl -> Refl, Refl

(* Leibniz: equal types can replace each other in any context. *)
module Context (F : sig type 'a t end) = struct
  let subst : type a b. (a, b) eq -> (a F.t, b F.t) eq = fun Refl -> Refl
end

module Arrays = Context (struct type 'a t = ('a * int) array end)

(* An abstract type with a secret that the module gives away on demand. *)
module Meters : sig
  type t
  val of_float : float -> t
  val reveal : string -> (t, float) eq option
end = struct
  type t = float
  let of_float x = x
  let reveal password = if password = "sesame" then Some Refl else None
end

let read password (m : Meters.t) =
  match Meters.reveal password with
  | Some Refl -> Printf.sprintf "%g m" (m +. 0.5)
  | None -> "secret"

(* Injective parameters let an equality of applications be taken apart. *)
module Box : sig
  type !'a t
  val make : 'a -> 'a t
  val get : 'a t -> 'a
end = struct
  type 'a t = { value : 'a }
  let make value = { value }
  let get { value } = value
end

let inner : type a b. (a Box.t, b Box.t) eq -> a -> b = fun Refl x -> x

(* No value has this type. *)
let absurd : (int, string) eq -> 'a = function _ -> .

type 'a test = Is_int : int test | Other : ('a, int) eq option -> 'a test

let as_int : type a. a test -> a -> int = fun test x ->
  match test with
  | Is_int -> x
  | Other (Some Refl) -> x + 100
  | Other None -> -1

let () =
  Printf.printf "%d\n" (cast (trans Refl (sym Refl)) 5);
  Printf.printf "%d\n" (List.length (cast (lift Refl) [ 1; 2; 3 ]));
  Printf.printf "%d\n" (cast (arrow Refl Refl) succ 7);
  let first, second = parts Refl in
  Printf.printf "%d %s\n" (cast first 1) (cast second "two");
  Printf.printf "%c\n" (cast (element Refl) 'c');
  let a = cast (Arrays.subst Refl) [| (1, 2) |] in
  Printf.printf "%d\n" (Array.length a);
  print_endline (read "open" (Meters.of_float 2.));
  print_endline (read "sesame" (Meters.of_float 2.));
  Printf.printf "%d\n" (inner Refl (Box.get (Box.make 9)));
  List.iter (Printf.printf "%d ") [ as_int Is_int 1; as_int (Other (Some Refl)) 1; as_int (Other None) 1 ];
  print_endline (as_int (Other None) "x" |> string_of_int);
  ignore (absurd : (int, string) eq -> unit)

(* stdout {expected|
5
3
8
1 two
c
1
secret
2.5 m
9
1 101 -1 -1
|expected} *)
