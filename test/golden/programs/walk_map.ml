(* The whole of Map: insertion, removal, union and merge, splitting, searching by monotone predicates, order. *)

module M = Map.Make (Int)

let show m = "{" ^ String.concat ", " (List.map (fun (k, v) -> Printf.sprintf "%d:%s" k v) (M.bindings m)) ^ "}"
let put m = print_endline (show m)
let m = M.of_seq (List.to_seq [ (3, "c"); (1, "a"); (5, "e"); (2, "b"); (4, "d") ])
let binding = function None -> "none" | Some (k, v) -> Printf.sprintf "%d:%s" k v

let () =
  put M.empty; put (M.singleton 7 "g"); put m; put (M.add 6 "f" m); put (M.add 3 "C" m); put (M.remove 3 m); put (M.remove 9 m);
  Printf.printf "%d %b %b %b\n" (M.cardinal m) (M.is_empty m) (M.mem 3 m) (M.mem 9 m);
  Printf.printf "%s %b\n" (M.find 2 m) (M.find_opt 9 m = None);
  put (M.update 2 (fun _ -> None) m); put (M.update 9 (fun v -> assert (v = None); Some "new") m); put (M.update 1 (Option.map String.uppercase_ascii) m);
  Printf.printf "%s %s %s\n" (binding (Some (M.min_binding m))) (binding (M.max_binding_opt m)) (binding (M.min_binding_opt (M.empty : string M.t)));
  Printf.printf "%b %s\n" (M.mem (fst (M.choose m)) m) (binding (M.choose_opt (M.empty : string M.t)))

let () =
  put (M.map String.uppercase_ascii m); put (M.mapi (fun k v -> v ^ string_of_int k) m);
  put (M.filter (fun k _ -> k > 2) m); put (M.filter_map (fun k v -> if k mod 2 = 0 then Some (v ^ v) else None) m);
  let even, odd = M.partition (fun k _ -> k mod 2 = 0) m in
  put even; put odd;
  let low, at, high = M.split 3 m in
  put low; print_endline (Option.value at ~default:"-"); put high;
  let _, at, _ = M.split 10 m in
  print_endline (Option.value at ~default:"-");
  M.iter (fun k v -> Printf.printf "%d%s " k v) m; print_newline ();
  print_endline (M.fold (fun k v acc -> acc ^ v ^ string_of_int k) m "");
  Printf.printf "%b %b\n" (M.for_all (fun k _ -> k < 6) m) (M.exists (fun _ v -> v = "z") m)

let () =
  let a = M.of_seq (List.to_seq [ (1, "x"); (2, "y"); (3, "z") ]) in
  put (M.union (fun k l r -> if k = 2 then None else Some (l ^ r)) a m);
  put (M.merge (fun k l r -> match (l, r) with
      | Some l, Some r -> if k = 1 then None else Some (l ^ "+" ^ r)
      | Some l, None -> Some ("left " ^ l)
      | None, Some r -> if k = 4 then None else Some ("right " ^ r)
      | None, None -> None) a m);
  Printf.printf "%d %d %b\n" (M.compare compare a m) (M.compare compare a a) (M.equal (fun _ _ -> true) a (M.map Fun.id a));
  print_endline (binding (M.find_first_opt (fun k -> k >= 3) m)); print_endline (binding (M.find_last_opt (fun k -> k < 3) m));
  print_endline (binding (Some (M.find_first (fun k -> k > 0) m))); print_endline (binding (M.find_first_opt (fun k -> k > 10) m));
  List.iter (fun f -> match f () with _ -> print_endline "fine" | exception Not_found -> print_endline "Not_found")
    [ (fun () -> M.find 9 m); (fun () -> snd (M.min_binding M.empty)); (fun () -> snd (M.choose M.empty)); (fun () -> snd (M.find_last (fun k -> k < 0) m)) ];
  Seq.iter (fun (k, v) -> Printf.printf "%d%s " k v) (M.to_seq_from 3 m); Seq.iter (fun (k, _) -> Printf.printf "%d " k) (M.to_rev_seq m); print_newline ();
  put (M.add_seq (List.to_seq [ (8, "h"); (1, "A") ]) m);
  (* What does not change is returned as it is. *)
  Printf.printf "%b %b %b %b\n" (M.add 1 (M.find 1 m) m == m) (M.remove 9 m == m) (M.filter (fun _ _ -> true) m == m) (M.update 1 Fun.id m == m)

(* Keys of any order: comparisons are made by the functor's argument alone. *)
module Down = Map.Make (struct
  type t = string
  let compare a b = compare b a
end)

let () =
  let d = List.fold_left (fun d w -> Down.update w (fun n -> Some (1 + Option.value n ~default:0)) d) Down.empty [ "pear"; "fig"; "pear"; "apple"; "fig"; "pear" ] in
  Down.iter (Printf.printf "%s %d; ") d; print_newline ();
  let big = List.fold_left (fun m k -> M.add (k * 7919 mod 10007) "" m) M.empty (List.init 2000 Fun.id) in
  let keys = List.map fst (M.bindings big) in
  Printf.printf "%d %b\n" (M.cardinal big) (keys = List.sort_uniq compare keys)

(* stdout {expected|
{}
{7:g}
{1:a, 2:b, 3:c, 4:d, 5:e}
{1:a, 2:b, 3:c, 4:d, 5:e, 6:f}
{1:a, 2:b, 3:C, 4:d, 5:e}
{1:a, 2:b, 4:d, 5:e}
{1:a, 2:b, 3:c, 4:d, 5:e}
5 false true false
b true
{1:a, 3:c, 4:d, 5:e}
{1:a, 2:b, 3:c, 4:d, 5:e, 9:new}
{1:A, 2:b, 3:c, 4:d, 5:e}
1:a 5:e none
true none
{1:A, 2:B, 3:C, 4:D, 5:E}
{1:a1, 2:b2, 3:c3, 4:d4, 5:e5}
{3:c, 4:d, 5:e}
{2:bb, 4:dd}
{2:b, 4:d}
{1:a, 3:c, 5:e}
{1:a, 2:b}
c
{4:d, 5:e}
-
1a 2b 3c 4d 5e 
a1b2c3d4e5
true false
{1:xa, 3:zc, 4:d, 5:e}
{2:y+b, 3:z+c, 5:right e}
1 0 true
3:c
2:b
1:a
none
Not_found
Not_found
Not_found
Not_found
3c 4d 5e 5 4 3 2 1 
{1:A, 2:b, 3:c, 4:d, 5:e, 8:h}
true true true true
pear 3; fig 2; apple 1; 
2000 true
|expected} *)
