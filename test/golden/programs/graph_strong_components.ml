(* Tarjan's strongly connected components, topological order of what remains, and reachability. *)

module G = Map.Make (String)

let graph edges =
  let add g (a, b) =
    let succ = Option.value (G.find_opt a g) ~default:[] in
    let g = G.add a (b :: succ) g in
    if G.mem b g then g else G.add b [] g
  in
  G.map List.rev (List.fold_left add G.empty edges)

type mark = { index : int; mutable low : int; mutable on_stack : bool }

let components g =
  let marks = Hashtbl.create 16 and stack = Stack.create () in
  let result = ref [] in
  let rec visit v =
    let m = { index = Hashtbl.length marks; low = Hashtbl.length marks; on_stack = true } in
    Hashtbl.add marks v m;
    Stack.push v stack;
    List.iter
      (fun w ->
        match Hashtbl.find_opt marks w with
        | None -> m.low <- min m.low (visit w).low
        | Some n -> if n.on_stack then m.low <- min m.low n.index)
      (G.find v g);
    if m.low = m.index then result := List.sort compare (pop v) :: !result;
    m
  and pop v =
    let w = Stack.pop stack in
    (Hashtbl.find marks w).on_stack <- false;
    if w = v then [ w ] else w :: pop v
  in
  G.iter (fun v _ -> if not (Hashtbl.mem marks v) then ignore (visit v)) g;
  !result

exception Cycle of string list

let topological g =
  let state = Hashtbl.create 16 in
  let rec visit path order v =
    match Hashtbl.find_opt state v with
    | Some `Done -> order
    | Some `Active -> raise (Cycle (List.rev (v :: path)))
    | None ->
      Hashtbl.replace state v `Active;
      let order = List.fold_left (visit (v :: path)) order (G.find v g) in
      Hashtbl.replace state v `Done;
      v :: order
  in
  G.fold (fun v _ order -> visit [] order v) g []

let () =
  let g = graph [ ("a", "b"); ("b", "c"); ("c", "a"); ("b", "d"); ("d", "e"); ("e", "d"); ("f", "e"); ("f", "g"); ("g", "f"); ("h", "h") ] in
  List.iter (fun c -> print_endline (String.concat " " c)) (components g);
  (try ignore (topological g) with Cycle path -> print_endline ("cycle " ^ String.concat " -> " path));
  let dress = graph [ ("shirt", "tie"); ("tie", "jacket"); ("trousers", "shoes"); ("trousers", "belt"); ("belt", "jacket"); ("socks", "shoes") ] in
  print_endline (String.concat " " (topological dress))

(* stdout {expected|
h
f g
a b c
d e
cycle a -> b -> c -> a
trousers socks shoes shirt tie belt jacket
|expected} *)
