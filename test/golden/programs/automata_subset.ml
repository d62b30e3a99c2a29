(* Nondeterministic automata made deterministic, minimised, and run; a Turing machine; a cellular automaton. *)

module Ints = Set.Make (Int)
module States = Map.Make (Ints)

type nfa = { start : int; final : Ints.t; step : int -> char -> Ints.t; epsilon : int -> Ints.t }
type dfa = { count : int; accepting : bool array; next : int array array }

let alphabet = [ 'a'; 'b' ]

let rec closure nfa set =
  let bigger = Ints.fold (fun s acc -> Ints.union (nfa.epsilon s) acc) set set in
  if Ints.equal bigger set then set else closure nfa bigger

let determinise nfa =
  let numbers = ref States.empty and rows = ref [] in
  let rec number set =
    match States.find_opt set !numbers with
    | Some n -> n
    | None ->
      let n = States.cardinal !numbers in
      numbers := States.add set n !numbers;
      let move c = number (closure nfa (Ints.fold (fun s acc -> Ints.union (nfa.step s c) acc) set Ints.empty)) in
      let row = Array.of_list (List.rev (List.rev_map move alphabet)) in
      rows := (n, (not (Ints.disjoint set nfa.final), row)) :: !rows;
      n
  in
  ignore (number (closure nfa (Ints.singleton nfa.start)));
  let rows = List.map snd (List.sort compare !rows) in
  { count = List.length rows; accepting = Array.of_list (List.map fst rows); next = Array.of_list (List.map snd rows) }

(* Refines classes of states until no two in a class behave differently. *)
let minimise dfa =
  let rec refine classes =
    let signature s = (classes.(s), Array.map (fun t -> classes.(t)) dfa.next.(s)) in
    let signatures = List.sort_uniq compare (List.init dfa.count signature) in
    let index x = Option.get (List.find_map Fun.id (List.mapi (fun i y -> if x = y then Some i else None) signatures)) in
    let finer = Array.init dfa.count (fun s -> index (signature s)) in
    if List.length signatures = Array.fold_left max 0 classes + 1 then List.length signatures else refine finer
  in
  refine (Array.map (fun b -> if b then 1 else 0) dfa.accepting)

let accepts dfa word =
  let step s c = dfa.next.(s).(Char.code c - Char.code 'a') in
  dfa.accepting.(Seq.fold_left step 0 (String.to_seq word))

(* (a|b)*abb *)
let abb =
  let step s c = Ints.of_list (match (s, c) with 0, 'a' -> [ 0; 1 ] | 0, _ -> [ 0 ] | 1, 'b' -> [ 2 ] | 2, 'b' -> [ 3 ] | _ -> []) in
  { start = 4; final = Ints.singleton 3; step; epsilon = (fun s -> if s = 4 then Ints.singleton 0 else Ints.empty) }

type move = L | R

(* Adds one to a binary number. *)
let rec turing state left head right steps =
  let continue state symbol = function
    | R -> ( match right with [] -> turing state (symbol :: left) '_' [] (steps + 1) | r :: rest -> turing state (symbol :: left) r rest (steps + 1))
    | L -> ( match left with [] -> turing state [] '_' (symbol :: right) (steps + 1) | l :: rest -> turing state rest l (symbol :: right) (steps + 1))
  in
  match (state, head) with
  | `Right, ('0' | '1') -> continue `Right head R
  | `Right, _ -> continue `Carry head L
  | `Carry, '1' -> continue `Carry '0' L
  | `Carry, _ -> (List.rev_append left ('1' :: right), steps)

let rule n row =
  let w = String.length row in
  let bit i = if i >= 0 && i < w && row.[i] = '#' then 1 else 0 in
  String.init w (fun i -> if (n lsr ((4 * bit (i - 1)) + (2 * bit i) + bit (i + 1))) land 1 = 1 then '#' else '.')

let () =
  let dfa = determinise abb in
  Printf.printf "%d states, %d minimal\n" dfa.count (minimise dfa);
  List.iter (fun w -> Printf.printf "%s %b; " w (accepts dfa w)) [ "abb"; "aabb"; "abab"; ""; "bababb" ];
  print_newline ();
  let tape, steps = turing `Right [] '1' [ '0'; '1'; '1' ] 0 in
  Printf.printf "%s in %d\n" (String.of_seq (List.to_seq tape)) steps;
  ignore (List.fold_left (fun row _ -> print_endline row; rule 90 row) "........#........" (List.init 8 Fun.id))

(* stdout {expected|
5 states, 4 minimal
abb true; aabb true; abab false;  false; bababb true; 
1100_ in 7
........#........
.......#.#.......
......#...#......
.....#.#.#.#.....
....#.......#....
...#.#.....#.#...
..#...#...#...#..
.#.#.#.#.#.#.#.#.
|expected} *)
