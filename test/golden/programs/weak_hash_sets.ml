(* Weak.Make: hash-consing, sets with equal members, removal, growth, death of members. *)

module Strings = Weak.Make (struct
  type t = string

  let equal = String.equal
  let hash = Hashtbl.hash
end)

let sorted l = String.concat " " (List.sort compare l)
let elements s = sorted (Strings.fold (fun x acc -> x :: acc) s [])
let text n = "text" ^ string_of_int n

let () =
  let s = Strings.create 3 in
  let a = text 1 and b = text 2 and c = text 1 in
  Printf.printf "%b %b\n" (Strings.merge s a == a) (Strings.merge s c == a);
  Strings.add s b;
  Strings.add s c;
  Printf.printf "%d: %s\n" (Strings.count s) (elements s);
  Printf.printf "all: %s\n" (sorted (Strings.find_all s (text 1)));
  Printf.printf "%b %b\n" (Strings.find s (text 2) == b) (List.memq (Strings.find s (text 1)) [ a; c ]);
  Strings.remove s (text 1);
  Printf.printf "after remove: %s\n" (elements s);
  Strings.remove s (text 9);
  Strings.remove s (text 1);
  Printf.printf "after both: %s, %b\n" (elements s) (Strings.mem s (text 1));
  (match Strings.find_opt s (text 1) with None -> print_endline "none" | Some x -> print_endline x);
  (match Strings.find s (text 1) with exception Not_found -> print_endline "not found" | x -> print_endline x);
  let n = ref 0 in
  Strings.iter (fun x -> n := !n + String.length x) s;
  Printf.printf "length %d\n" !n;
  Strings.clear s;
  Printf.printf "cleared %d\n" (Strings.count s);
  ignore (Sys.opaque_identity (a, b, c))

(* Terms with sharing. *)
type term = { id : int; node : node }
and node = Var of string | App of term * term | Lam of string * term

module Terms = Weak.Make (struct
  type t = term

  let equal a b =
    match (a.node, b.node) with
    | Var x, Var y -> x = y
    | App (f, x), App (g, y) -> f == g && x == y
    | Lam (x, b), Lam (y, c) -> x = y && b == c
    | _ -> false

  let hash t =
    match t.node with
    | Var x -> Hashtbl.hash x
    | App (f, x) -> (f.id * 31) + x.id
    | Lam (x, b) -> Hashtbl.hash x + (17 * b.id)
end)

let terms = Terms.create 11
let last_id = ref 0

let cons node =
  let t = Terms.merge terms { id = !last_id + 1; node } in
  if t.id = !last_id + 1 then incr last_id;
  t

let var x = cons (Var x)
let app f x = cons (App (f, x))
let lam x b = cons (Lam (x, b))
let rec church n = lam "f" (lam "x" (times n))
and times n = if n = 0 then var "x" else app (var "f") (times (n - 1))

let () =
  let five = church 5 in
  let made = !last_id in
  let again = church 5 in
  Printf.printf "%b, %d made, %d alive\n" (five == again) !last_id (Terms.count terms);
  ignore (church 10);
  Printf.printf "five more applications: %d\n" (!last_id - made);
  Gc.full_major ();
  Printf.printf "%d alive with five\n" (Terms.count terms);
  ignore (Sys.opaque_identity (five, again))

let () =
  Gc.full_major ();
  Printf.printf "%d alive without\n" (Terms.count terms)

(* Growth: many members, of which half die, and more come. *)
module Numbers = Weak.Make (struct
  type t = int ref

  let equal a b = !a = !b
  let hash r = !r land 0xff
end)

let () =
  let s = Numbers.create 5 in
  let members = Array.init 10_000 (fun i -> ref i) in
  Array.iter (Numbers.add s) members;
  Printf.printf "%d members\n" (Numbers.count s);
  let found = ref 0 in
  for i = 0 to 10_099 do
    if Numbers.mem s (ref i) then incr found
  done;
  Printf.printf "%d found\n" !found;
  Array.iteri (fun i _ -> if i mod 2 = 0 then members.(i) <- ref (-1)) members;
  Gc.full_major ();
  Printf.printf "%d left\n" (Numbers.count s);
  let odd = Numbers.fold (fun r ok -> ok && !r mod 2 = 1) s true in
  Printf.printf "all odd: %b\n" odd;
  for i = 0 to 9_999 do
    if i mod 2 = 1 && Numbers.find s (ref i) != members.(i) then print_endline "wrong member"
  done;
  let more = Array.init 10_000 (fun i -> ref (20_000 + i)) in
  Array.iter (fun r -> ignore (Numbers.merge s r)) more;
  Printf.printf "%d now\n" (Numbers.count s);
  let buckets, entries, total, smallest, median, biggest = Numbers.stats s in
  Printf.printf "stats: %b %b %b %b\n" (buckets > 0) (entries >= 15_000) (total >= entries || total >= 15_000)
    (smallest <= median && median <= biggest);
  ignore (Sys.opaque_identity (members, more))

(* stdout {expected|
false false
3: text1 text1 text2
all: text1 text1
true true
after remove: text1 text2
after both: text2, false
none
not found
length 5
cleared 0
true, 9 made, 9 alive
five more applications: 7
9 alive with five
0 alive without
10000 members
10000 found
5000 left
all odd: true
15000 now
stats: true true true true
|expected} *)
