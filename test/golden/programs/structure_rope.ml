(* Ropes, zippers and difference lists: sequences that are edited. *)

module Rope = struct
  type t = Leaf of string | Concat of { left : t; right : t; length : int }

  let length = function Leaf s -> String.length s | Concat c -> c.length
  let empty = Leaf ""
  let concat left right = if length left = 0 then right else if length right = 0 then left else Concat { left; right; length = length left + length right }

  let rec split t i =
    match t with
    | Leaf s -> (Leaf (String.sub s 0 i), Leaf (String.sub s i (String.length s - i)))
    | Concat { left; right; _ } ->
      if i <= length left then let a, b = split left i in (a, concat b right)
      else let a, b = split right (i - length left) in (concat left a, b)

  let insert t i text = let a, b = split t i in concat (concat a (Leaf text)) b
  let delete t i n = let a, rest = split t i in concat a (snd (split rest n))
  let rec get t i = match t with Leaf s -> s.[i] | Concat { left; right; _ } -> if i < length left then get left i else get right (i - length left)
  let to_string t =
    let b = Buffer.create (length t) in
    let rec go = function Leaf s -> Buffer.add_string b s | Concat { left; right; _ } -> go left; go right in
    go t;
    Buffer.contents b
end

(* An editor's line: what is left of the cursor, reversed, and what is right of it. *)
module Zipper = struct
  type 'a t = { before : 'a list; after : 'a list }

  let of_list after = { before = []; after }
  let left z = match z.before with [] -> z | x :: before -> { before; after = x :: z.after }
  let right z = match z.after with [] -> z | x :: after -> { before = x :: z.before; after }
  let insert x z = { z with before = x :: z.before }
  let delete z = match z.before with [] -> z | _ :: before -> { z with before }
  let to_list z = List.rev_append z.before z.after
end

type key = Left | Right | Type of string | Backspace

let press z = function
  | Left -> Zipper.left z
  | Right -> Zipper.right z
  | Type s -> Zipper.insert s z
  | Backspace -> Zipper.delete z

(* Difference lists append in constant time. *)
let ( ++ ) f g l = f (g l)
let one x l = x :: l
let rec walk = function `Leaf x -> one x | `Node (a, b) -> walk a ++ walk b

let () =
  let r = Rope.(concat (Leaf "hello ") (Leaf "world")) in
  let r = Rope.insert r 5 ", wide" in
  print_endline (Rope.to_string r);
  print_endline (Rope.to_string (Rope.delete r 4 8));
  Printf.printf "%c %d\n" (Rope.get r 7) (Rope.length r);
  let big = List.fold_left (fun r i -> Rope.insert r (Rope.length r / 2) (string_of_int (i mod 10))) Rope.empty (List.init 30 Fun.id) in
  print_endline (Rope.to_string big);
  let keys = [ Type "a"; Type "c"; Left; Type "b"; Right; Right; Type "x"; Backspace; Type "d"; Left; Left; Left; Left; Left; Type ">" ] in
  print_endline (String.concat "" (Zipper.to_list (List.fold_left press (Zipper.of_list [ "|" ]) keys)));
  print_endline (String.concat " " (walk (`Node (`Node (`Leaf "x", `Leaf "y"), `Leaf "z")) []))

(* stdout {expected|
hello, wide world
hellworld
w 17
135791357913579864208642086420
>abc|d
x y z
|expected} *)
