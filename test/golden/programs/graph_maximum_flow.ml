(* Maximum flow by augmenting paths, its minimum cut, and bipartite matching as a flow. *)

module Flow = struct
  type t = { size : int; capacity : int array array }

  let create size edges =
    let capacity = Array.make_matrix size size 0 in
    List.iter (fun (a, b, c) -> capacity.(a).(b) <- capacity.(a).(b) + c) edges;
    { size; capacity }

  (* The parents in a breadth-first search of the residual graph. *)
  let search t source =
    let parent = Array.make t.size (-1) in
    parent.(source) <- source;
    let queue = Queue.create () in
    Queue.add source queue;
    while not (Queue.is_empty queue) do
      let v = Queue.pop queue in
      Array.iteri (fun w c -> if c > 0 && parent.(w) < 0 then begin parent.(w) <- v; Queue.add w queue end) t.capacity.(v)
    done;
    parent

  let maximum t ~source ~sink =
    let rec augment total =
      let parent = search t source in
      if parent.(sink) < 0 then total
      else
        let rec bottleneck v least = if v = source then least else bottleneck parent.(v) (min least t.capacity.(parent.(v)).(v)) in
        let flow = bottleneck sink max_int in
        let rec push v =
          if v <> source then begin
            let p = parent.(v) in
            t.capacity.(p).(v) <- t.capacity.(p).(v) - flow;
            t.capacity.(v).(p) <- t.capacity.(v).(p) + flow;
            push p
          end
        in
        push sink;
        augment (total + flow)
    in
    augment 0

  let reachable t source = List.filter (fun v -> (search t source).(v) >= 0) (List.init t.size Fun.id)
end

let matching workers jobs can =
  let n = List.length workers and m = List.length jobs in
  let index x l = fst (List.find (fun (_, y) -> x = y) (List.mapi (fun i y -> (i, y)) l)) in
  let source = n + m and sink = n + m + 1 in
  let edges =
    List.mapi (fun i _ -> (source, i, 1)) workers
    @ List.mapi (fun j _ -> (n + j, sink, 1)) jobs
    @ List.map (fun (w, j) -> (index w workers, n + index j jobs, 1)) can
  in
  let t = Flow.create (n + m + 2) edges in
  let total = Flow.maximum t ~source ~sink in
  let pairs = List.filter (fun (w, j) -> t.capacity.(n + index j jobs).(index w workers) > 0) can in
  (total, pairs)

let () =
  let edges = [ (0, 1, 16); (0, 2, 13); (1, 2, 10); (2, 1, 4); (1, 3, 12); (3, 2, 9); (2, 4, 14); (4, 3, 7); (3, 5, 20); (4, 5, 4) ] in
  let t = Flow.create 6 edges in
  Printf.printf "%d\n" (Flow.maximum t ~source:0 ~sink:5);
  let side = Flow.reachable t 0 in
  let cut = List.filter (fun (a, b, _) -> List.mem a side && not (List.mem b side)) edges in
  List.iter (fun (a, b, c) -> Printf.printf "%d-%d (%d) " a b c) cut;
  Printf.printf "= %d\n" (List.fold_left (fun n (_, _, c) -> n + c) 0 cut);
  let can = [ ("ann", "cook"); ("bob", "cook"); ("bob", "wash"); ("cy", "wash"); ("ann", "shop"); ("cy", "cook") ] in
  let total, pairs = matching [ "ann"; "bob"; "cy" ] [ "cook"; "wash"; "shop" ] can in
  Printf.printf "%d: %s\n" total (String.concat ", " (List.map (fun (w, j) -> w ^ "=" ^ j) pairs))

(* stdout {expected|
23
1-3 (12) 4-3 (7) 4-5 (4) = 23
3: bob=wash, ann=shop, cy=cook
|expected} *)
