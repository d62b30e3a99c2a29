(* The game of life on an unbounded plane, with sets; gliders, oscillators, and a check for periods. *)

module Cell = struct
  type t = int * int
  let compare (a, b) (c, d) = match Int.compare a c with 0 -> Int.compare b d | n -> n
end

module Cells = Set.Make (Cell)
module Counts = Map.Make (Cell)

let neighbours (x, y) = List.concat_map (fun dx -> List.filter_map (fun dy -> if dx = 0 && dy = 0 then None else Some (x + dx, y + dy)) [ -1; 0; 1 ]) [ -1; 0; 1 ]

let step cells =
  let bump counts c = Counts.update c (fun n -> Some (1 + Option.value n ~default:0)) counts in
  let counts = Cells.fold (fun c counts -> List.fold_left bump counts (neighbours c)) cells Counts.empty in
  Counts.fold (fun c n next -> if n = 3 || (n = 2 && Cells.mem c cells) then Cells.add c next else next) counts Cells.empty

let rec generations n cells = if n = 0 then cells else generations (n - 1) (step cells)

let parse rows = Cells.of_list (List.concat (List.mapi (fun y row -> List.filter_map Fun.id (List.mapi (fun x c -> if c = '#' then Some (x, y) else None) (List.of_seq (String.to_seq row)))) rows))

let bounds cells =
  Cells.fold (fun (x, y) (x0, y0, x1, y1) -> (min x x0, min y y0, max x x1, max y y1)) cells (max_int, max_int, min_int, min_int)

let show cells =
  let x0, y0, x1, y1 = bounds cells in
  for y = y0 to y1 do
    print_endline (String.init (x1 - x0 + 1) (fun i -> if Cells.mem (x0 + i, y) cells then '#' else '.'))
  done

let normalise cells =
  let x0, y0, _, _ = bounds cells in
  (Cells.map (fun (x, y) -> (x - x0, y - y0)) cells, (x0, y0))

(* After how many steps is the pattern the same again, and how far has it moved? *)
let period limit cells =
  let shape, (x0, y0) = normalise cells in
  let rec go n cells =
    if n > limit || Cells.is_empty cells then None
    else
      let shape', (x, y) = normalise cells in
      if Cells.equal shape shape' then Some (n, x - x0, y - y0) else go (n + 1) (step cells)
  in
  go 1 (step cells)

let () =
  let patterns =
    [ ("block", [ "##"; "##" ]); ("blinker", [ "###" ]); ("glider", [ ".#."; "..#"; "###" ]); ("ship", [ "#..#."; "....#"; "#...#"; ".####" ]);
      ("pulsar seed", [ "#####"; "#...#" ]); ("r-pentomino", [ ".##"; "##."; ".#." ]); ("dies", [ "##"; ".." ]) ]
  in
  List.iter
    (fun (name, rows) ->
      match period 12 (parse rows) with
      | Some (n, dx, dy) -> Printf.printf "%s: period %d, moves %d,%d\n" name n dx dy
      | None -> Printf.printf "%s: %d cells after 20\n" name (Cells.cardinal (generations 20 (parse rows))))
    patterns;
  show (generations 4 (parse [ ".#."; "..#"; "###" ]));
  show (generations 10 (parse [ ".##"; "##."; ".#." ]))

(* stdout {expected|
block: period 1, moves 0,0
blinker: period 2, moves 0,0
glider: period 4, moves 1,1
ship: period 4, moves 2,0
pulsar seed: 22 cells after 20
r-pentomino: 32 cells after 20
dies: 0 cells after 20
.#.
..#
###
.##..
##...
.##..
..###
....#
....#
|expected} *)
