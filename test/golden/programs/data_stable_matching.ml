(* Stable matching, elections by several rules, and a tournament: lists, maps and records at work. *)

module M = Map.Make (String)

let rank preferences who other = fst (List.find (fun (_, x) -> x = other) (List.mapi (fun i x -> (i, x)) (M.find who preferences)))

(* Gale and Shapley: each suitor proposes in the order of his list. *)
let stable suitors reviewers =
  let rec go free proposals engaged =
    match free with
    | [] -> engaged
    | s :: rest -> (
      match M.find s proposals with
      | [] -> go rest proposals engaged
      | r :: others -> (
        let proposals = M.add s others proposals in
        match M.find_opt r engaged with
        | None -> go rest proposals (M.add r s engaged)
        | Some rival when rank reviewers r s < rank reviewers r rival -> go (rival :: rest) proposals (M.add r s engaged)
        | Some _ -> go (s :: rest) proposals engaged))
  in
  go (List.map fst (M.bindings suitors)) suitors M.empty

let is_stable suitors reviewers engaged =
  let partner = M.fold (fun r s acc -> M.add s r acc) engaged M.empty in
  M.for_all
    (fun s r -> List.for_all (fun r' -> rank suitors s r' >= rank suitors s r || rank reviewers r' s >= rank reviewers r' (M.find r' engaged)) (M.find s suitors))
    partner

let table l = List.fold_left (fun m (k, v) -> M.add k (String.split_on_char ' ' v) m) M.empty l

(* Ballots are (number of voters, order of preference). *)
let tally score ballots =
  List.fold_left
    (fun m (n, order) -> List.fold_left (fun m (i, c) -> M.update c (fun v -> Some ((n * score (List.length order) i) + Option.value v ~default:0)) m) m (List.mapi (fun i c -> (i, c)) order))
    M.empty ballots

let best m = fst (M.fold (fun c v (b, w) -> if v > w then (c, v) else (b, w)) m ("", min_int))
let plurality ballots = best (tally (fun _ i -> if i = 0 then 1 else 0) ballots)
let borda ballots = best (tally (fun n i -> n - 1 - i) ballots)

let rec instant_runoff ballots =
  let first = tally (fun _ i -> if i = 0 then 1 else 0) ballots in
  let total = M.fold (fun _ v t -> t + v) first 0 in
  let winner = best first in
  if 2 * M.find winner first > total then winner
  else
    let loser = best (M.map (fun v -> -v) first) in
    instant_runoff (List.map (fun (n, order) -> (n, List.filter (( <> ) loser) order)) ballots)

let condorcet ballots =
  let candidates = snd (List.hd ballots) in
  let before a b order = List.find (fun c -> c = a || c = b) order = a in
  let beats a b = List.fold_left (fun d (n, order) -> if before a b order then d + n else d - n) 0 ballots > 0 in
  List.find_opt (fun a -> List.for_all (fun b -> a = b || beats a b) candidates) candidates

(* A round robin: everyone meets everyone once. *)
let rounds teams =
  match teams with
  | [] -> []
  | first :: rest ->
    let n = List.length rest in
    let rotate k = List.mapi (fun i _ -> List.nth rest ((i + k) mod n)) rest in
    List.init n (fun k ->
        let line = first :: rotate k in
        List.init ((n + 1) / 2) (fun i -> (List.nth line i, List.nth line (n - i))))

let () =
  let men = table [ ("abe", "xi yo zoe"); ("bob", "yo xi zoe"); ("cal", "xi zoe yo") ] and women = table [ ("xi", "bob cal abe"); ("yo", "abe bob cal"); ("zoe", "abe bob cal") ] in
  let engaged = stable men women in
  M.iter (fun r s -> Printf.printf "%s-%s " r s) engaged;
  Printf.printf "%b\n" (is_stable men women engaged);
  let ballots = List.map (fun (n, o) -> (n, String.split_on_char ' ' o)) [ (42, "memphis nashville chattanooga knoxville"); (26, "nashville chattanooga knoxville memphis"); (15, "chattanooga knoxville nashville memphis"); (17, "knoxville chattanooga nashville memphis") ] in
  Printf.printf "%s %s %s %s\n" (plurality ballots) (borda ballots) (instant_runoff ballots) (Option.value (condorcet ballots) ~default:"none");
  let circular = List.map (fun o -> (1, String.split_on_char ' ' o)) [ "a b c"; "b c a"; "c a b" ] in
  Printf.printf "%b\n" (condorcet circular = None);
  List.iter (fun round -> print_endline (String.concat " " (List.map (fun (a, b) -> a ^ b) round))) (rounds [ "A"; "B"; "C"; "D"; "E"; "F" ])

(* stdout {expected|
xi-bob yo-abe zoe-cal true
memphis nashville knoxville nashville
true
AF BE CD
AB CF DE
AC DB EF
AD EC FB
AE FD BC
|expected} *)
