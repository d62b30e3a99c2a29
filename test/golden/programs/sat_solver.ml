(* A SAT solver with watched literals, unit propagation, clause learning and restarts; Sudoku, pigeonholes, queens and graph
   colouring are given to it as clauses, and its answers are checked. *)

module Literal = struct
  type t = int (* 2v for the variable v, 2v + 1 for its negation *)

  let positive v = 2 * v
  let negative v = (2 * v) + 1
  let negate l = l lxor 1
  let variable l = l lsr 1
  let is_positive l = l land 1 = 0
  let of_int n = if n > 0 then positive (n - 1) else negative (-n - 1)
  let to_int l = if is_positive l then variable l + 1 else -(variable l + 1)
end

(* A growing array. *)
module Vector = struct
  type 'a t = { mutable data : 'a array; mutable length : int; dummy : 'a }

  let create dummy = { data = Array.make 4 dummy; length = 0; dummy }
  let length v = v.length

  let get v i =
    if i >= v.length then invalid_arg "Vector.get";
    Array.unsafe_get v.data i

  let set v i x = v.data.(i) <- x

  let push v x =
    if v.length = Array.length v.data then begin
      let larger = Array.make (2 * v.length) v.dummy in
      Array.blit v.data 0 larger 0 v.length;
      v.data <- larger
    end;
    v.data.(v.length) <- x;
    v.length <- v.length + 1

  let truncate v n =
    for i = n to v.length - 1 do v.data.(i) <- v.dummy done;
    v.length <- n

  let iter f v = for i = 0 to v.length - 1 do f v.data.(i) done
end

module Solver : sig
  type t
  type answer = Sat of bool array | Unsat

  val create : int -> t
  val add : t -> int list -> unit
  val solve : t -> answer
  val statistics : t -> (string * int) list
