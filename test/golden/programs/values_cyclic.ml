(* Recursive values: cyclic lists and records, mutual definitions, closures inside data. *)

type person = { name : string; friend : person; mutable age : int }
type 'a stream = { head : 'a; tail : 'a stream }
type automaton = { label : string; on : char -> automaton; final : bool }

let rec ann = { name = "Ann"; friend = bob; age = 30 }
and bob = { name = "Bob"; friend = cy; age = 40 }
and cy = { name = "Cy"; friend = ann; age = 50 }

let rec abc = 'a' :: 'b' :: 'c' :: abc
let rec alternating = { head = 0; tail = { head = 1; tail = alternating } }

(* Functions and data that refer to each other. *)
let rec table = [ ("double", fun n -> 2 * n); ("quadruple", fun n -> apply "double" (apply "double" n)); ("odd", fun n -> if n = 0 then 0 else 1 - apply "odd" (n - 1)) ]
and apply name n = (List.assoc name table) n

let rec start = { label = "start"; final = false; on = (function 'a' -> seen_a | _ -> start) }
and seen_a = { label = "seen a"; final = false; on = (function 'a' -> seen_a | 'b' -> seen_ab | _ -> start) }
and seen_ab = { label = "seen ab"; final = true; on = (fun _ -> seen_ab) }

let run text = String.fold_left (fun s c -> s.on c) start text

let rec take n = function x :: rest when n > 0 -> x :: take (n - 1) rest | _ -> []
let rec nth s n = if n = 0 then s.head else nth s.tail (n - 1)

(* Finds the period of a cyclic list by physical equality. *)
let period l =
  let rec go n = function _ :: rest when rest != l -> go (n + 1) rest | _ -> n in
  go 1 l

(* Brent's way to find the start and the length of a cycle. *)
let cycle f x0 =
  let rec length power lam tortoise hare =
    if tortoise = hare then lam else if power = lam then length (2 * power) 1 hare (f hare) else length power (lam + 1) tortoise (f hare)
  in
  let lam = length 1 1 x0 (f x0) in
  let rec advance n x = if n = 0 then x else advance (n - 1) (f x) in
  let rec start mu a b = if a = b then mu else start (mu + 1) (f a) (f b) in
  (start 0 x0 (advance lam x0), lam)

(* A doubly linked ring, built with mutation. *)
type cell = { value : int; mutable next : cell; mutable prev : cell }

let ring n =
  let rec first = { value = 0; next = first; prev = first } in
  for value = 1 to n - 1 do
    let cell = { value; next = first; prev = first.prev } in
    first.prev.next <- cell;
    first.prev <- cell
  done;
  first

let rec survivor k cell =
  if cell.next == cell then cell.value
  else begin
    let rec skip k c = if k = 0 then c else skip (k - 1) c.next in
    let out = skip (k - 1) cell in
    out.prev.next <- out.next;
    out.next.prev <- out.prev;
    survivor k out.next
  end

let () =
  print_endline (String.concat " " [ ann.friend.name; ann.friend.friend.friend.name ]);
  ann.age <- 31;
  Printf.printf "%d %b\n" cy.friend.age (bob.friend.friend == ann);
  print_endline (String.of_seq (List.to_seq (take 8 abc)));
  Printf.printf "%d %d\n" (period abc) (period (List.tl abc));
  Printf.printf "%d %d\n" (nth alternating 10) (nth alternating 7);
  Printf.printf "%d %d %d\n" (apply "double" 4) (apply "quadruple" 5) (apply "odd" 7);
  List.iter (fun t -> let s = run t in Printf.printf "%s: %s %b\n" t s.label s.final) [ "xxaab"; "ba"; "aXb" ];
  let mu, lam = cycle (fun x -> ((x * x) + 1) mod 255) 3 in
  Printf.printf "%d %d\n" mu lam;
  Printf.printf "%d %d\n" (survivor 3 (ring 41)) (survivor 2 (ring 10))

(* stdout {expected|
Bob Ann
31 true
abcabcab
3 3
0 1
8 20 1
xxaab: seen ab true
ba: seen a false
aXb: start false
2 6
30 4
|expected} *)
