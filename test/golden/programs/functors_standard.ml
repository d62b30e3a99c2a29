module M = Map.Make (String)
module S = Set.Make (Char)
module IM = Map.Make (struct type t = int let compare a b = compare b a end)

let count words = List.fold_left (fun m w -> M.update w (function None -> Some 1 | Some n -> Some (n + 1)) m) M.empty words

let () =
  let m = count (String.split_on_char ' ' "the cat and the dog and the bird") in
  M.iter (fun w n -> Printf.printf "%s=%d " w n) m;
  Printf.printf "\n%d %b %s\n" (M.cardinal m) (M.mem "cat" m) (match M.find_opt "cow" m with None -> "no cow" | Some n -> string_of_int n);
  let best = M.fold (fun w n best -> match best with Some (_, n') when n' >= n -> best | _ -> Some (w, n)) m None in
  (match best with Some (w, n) -> Printf.printf "%s %d\n" w n | None -> ());
  let m' = M.filter (fun _ n -> n > 1) m |> M.map (fun n -> n * 10) |> M.add "new" 0 |> M.remove "the" in
  print_endline (String.concat "," (List.map (fun (k, v) -> k ^ string_of_int v) (M.bindings m')));
  let letters s = S.of_seq (String.to_seq s) in
  let show s = String.of_seq (S.to_seq s) in
  let a = letters "hello world" and b = letters "held" in
  Printf.printf "%s|%s|%s|%s\n" (show a) (show (S.inter a b)) (show (S.diff a b)) (show (S.union b (letters "xyz")));
  Printf.printf "%b %b %d %c %c\n" (S.subset b a) (S.mem 'q' a) (S.cardinal a) (S.min_elt a) (S.max_elt a);
  let im = List.fold_left (fun m i -> IM.add i (i * i) m) IM.empty [ 3; 1; 2 ] in
  print_endline (String.concat " " (List.map (fun (k, v) -> Printf.sprintf "%d:%d" k v) (IM.bindings im)));
  let u = M.union (fun _ a b -> Some (a + b)) m (count [ "cat"; "fish" ]) in
  print_endline (String.concat " " (List.map (fun (k, v) -> Printf.sprintf "%s:%d" k v) (M.bindings u)));
  let lt, here, gt = M.split "cat" m in
  Printf.printf "%d %b %d\n" (M.cardinal lt) (here <> None) (M.cardinal gt)

(* stdout {expected|
and=2 bird=1 cat=1 dog=1 the=3 
5 true no cow
the 3
and20,new0
 dehlorw|dehl| orw|dehlxyz
true false 8   w
3:9 2:4 1:1
and:2 bird:1 cat:2 dog:1 fish:1 the:3
2 true 2
|expected} *)