end = struct
  type clause = { literals : int array; learnt : bool }
  type value = Unknown | True | False

  type t = {
    variables : int;
    values : value array;
    levels : int array;
    reasons : clause option array;
    watches : clause Vector.t array;
    trail : int Vector.t;
    limits : int Vector.t;
    activity : float array;
    phase : bool array;
    seen : bool array;
    mutable head : int;
    mutable increment : float;
    mutable contradiction : bool;
    mutable conflicts : int;
    mutable decisions : int;
    mutable propagations : int;
    mutable learned : int;
  }

  type answer = Sat of bool array | Unsat

  let create variables =
    let none = { literals = [||]; learnt = false } in
    {
      variables;
      values = Array.make variables Unknown;
      levels = Array.make variables 0;
      reasons = Array.make variables None;
      watches = Array.init (2 * variables) (fun _ -> Vector.create none);
      trail = Vector.create 0;
      limits = Vector.create 0;
      activity = Array.make variables 0.;
      phase = Array.make variables false;
      seen = Array.make variables false;
      head = 0;
      increment = 1.;
      contradiction = false;
      conflicts = 0;
      decisions = 0;
      propagations = 0;
      learned = 0;
    }

  let level s = Vector.length s.limits

  let value s l =
    match s.values.(Literal.variable l) with
    | Unknown -> Unknown
    | True -> if Literal.is_positive l then True else False
    | False -> if Literal.is_positive l then False else True

  let assign s l reason =
    let v = Literal.variable l in
    s.values.(v) <- (if Literal.is_positive l then True else False);
    s.levels.(v) <- level s;
    s.reasons.(v) <- reason;
    Vector.push s.trail l

  let watch s l clause = Vector.push s.watches.(l) clause

  let attach s clause =
    watch s clause.literals.(0) clause;
    watch s clause.literals.(1) clause

  let swap a i j =
    let x = a.(i) in
    a.(i) <- a.(j);
    a.(j) <- x

  exception Conflict of clause

  (* The literal [l] has become false: clauses that watch it look for another one to watch. *)
  let visit s l =
    let list = s.watches.(l) in
    let kept = ref 0 and i = ref 0 in
    let n = Vector.length list in
    let keep c = Vector.set list !kept c; incr kept in
    let finish () =
      while !i < n do
        keep (Vector.get list !i);
        incr i
      done;
      Vector.truncate list !kept
    in
    while !i < n do
      let clause = Vector.get list !i in
      incr i;
      let ls = clause.literals in
      if ls.(0) = l then swap ls 0 1;
      if value s ls.(0) = True then keep clause
      else begin
        let rec find k = if k = Array.length ls then None else if value s ls.(k) <> False then Some k else find (k + 1) in
        match find 2 with
        | Some k ->
            swap ls 1 k;
            watch s ls.(1) clause
        | None ->
            keep clause;
            if value s ls.(0) = False then begin
              finish ();
              raise_notrace (Conflict clause)
            end
            else assign s ls.(0) (Some clause)
      end
    done;
    Vector.truncate list !kept

  let propagate s =
    match
      while s.head < Vector.length s.trail do
        let l = Vector.get s.trail s.head in
        s.head <- s.head + 1;
        s.propagations <- s.propagations + 1;
        visit s (Literal.negate l)
      done
    with
    | () -> None
    | exception Conflict clause -> Some clause

  let add s literals =
    let literals = List.sort_uniq compare (List.map Literal.of_int literals) in
    let tautology = List.exists (fun l -> List.mem (Literal.negate l) literals) literals in
    if not tautology then
      match literals with
      | [] -> s.contradiction <- true
      | [ l ] -> ( match value s l with True -> () | False -> s.contradiction <- true | Unknown -> assign s l None)
      | _ -> attach s { literals = Array.of_list literals; learnt = false }

  let cancel s target =
    if level s > target then begin
      let start = Vector.get s.limits target in
      for i = Vector.length s.trail - 1 downto start do
        let l = Vector.get s.trail i in
        let v = Literal.variable l in
        s.phase.(v) <- Literal.is_positive l;
        s.values.(v) <- Unknown;
        s.reasons.(v) <- None
      done;
      Vector.truncate s.trail start;
      Vector.truncate s.limits target;
      s.head <- start
    end

  let bump s v =
    s.activity.(v) <- s.activity.(v) +. s.increment;
    if s.activity.(v) > 1e100 then begin
      Array.iteri (fun i a -> s.activity.(i) <- a *. 1e-100) s.activity;
      s.increment <- s.increment *. 1e-100
    end

  (* The first unique implication point: the learnt clause, and the level to go back to. *)
  let analyse s conflict =
    let learnt = ref [] and open_paths = ref 0 and back = ref 0 in
    let touched = ref [] in
    let visit_literal l =
      let v = Literal.variable l in
      if (not s.seen.(v)) && s.levels.(v) > 0 then begin
        s.seen.(v) <- true;
        touched := v :: !touched;
        bump s v;
        if s.levels.(v) = level s then incr open_paths
        else begin
          learnt := l :: !learnt;
          back := max !back s.levels.(v)
        end
      end
    in
    let rec walk index clause skipped =
      Array.iter (fun l -> if Some l <> skipped then visit_literal l) clause.literals;
      let rec last i = if s.seen.(Literal.variable (Vector.get s.trail i)) then i else last (i - 1) in
      let index = last index in
      let l = Vector.get s.trail index in
      decr open_paths;
      s.seen.(Literal.variable l) <- false;
      if !open_paths = 0 then Literal.negate l
      else
        match s.reasons.(Literal.variable l) with
        | Some reason -> walk (index - 1) reason (Some l)
        | None -> assert false
    in
    let first = walk (Vector.length s.trail - 1) conflict None in
    List.iter (fun v -> s.seen.(v) <- false) !touched;
    (first :: !learnt, !back)

  let learn s literals =
    s.learned <- s.learned + 1;
    match literals with
    | [] -> s.contradiction <- true
    | [ l ] -> assign s l None
    | first :: rest ->
        (* The second watch must be a literal of the highest level among the others. *)
        let rest = List.sort (fun a b -> compare s.levels.(Literal.variable b) s.levels.(Literal.variable a)) rest in
        let clause = { literals = Array.of_list (first :: rest); learnt = true } in
        attach s clause;
        assign s first (Some clause)

  let decide s =
    let best = ref (-1) in
    for v = 0 to s.variables - 1 do
      if s.values.(v) = Unknown && (!best < 0 || s.activity.(v) > s.activity.(!best)) then best := v
    done;
    !best

  let rec luby i =
    let rec power k = if (1 lsl k) - 1 >= i then k else power (k + 1) in
    let k = power 1 in
    if (1 lsl k) - 1 = i then 1 lsl (k - 1) else luby (i - (1 lsl (k - 1)) + 1)

  let solve s =
    let rec search restart budget =
      match propagate s with
      | Some _ when level s = 0 -> Unsat
      | Some conflict ->
          s.conflicts <- s.conflicts + 1;
          let literals, back = analyse s conflict in
          cancel s back;
          learn s literals;
          s.increment <- s.increment /. 0.95;
          if budget = 0 then begin
            cancel s 0;
            search (restart + 1) (50 * luby (restart + 1))
          end
          else search restart (budget - 1)
      | None -> (
          match decide s with
          | -1 -> Sat (Array.map (fun v -> v = True) s.values)
          | v ->
              s.decisions <- s.decisions + 1;
              Vector.push s.limits (Vector.length s.trail);
              assign s (if s.phase.(v) then Literal.positive v else Literal.negative v) None;
              search restart budget)
    in
    if s.contradiction then Unsat else search 1 50

  let statistics s =
    [ ("conflicts", s.conflicts); ("decisions", s.decisions); ("propagations", s.propagations); ("learned", s.learned) ]
