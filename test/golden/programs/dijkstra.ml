module Pq = Set.Make (struct type t = int * string let compare = compare end)

let edges = [ ("A", "B", 7); ("A", "C", 9); ("A", "F", 14); ("B", "C", 10); ("B", "D", 15); ("C", "D", 11); ("C", "F", 2); ("D", "E", 6); ("E", "F", 9); ("G", "H", 1) ]

let graph = Hashtbl.create 16

let () = List.iter (fun (a, b, w) -> Hashtbl.add graph a (b, w); Hashtbl.add graph b (a, w)) edges

let shortest source =
  let dist = Hashtbl.create 16 and previous = Hashtbl.create 16 in
  let rec go pq =
    match Pq.min_elt_opt pq with
    | None -> ()
    | Some ((d, u) as key) ->
        let relax pq (v, w) =
          let d' = d + w in
          match Hashtbl.find_opt dist v with
          | Some old when old <= d' -> pq
          | old ->
              Hashtbl.replace dist v d';
              Hashtbl.replace previous v u;
              let pq = match old with Some o -> Pq.remove (o, v) pq | None -> pq in
              Pq.add (d', v) pq
        in
        go (List.fold_left relax (Pq.remove key pq) (Hashtbl.find_all graph u))
  in
  Hashtbl.replace dist source 0;
  go (Pq.singleton (0, source));
  (dist, previous)

let () =
  let dist, previous = shortest "A" in
  let rec path v acc = match Hashtbl.find_opt previous v with None -> v :: acc | Some u -> path u (v :: acc) in
  List.iter
    (fun v ->
      match Hashtbl.find_opt dist v with
      | None -> Printf.printf "%s unreachable\n" v
      | Some d -> Printf.printf "%s %d %s\n" v d (String.concat "-" (path v [])))
    [ "A"; "B"; "C"; "D"; "E"; "F"; "G" ]

(* stdout {expected|
A 0 A
B 7 A-B
C 9 A-C
D 20 A-C-D
E 20 A-C-F-E
F 11 A-C-F
G unreachable
|expected} *)
