let rec insertion cmp = function [] -> [] | x :: rest -> insert cmp x (insertion cmp rest)
and insert cmp x = function y :: rest when cmp y x < 0 -> y :: insert cmp x rest | l -> x :: l

let rec merge_sort cmp l =
  let rec split = function [] -> ([], []) | [ x ] -> ([ x ], []) | x :: y :: rest -> let a, b = split rest in (x :: a, y :: b) in
  let rec merge a b = match a, b with [], l | l, [] -> l | x :: a', y :: b' -> if cmp x y <= 0 then x :: merge a' b else y :: merge a b' in
  match l with [] | [ _ ] -> l | _ -> let a, b = split l in merge (merge_sort cmp a) (merge_sort cmp b)

let rec quick cmp = function
  | [] -> []
  | p :: rest ->
      let less, more = List.partition (fun x -> cmp x p < 0) rest in
      quick cmp less @ (p :: quick cmp more)

let heap_sort a =
  let n = Array.length a in
  let swap i j = let t = a.(i) in a.(i) <- a.(j); a.(j) <- t in
  let rec sift i n =
    let l = (2 * i) + 1 in
    if l < n then begin
      let c = if l + 1 < n && a.(l + 1) > a.(l) then l + 1 else l in
      if a.(c) > a.(i) then begin swap c i; sift c n end
    end
  in
  for i = (n / 2) - 1 downto 0 do sift i n done;
  for last = n - 1 downto 1 do swap 0 last; sift 0 last done

let radix l =
  let rec pass bit l = if bit = 20 then l else let ones, zeros = List.partition (fun x -> x land (1 lsl bit) <> 0) l in pass (bit + 1) (zeros @ ones) in
  pass 0 l

let () =
  let seed = ref 1 in
  let next () = seed := ((!seed * 1103515245) + 12345) land 0x7FFFFFFF; !seed lsr 11 in
  let l = List.init 2000 (fun _ -> next ()) in
  let expected = List.sort compare l in
  let a = Array.of_list l in
  heap_sort a;
  let b = Array.of_list l in
  Array.sort compare b;
  let c = Array.of_list l in
  Array.stable_sort (fun x y -> compare y x) c;
  List.iter
    (fun (name, result) -> Printf.printf "%s %b\n" name (result = expected))
    [ ("insertion", insertion compare l); ("merge", merge_sort compare l); ("quick", quick compare l); ("heap", Array.to_list a); ("array", Array.to_list b); ("reversed", List.rev (Array.to_list c)); ("radix", radix l) ];
  Printf.printf "%d %d %d\n" (List.hd expected) (List.nth expected 1000) (List.nth expected 1999)

(* stdout {expected|
insertion true
merge true
quick true
heap true
array true
reversed true
radix true
334 527535 1048529
|expected} *)