end

(* ---- Problems ------------------------------------------------------------------------------------------------- *)

type problem = { variables : int; clauses : int list list }

let range a b = List.init (b - a + 1) (fun i -> a + i)

let rec pairs = function [] -> [] | x :: rest -> List.map (fun y -> (x, y)) rest @ pairs rest
let at_most_one variables = List.map (fun (a, b) -> [ -a; -b ]) (pairs variables)
let exactly_one variables = variables :: at_most_one variables

let satisfied { clauses; _ } model =
  List.for_all (List.exists (fun l -> if l > 0 then model.(l - 1) else not model.(-l - 1))) clauses

let solve ({ variables; clauses } as problem) =
  let s = Solver.create variables in
  List.iter (Solver.add s) clauses;
  let answer = Solver.solve s in
  (match answer with
  | Solver.Sat model -> if not (satisfied problem model) then failwith "the model does not satisfy the clauses"
  | Solver.Unsat -> ());
  (answer, Solver.statistics s)

module Sudoku = struct
  let variable row column digit = (81 * row) + (9 * column) + digit (* digit from 1 *)
  let nine = range 0 8

  let rules =
    let cells f = List.concat_map (fun a -> List.concat_map (fun b -> f a b) nine) nine in
    let digits = range 1 9 in
    cells (fun r c -> exactly_one (List.map (variable r c) digits))
    @ cells (fun r d -> exactly_one (List.map (fun c -> variable r c (d + 1)) nine))
    @ cells (fun c d -> exactly_one (List.map (fun r -> variable r c (d + 1)) nine))
    @ cells (fun box d ->
          let r = box / 3 * 3 and c = box mod 3 * 3 in
          exactly_one (List.map (fun i -> variable (r + (i / 3)) (c + (i mod 3)) (d + 1)) nine))

  let givens text =
    List.filter_map
      (fun i -> match text.[i] with '1' .. '9' as d -> Some [ variable (i / 9) (i mod 9) (Char.code d - 48) ] | _ -> None)
      (range 0 80)

  let problem text = { variables = 729; clauses = rules @ givens text }

  let read model =
    String.init 81 (fun i ->
        let digit = List.find (fun d -> model.(variable (i / 9) (i mod 9) d - 1)) (range 1 9) in
        Char.chr (48 + digit))

  let print text = List.iter (fun r -> print_endline (String.concat " " (List.map (fun c -> String.make 1 text.[(9 * r) + c]) nine))) nine
end

let pigeons n =
  let v p h = (p * n) + h + 1 in
  let holes = range 0 (n - 1) and all = range 0 n in
  {
    variables = n * (n + 1);
    clauses =
      List.map (fun p -> List.map (v p) holes) all
      @ List.concat_map (fun h -> at_most_one (List.map (fun p -> v p h) all)) holes;
  }

let queens n =
  let v r c = (r * n) + c + 1 in
  let side = range 0 (n - 1) in
  let diagonals =
    List.concat_map
      (fun ((r, c), (r', c')) -> if abs (r - r') = abs (c - c') then [ [ -v r c; -v r' c' ] ] else [])
      (pairs (List.concat_map (fun r -> List.map (fun c -> (r, c)) side) side))
  in
  {
    variables = n * n;
    clauses =
      List.concat_map (fun r -> exactly_one (List.map (v r) side)) side
      @ List.concat_map (fun c -> exactly_one (List.map (fun r -> v r c) side)) side
      @ diagonals;
  }

