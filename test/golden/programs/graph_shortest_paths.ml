(* Bellman and Ford with negative edges, Floyd and Warshall with paths, breadth-first search on a grid. *)

type edge = { source : int; target : int; weight : int }

let edge (source, target, weight) = { source; target; weight }

let bellman_ford ~size edges start =
  let distance = Array.make size max_int in
  distance.(start) <- 0;
  let relax { source; target; weight } =
    let through = distance.(source) + weight in
    if distance.(source) < max_int && through < distance.(target) then begin
      distance.(target) <- through;
      true
    end
    else false
  in
  let round () = List.fold_left (fun changed e -> relax e || changed) false edges in
  let rec go n = if not (round ()) then Some distance else if n = 0 then None else go (n - 1) in
  go (size - 1)

let floyd_warshall ~size edges =
  let d = Array.make_matrix size size infinity and next = Array.make_matrix size size (-1) in
  for i = 0 to size - 1 do d.(i).(i) <- 0. done;
  List.iter (fun { source; target; weight } -> d.(source).(target) <- float_of_int weight; next.(source).(target) <- target) edges;
  for k = 0 to size - 1 do
    for i = 0 to size - 1 do
      for j = 0 to size - 1 do
        let through = d.(i).(k) +. d.(k).(j) in
        if through < d.(i).(j) then begin
          d.(i).(j) <- through;
          next.(i).(j) <- next.(i).(k)
        end
      done
    done
  done;
  let rec path i j = if i = j then [ j ] else if next.(i).(j) < 0 then [] else i :: path next.(i).(j) j in
  (d, path)

let maze = [| "S.#....."; ".##.###."; "....#..."; ".##...#."; "...##.#E" |]

let steps maze =
  let height = Array.length maze and width = String.length maze.(0) in
  let find c =
    let y = Option.get (List.find_opt (fun y -> String.contains maze.(y) c) (List.init height Fun.id)) in
    (String.index maze.(y) c, y)
  in
  let seen = Hashtbl.create 64 and queue = Queue.create () in
  let visit (x, y) n =
    let inside = x >= 0 && y >= 0 && x < width && y < height in
    if inside && maze.(y).[x] <> '#' && not (Hashtbl.mem seen (x, y)) then begin
      Hashtbl.add seen (x, y) n;
      Queue.add (x, y) queue
    end
  in
  visit (find 'S') 0;
  while not (Queue.is_empty queue) do
    let ((x, y) as p) = Queue.pop queue in
    let n = Hashtbl.find seen p + 1 in
    List.iter (fun (dx, dy) -> visit (x + dx, y + dy) n) [ (1, 0); (0, 1); (-1, 0); (0, -1) ]
  done;
  Hashtbl.find_opt seen (find 'E')

let () =
  let edges = List.map edge [ (0, 1, 4); (0, 2, 2); (2, 1, -1); (1, 3, 5); (2, 3, 8); (3, 4, 3) ] in
  (match bellman_ford ~size:6 edges 0 with
  | Some d -> Array.iteri (fun i n -> if n < max_int then Printf.printf "%d:%d " i n else Printf.printf "%d:- " i) d
  | None -> print_string "negative cycle");
  print_newline ();
  Printf.printf "%b\n" (bellman_ford ~size:3 (List.map edge [ (0, 1, 1); (1, 2, -3); (2, 0, 1) ]) 0 = None);
  let d, path = floyd_warshall ~size:6 edges in
  Printf.printf "%g %g [%s]\n" d.(0).(4) d.(4).(0) (String.concat "-" (List.map string_of_int (path 0 4)));
  Printf.printf "%d steps\n" (Option.get (steps maze))

(* stdout {expected|
0:0 1:1 2:2 3:6 4:9 5:- 
true
9 inf [0-2-1-3-4]
13 steps
|expected} *)
