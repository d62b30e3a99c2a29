(* Completion of string rewriting systems, and rewriting of terms to normal forms. *)

let shortlex a b = match compare (String.length a) (String.length b) with 0 -> compare a b | n -> n

let find_sub text sub =
  let n = String.length text and m = String.length sub in
  let rec go i = if i + m > n then None else if String.sub text i m = sub then Some i else go (i + 1) in
  go 0

let rec normal rules word =
  let rewrite (left, right) =
    Option.map
      (fun i ->
        let after = i + String.length left in
        String.sub word 0 i ^ right ^ String.sub word after (String.length word - after))
      (find_sub word left)
  in
  match List.find_map rewrite rules with None -> word | Some word -> normal rules word

(* Words to which two rules apply in ways that overlap, and the two results. *)
let critical_pairs (l1, r1) (l2, r2) =
  let n = String.length l1 in
  List.concat_map
    (fun k ->
      let suffix = String.sub l1 (n - k) k in
      if k <= String.length l2 && String.sub l2 0 k = suffix then
        [ (r1 ^ String.sub l2 k (String.length l2 - k), String.sub l1 0 (n - k) ^ r2) ]
      else [])
    (List.init (n - 1) succ)

let orient a b = if shortlex a b > 0 then (a, b) else (b, a)

let reduce rules =
  List.filter_map
    (fun ((l, r) as rule) ->
      let others = List.filter (( <> ) rule) rules in
      if normal others l <> l then None else Some (l, normal others r))
    rules

let rec complete rules =
  let pairs = List.concat_map (fun a -> List.concat_map (critical_pairs a) rules) rules in
  let missing = List.find_map (fun (a, b) -> let a = normal rules a and b = normal rules b in if a = b then None else Some (orient a b)) pairs in
  match missing with
  | None -> reduce rules
  | Some rule -> complete (List.sort_uniq compare (rule :: rules))

(* The normal forms up to a length: the elements of the group that the rules present. *)
let elements alphabet rules length =
  let rec grow words n =
    if n = 0 then words
    else
      let longer = List.concat_map (fun w -> List.map (fun c -> w ^ c) alphabet) words in
      grow (List.sort_uniq shortlex (words @ List.map (normal rules) longer)) (n - 1)
  in
  grow [ "" ] length

let show (l, r) = Printf.sprintf "%s->%s" l (if r = "" then "1" else r)

let () =
  let symmetric = complete [ ("aaa", ""); ("bb", ""); ("abab", "") ] in
  print_endline (String.concat " " (List.map show (List.sort compare symmetric)));
  print_endline (String.concat " " (List.map (fun w -> if w = "" then "1" else w) (elements [ "a"; "b" ] symmetric 6)));
  print_endline (normal symmetric "abbabaab");
  let commuting = complete [ ("ba", "ab"); ("ca", "ac"); ("cb", "bc") ] in
  Printf.printf "%d %s\n" (List.length commuting) (normal commuting "cabbac")

(* stdout {expected|
aaa->1 aab->ba aba->b baa->ab bab->aa bb->1
1 a b aa ab ba

3 aabbcc
|expected} *)
