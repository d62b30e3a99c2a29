let parent = Array.init 10 (fun i -> i)
let rank = Array.make 10 0
let rec find i = if parent.(i) = i then i else begin let r = find parent.(i) in parent.(i) <- r; r end

let union a b =
  let a = find a and b = find b in
  a <> b
  && begin
       if rank.(a) < rank.(b) then parent.(a) <- b
       else begin
         parent.(b) <- a;
         if rank.(a) = rank.(b) then rank.(a) <- rank.(a) + 1
       end;
       true
     end

let () =
  let edges = List.concat (List.init 10 (fun i -> List.filter_map (fun j -> if j > i && (i * j) mod 3 <> 1 then Some ((i * 13) + (j * 17) mod 23, i, j) else None) (List.init 10 Fun.id))) in
  let tree = List.filter (fun (_, a, b) -> union a b) (List.sort compare edges) in
  List.iter (fun (w, a, b) -> Printf.printf "%d-%d:%d " a b w) tree;
  Printf.printf "\n%d %d\n" (List.length tree) (List.fold_left (fun s (w, _, _) -> s + w) 0 tree)

(* stdout {expected|
0-7:4 0-3:5 0-6:10 0-2:11 0-9:15 0-5:16 0-1:17 0-8:21 0-4:22 
9 121
|expected} *)
