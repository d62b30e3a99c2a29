(* The whole of Set: algebra, subsets, splitting, order of sets, sharing, sets of sets. *)

module S = Set.Make (Int)
module SS = Set.Make (S)

let show s = "{" ^ String.concat " " (List.map string_of_int (S.elements s)) ^ "}"
let put s = print_endline (show s)
let a = S.of_list [ 5; 1; 3; 1; 9 ]
let b = S.of_list [ 3; 4; 5; 6 ]
let option = function None -> "none" | Some n -> string_of_int n

let () =
  put S.empty; put (S.singleton 4); put a; put (S.add 4 a); put (S.remove 3 a);
  put (S.union a b); put (S.inter a b); put (S.diff a b); put (S.diff b a);
  Printf.printf "%d %b %b %b\n" (S.cardinal a) (S.mem 3 a) (S.is_empty a) (S.is_empty (S.diff a a));
  Printf.printf "%b %b %b %b\n" (S.subset (S.inter a b) a) (S.subset a b) (S.disjoint a b) (S.disjoint a (S.of_list [ 2; 4 ]));
  Printf.printf "%b %d %d\n" (S.equal a (S.of_list [ 9; 5; 3; 1 ])) (S.compare a b) (S.compare b a);
  Printf.printf "%d %d %s %s\n" (S.min_elt a) (S.max_elt a) (option (S.min_elt_opt S.empty)) (option (S.choose_opt S.empty));
  put (S.map (fun n -> n / 2) a); put (S.filter (fun n -> n > 2) a); put (S.filter_map (fun n -> if n > 3 then Some (-n) else None) a);
  let low, there, high = S.split 4 a in
  Printf.printf "%s %b %s\n" (show low) there (show high);
  let small, large = S.partition (fun n -> n < 4) a in
  Printf.printf "%s %s\n" (show small) (show large);
  S.iter (Printf.printf "%d ") a; Printf.printf "%d %b %b\n" (S.fold (fun n acc -> (acc * 10) + n) a 0) (S.for_all (( < ) 0) a) (S.exists (( = ) 2) a)

let () =
  Printf.printf "%d %s\n" (S.find 3 a) (option (S.find_opt 2 a));
  Printf.printf "%d %s %d %s\n" (S.find_first (fun n -> n > 3) a) (option (S.find_first_opt (fun n -> n > 9) a)) (S.find_last (fun n -> n < 9) a) (option (S.find_last_opt (fun n -> n < 1) a));
  List.iter (fun f -> match f () with n -> Printf.printf "%d\n" n | exception Not_found -> print_endline "Not_found")
    [ (fun () -> S.find 2 a); (fun () -> S.min_elt S.empty); (fun () -> S.choose S.empty); (fun () -> S.find_first (fun n -> n > 100) a) ];
  print_endline (String.concat " " (List.map string_of_int (List.of_seq (S.to_seq_from 4 a))));
  put (S.add_seq (Seq.return 0) a); put (S.of_seq (S.to_rev_seq a));
  Printf.printf "%b %b %b %b\n" (S.add 5 a == a) (S.remove 2 a == a) (S.filter (fun _ -> true) a == a) (S.union a (S.singleton 1) == a);
  Printf.printf "%b\n" (S.map Fun.id a == a)

(* All subsets, and a graph's connected components, as sets of sets. *)
let subsets s = S.fold (fun x all -> SS.union all (SS.map (S.add x) all)) s (SS.singleton S.empty)

let components edges =
  let merge all (x, y) =
    let touching, others = SS.partition (fun s -> S.mem x s || S.mem y s) all in
    SS.add (SS.fold S.union touching (S.of_list [ x; y ])) others
  in
  List.fold_left merge SS.empty edges

let () =
  let all = subsets (S.of_list [ 1; 2; 3 ]) in
  Printf.printf "%d: %s\n" (SS.cardinal all) (String.concat " " (List.map show (SS.elements all)));
  print_endline (String.concat " " (List.map show (SS.elements (components [ (1, 2); (3, 4); (5, 6); (2, 3); (7, 5) ]))));
  let module Words = Set.Make (String) in
  let words = Words.of_list (String.split_on_char ' ' "the cat and the dog and the bird") in
  print_endline (String.concat "," (Words.elements words));
  let big = S.of_list (List.init 1000 (fun i -> i * 379 mod 1009)) in
  let half, _, rest = S.split 500 big in
  Printf.printf "%d %d %b\n" (S.cardinal half) (S.cardinal rest) (S.equal big (S.union rest (S.add 500 half)))

(* stdout {expected|
{}
{4}
{1 3 5 9}
{1 3 4 5 9}
{1 5 9}
{1 3 4 5 6 9}
{3 5}
{1 9}
{4 6}
4 true false true
true false false true
true -1 1
1 9 none none
{0 1 2 4}
{3 5 9}
{-9 -5}
{1 3} false {5 9}
{1 3} {5 9}
1 3 5 9 1359 true false
3 none
5 none 5 none
Not_found
Not_found
Not_found
Not_found
5 9
{0 1 3 5 9}
{1 3 5 9}
true true true true
true
8: {} {1} {1 2} {1 2 3} {1 3} {2} {2 3} {3}
{1 2 3 4} {5 6 7}
and,bird,cat,dog,the
497 502 true
|expected} *)
