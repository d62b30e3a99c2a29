(* GADTs in functors and with first-class modules. *)
module type KEY = sig
  type 'a t
  type (_, _) order = Less : ('a, 'b) order | Equal : ('a, 'a) order | Greater : ('a, 'b) order
  val compare : 'a t -> 'b t -> ('a, 'b) order
  val name : 'a t -> string
end

(* A map whose values have the type that the key tells. *)
module Table (K : KEY) : sig
  type t
  val empty : t
  val add : 'a K.t -> 'a -> t -> t
  val find : 'a K.t -> t -> 'a option
  val names : t -> string list
end = struct
  type t = Leaf | Node : t * 'a K.t * 'a * t -> t

  let empty = Leaf

  let rec add : type a. a K.t -> a -> t -> t = fun key v -> function
    | Leaf -> Node (Leaf, key, v, Leaf)
    | Node (l, k, old, r) -> (
        match K.compare key k with
        | K.Less -> Node (add key v l, k, old, r)
        | K.Equal -> Node (l, key, v, r)
        | K.Greater -> Node (l, k, old, add key v r))

  let rec find : type a. a K.t -> t -> a option = fun key -> function
    | Leaf -> None
    | Node (l, k, v, r) -> (
        match K.compare key k with
        | K.Less -> find key l
        | K.Equal -> Some v
        | K.Greater -> find key r)

  let rec names = function
    | Leaf -> []
    | Node (l, k, _, r) -> names l @ (K.name k :: names r)
end

module Key = struct
  type 'a t = Width : int t | Title : string t | Scale : float t | Point : (int * int) t
  type (_, _) order = Less : ('a, 'b) order | Equal : ('a, 'a) order | Greater : ('a, 'b) order

  let rank : type a. a t -> int = function Point -> 0 | Scale -> 1 | Title -> 2 | Width -> 3

  let compare : type a b. a t -> b t -> (a, b) order = fun x y ->
    match x, y with
    | Width, Width -> Equal
    | Title, Title -> Equal
    | Scale, Scale -> Equal
    | Point, Point -> Equal
    | _ -> if rank x < rank y then Less else Greater

  let name : type a. a t -> string = function
    | Width -> "width" | Title -> "title" | Scale -> "scale" | Point -> "point"
end

module T = Table (Key)

(* A witness that carries a module. *)
module type NUMBER = sig
  type t
  val zero : t
  val add : t -> t -> t
  val show : t -> string
end

type _ number =
  | Small : int number
  | Module : (module NUMBER with type t = 'a) -> 'a number

let sum (type a) (number : a number) (l : a list) : string =
  match number with
  | Small -> string_of_int (List.fold_left ( + ) 0 l)
  | Module (module N) -> N.show (List.fold_left N.add N.zero l)

module Text = struct
  type t = string
  let zero = ""
  let add = ( ^ )
  let show = Printf.sprintf "%S"
end

type packed = Packed : (module NUMBER with type t = 'a) * 'a list -> packed

let total (Packed (m, l)) = sum (Module m) l

(* A module type that says which type the module is about. *)
module type TYPED = sig type t type _ ty = Int : int ty | Str : string ty val ty : t ty val v : t end

let describe (module M : TYPED) = match M.ty with M.Int -> string_of_int (M.v + 1) | M.Str -> M.v ^ "!"

let () =
  let t = T.(empty |> add Key.Width 80 |> add Key.Title "table" |> add Key.Point (1, 2) |> add Key.Width 100) in
  (match T.find Key.Width t, T.find Key.Title t, T.find Key.Scale t, T.find Key.Point t with
   | Some w, Some s, None, Some (x, y) -> Printf.printf "%d %s %d,%d\n" (w + 1) (s ^ "!") x y
   | _ -> print_endline "wrong");
  print_endline (String.concat " " (T.names t));
  print_endline (sum Small [ 1; 2; 3 ]);
  print_endline (sum (Module (module Text)) [ "a"; "b" ]);
  let float = (module struct type t = float let zero = 0. let add = ( +. ) let show = Printf.sprintf "%g" end : NUMBER with type t = float) in
  List.iter (fun p -> print_endline (total p)) [ Packed (float, [ 1.5; 2.25 ]); Packed ((module Text), [ "x" ]) ];
  print_endline (describe (module struct type t = int type _ ty = Int : int ty | Str : string ty let ty = Int let v = 41 end));
  print_endline (describe (module struct type t = string type _ ty = Int : int ty | Str : string ty let ty = Str let v = "s" end))

(* stdout {expected|
101 table! 1,2
point title width
6
"ab"
3.75
"x"
42
s!
|expected} *)