let colouring ~colours ~vertices edges =
  let v x c = (x * colours) + c + 1 in
  let palette = range 0 (colours - 1) in
  {
    variables = vertices * colours;
    clauses =
      List.concat_map (fun x -> exactly_one (List.map (v x) palette)) (range 0 (vertices - 1))
      @ List.concat_map (fun (a, b) -> List.map (fun c -> [ -v a c; -v b c ]) palette) edges;
  }

(* The Petersen graph needs three colours. *)
let petersen = List.concat_map (fun i -> [ (i, (i + 1) mod 5); (i, i + 5); (i + 5, ((i + 2) mod 5) + 5) ]) (range 0 4)

let random_3sat ~variables ~clauses seed =
  let state = ref seed in
  let next n =
    state := ((!state * 1103515245) + 12345) land 0x3FFFFFFF;
    (!state lsr 8) mod n
  in
  let literal () =
    let v = 1 + next variables in
    if next 2 = 0 then v else -v
  in
  { variables; clauses = List.init clauses (fun _ -> [ literal (); literal (); literal () ]) }

let report name problem =
  let answer, statistics = solve problem in
  Printf.printf "%-18s %5d variables %6d clauses: %s" name problem.variables (List.length problem.clauses)
    (match answer with Solver.Sat _ -> "satisfiable" | Unsat -> "unsatisfiable");
  List.iter (fun (what, n) -> Printf.printf ", %d %s" n what) statistics;
  print_newline ();
  answer

let () =
  let puzzle = "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4.." in
  (match report "sudoku" (Sudoku.problem puzzle) with Sat model -> Sudoku.print (Sudoku.read model) | Unsat -> ());
  ignore (report "pigeons 6" (pigeons 6));
  (match report "queens 8" (queens 8) with
  | Sat model ->
      List.iter (fun r -> print_endline (String.init 8 (fun c -> if model.((r * 8) + c) then 'Q' else '.'))) (range 0 7)
  | Unsat -> ());
  ignore (report "petersen, 2" (colouring ~colours:2 ~vertices:10 petersen));
  ignore (report "petersen, 3" (colouring ~colours:3 ~vertices:10 petersen));
  List.iter (fun seed -> ignore (report (Printf.sprintf "random %d" seed) (random_3sat ~variables:60 ~clauses:250 seed))) [ 1; 2; 3; 4 ]

(* stdout {expected|
sudoku               729 variables  12009 clauses: satisfiable, 55 conflicts, 77 decisions, 4500 propagations, 55 learned
8 1 2 7 5 3 6 4 9
9 4 3 6 8 2 1 7 5
6 7 5 4 9 1 2 8 3
1 5 4 2 3 7 8 9 6
3 6 9 8 4 5 7 2 1
2 8 7 1 6 9 5 3 4
5 2 1 9 7 4 3 6 8
4 3 8 5 2 6 9 1 7
7 9 6 3 1 8 4 5 2
pigeons 6             42 variables    133 clauses: unsatisfiable, 776 conflicts, 992 decisions, 9448 propagations, 776 learned
queens 8              64 variables    744 clauses: satisfiable, 19 conflicts, 32 decisions, 347 propagations, 19 learned
.......Q
...Q....
Q.......
..Q.....
.....Q..
.Q......
......Q.
....Q...
petersen, 2           20 variables     50 clauses: unsatisfiable, 1 conflicts, 1 decisions, 30 propagations, 1 learned
petersen, 3           30 variables     85 clauses: satisfiable, 0 conflicts, 7 decisions, 30 propagations, 0 learned
random 1              60 variables    250 clauses: satisfiable, 38 conflicts, 57 decisions, 616 propagations, 38 learned
random 2              60 variables    250 clauses: unsatisfiable, 87 conflicts, 115 decisions, 1708 propagations, 87 learned
random 3              60 variables    250 clauses: satisfiable, 25 conflicts, 37 decisions, 419 propagations, 25 learned
random 4              60 variables    250 clauses: unsatisfiable, 47 conflicts, 57 decisions, 687 propagations, 47 learned
|expected} *)
