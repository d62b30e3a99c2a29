(* Every form of local open, in expressions, patterns, types and structures. *)

module Vector = struct
  type t = { x : float; y : float }
  type kind = Zero | Along of axis | General
  and axis = X | Y

  let ( + ) a b = { x = a.x +. b.x; y = a.y +. b.y }
  let ( * ) k v = { x = k *. v.x; y = k *. v.y }
  let ( .%() ) v i = if i = 0 then v.x else v.y
  let zero = { x = 0.; y = 0. }
  let show v = Printf.sprintf "(%g, %g)" v.x v.y

  let kind = function
    | { x = 0.; y = 0. } -> Zero
    | { y = 0.; _ } -> Along X
    | { x = 0.; _ } -> Along Y
    | _ -> General
end

(* Patterns: constructors, records, lists and arrays under one open. *)
let describe v =
  match Vector.kind v with
  | Vector.Zero -> "zero"
  | Vector.(Along X) -> "horizontal"
  | Vector.(Along Y | General) -> "other"

let mirror Vector.{ x; y } = Vector.{ x = y; y = x }

let axes = function
  | Vector.[ X; Y ] | Vector.[ Y; X ] -> "both"
  | [] -> "none"
  | _ -> "some"

let same_pair = function Vector.([| X; X |] | [| Y; Y |]) -> true | _ -> false

module Rational = struct
  type t = R of int * int
  let rec gcd a b = if b = 0 then a else gcd b (a mod b)
  let make n d = let g = gcd n d in R (n / g, d / g)
  let ( + ) (R (a, b)) (R (c, d)) = make ((a * d) + (c * b)) (b * d)
  let ( / ) = make
  let to_string (R (a, b)) = Printf.sprintf "%d/%d" a b
end

(* open of a structure, of a constrained module, of a functor's result. *)
open struct
  let secret = 42
  let reveal () = Printf.sprintf "secret %d" secret
end

open (Hashtbl : sig val hash : 'a -> int end)
module Chars = Map.Make (Char)

let tally text =
  let open Chars in
  Seq.fold_left (fun m c -> add c (1 + Option.value (find_opt c m) ~default:0) m) empty (String.to_seq text)

let () =
  let open Vector in
  let v = { x = 1.; y = 2. } in
  print_endline (show (v + (2. * v)));
  Printf.printf "%g %g\n" v.%(0) v.%(1)

let () =
  print_endline (describe Vector.{ x = 3.; y = 0. });
  print_endline (describe Vector.zero);
  print_endline Vector.(show (mirror { x = 1.; y = 5. }));
  Printf.printf "%s %s\n" (axes Vector.[ X; Y ]) (axes []);
  Printf.printf "%b %b\n" (same_pair Vector.[| X; X |]) (same_pair Vector.[| X; Y |]);
  print_endline Rational.(to_string ((1 / 2) + (1 / 3)));
  (* An open in the middle of an expression shadows from there on only. *)
  let n = 1 + 2 in
  let r = let open! Rational in to_string (n / 6) in
  Printf.printf "%d %s %d\n" n r (7 / 2);
  print_endline (reveal ());
  Chars.iter (Printf.printf "%c%d ") (tally "mississippi");
  print_newline ();
  Printf.printf "%b\n" (hash "x" = Hashtbl.hash "x");
  let sum = let open List in fold_left ( + ) 0 (init 5 Fun.id) in
  Printf.printf "%d\n" sum

(* stdout {expected|
(3, 6)
1 2
horizontal
zero
(5, 1)
both none
true false
5/6
3 1/2 3
secret 42
i4 m1 p2 s4 
true
10
|expected} *)
