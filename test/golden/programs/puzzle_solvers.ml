(* Small puzzles by search: the river, the jugs, eight tiles, cryptarithms, magic squares, change of words. *)

(* Breadth-first search from one state to a goal; gives the path. *)
let search ~next ~goal start =
  let parents = Hashtbl.create 97 and queue = Queue.create () in
  let rec path s = match Hashtbl.find parents s with None -> [ s ] | Some p -> s :: path p in
  Hashtbl.add parents start None;
  Queue.add start queue;
  let rec go () =
    match Queue.take_opt queue with
    | None -> None
    | Some s when goal s -> Some (List.rev (path s))
    | Some s ->
      List.iter (fun t -> if not (Hashtbl.mem parents t) then begin Hashtbl.add parents t (Some s); Queue.add t queue end) (next s);
      go ()
  in
  go ()

(* The farmer, the wolf, the goat and the cabbage: who is on the far side. *)
type passenger = Wolf | Goat | Cabbage
type river = { far : passenger list; farmer_far : bool }

let river_next { far; farmer_far } =
  let all = [ Wolf; Goat; Cabbage ] in
  let here p = List.mem p far = farmer_far in
  let safe { far; farmer_far } =
    let alone = if farmer_far then List.filter (fun p -> not (List.mem p far)) all else far in
    not (List.mem Goat alone && (List.mem Wolf alone || List.mem Cabbage alone))
  in
  let cross p = if farmer_far then List.filter (( <> ) p) far else List.sort compare (p :: far) in
  { far; farmer_far = not farmer_far } :: List.map (fun p -> { far = cross p; farmer_far = not farmer_far }) (List.filter here all)
  |> List.filter safe

let jugs_next (a, b) =
  let pour = min a (3 - b) and back = min b (5 - a) in
  [ (5, b); (a, 3); (0, b); (a, 0); (a - pour, b + pour); (a + back, b - back) ]

let tiles_next board =
  let blank = String.index board '.' in
  let swap i = String.mapi (fun k c -> if k = blank then board.[i] else if k = i then '.' else c) board in
  let x = blank mod 3 and y = blank / 3 in
  List.filter_map
    (fun (dx, dy) -> let x = x + dx and y = y + dy in if x < 0 || x > 2 || y < 0 || y > 2 then None else Some (swap ((3 * y) + x)))
    [ (1, 0); (-1, 0); (0, 1); (0, -1) ]

let dictionary = [ "cold"; "cord"; "card"; "ward"; "warm"; "corm"; "worm"; "word"; "wold"; "gold" ]

let differ_in_one a b = List.length (List.filter Fun.id (List.init (String.length a) (fun i -> a.[i] <> b.[i]))) = 1

(* SEND + MORE = MONEY, by columns with a carry. *)
let cryptarithm () =
  let rec digits assigned taken = function
    | [] -> fun k -> k assigned
    | l :: rest when List.mem_assoc l assigned -> digits assigned taken rest
    | l :: rest -> fun k -> List.iter (fun d -> if not (List.mem d taken) then digits ((l, d) :: assigned) (d :: taken) rest k) [ 0; 1; 2; 3; 4; 5; 6; 7; 8; 9 ]
  in
  let solutions = ref [] in
  let rec columns assigned carry = function
    | [] -> if carry = 1 && List.assoc 'M' assigned = 1 && List.assoc 'S' assigned > 0 then solutions := assigned :: !solutions
    | (a, b, c) :: rest ->
      digits assigned (List.map snd assigned) [ a; b; c ] (fun assigned ->
          let sum = List.assoc a assigned + List.assoc b assigned + carry in
          if sum mod 10 = List.assoc c assigned then columns assigned (sum / 10) rest)
  in
  columns [ ('M', 1) ] 0 [ ('D', 'E', 'Y'); ('N', 'R', 'E'); ('E', 'O', 'N'); ('S', 'M', 'O') ];
  !solutions

let magic n =
  let m = Array.make_matrix n n 0 in
  let rec place k i j =
    if k <= n * n then begin
      m.(i).(j) <- k;
      let i' = (i + n - 1) mod n and j' = (j + 1) mod n in
      if m.(i').(j') = 0 then place (k + 1) i' j' else place (k + 1) ((i + 1) mod n) j
    end
  in
  place 1 0 (n / 2);
  m

let () =
  let length = function None -> -1 | Some path -> List.length path - 1 in
  Printf.printf "%d crossings\n" (length (search ~next:river_next ~goal:(fun s -> List.length s.far = 3) { far = []; farmer_far = false }));
  (match search ~next:jugs_next ~goal:(fun (a, _) -> a = 4) (0, 0) with
  | Some path -> print_endline (String.concat " " (List.map (fun (a, b) -> Printf.sprintf "%d,%d" a b) path))
  | None -> print_endline "impossible");
  Printf.printf "%d moves\n" (length (search ~next:tiles_next ~goal:(( = ) "12345678.") "1234.5786"));
  let words w = List.filter (differ_in_one w) dictionary in
  print_endline (String.concat " -> " (Option.get (search ~next:words ~goal:(( = ) "warm") "cold")));
  List.iter (fun s -> List.iter (fun (l, d) -> Printf.printf "%c=%d " l d) (List.sort compare s); print_newline ()) (cryptarithm ());
  Array.iter (fun row -> print_endline (String.concat " " (List.map (Printf.sprintf "%2d") (Array.to_list row)))) (magic 5)

(* stdout {expected|
7 crossings
0,0 5,0 2,3 2,0 0,2 5,2 4,3
2 moves
cold -> cord -> card -> ward -> warm
D=7 E=5 M=1 N=6 O=0 R=8 S=9 Y=2 
17 24  1  8 15
23  5  7 14 16
 4  6 13 20 22
10 12 19 21  3
11 18 25  2  9
|expected} *)
