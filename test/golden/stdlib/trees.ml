(* Map and Set: contents, callbacks' order, exact shapes. *)

module IM = Map.Make (Int)
module IS = Set.Make (Int)

let seed = ref 7
let random n = seed := ((!seed * 1103515245) + 12345) land 0x3FFFFFFF; (!seed lsr 8) mod n

(* The shape of a tree: blocks in parentheses. *)
let shape x =
  let b = Buffer.create 100 in
  let rec go v =
    if Obj.is_int v then Buffer.add_string b (string_of_int (Obj.obj v))
    else begin
      Buffer.add_char b '(';
      for i = 0 to Obj.size v - 1 do go (Obj.field v i); Buffer.add_char b ' ' done;
      Buffer.add_char b ')'
    end
  in
  go (Obj.repr x);
  string_of_int (String.fold_left (fun h c -> ((h * 31) + Char.code c) land 0xFFFFFF) 0 (Buffer.contents b))

let note s = print_string (s ^ " ")
let show m = String.concat "," (List.map (fun (k, v) -> Printf.sprintf "%d:%d" k v) (IM.bindings m))
let line m = Printf.printf "%s %s\n" (shape m) (show m)

let random_map n bound =
  let m = ref IM.empty in
  for _ = 1 to n do
    let k = random bound in
    if random 4 = 0 then m := IM.remove k !m else m := IM.add k (random 1000) !m
  done;
  !m

let () =
  for i = 0 to 30 do
    let a = random_map (i * 3) 50 and b = random_map (i * 2) 50 in
    line a;
    line (IM.merge (fun k x y -> note (string_of_int k); match x, y with Some x, Some y -> Some (x + y) | None, y -> y | Some _, None -> None) a b);
    line (IM.union (fun k x y -> note (string_of_int k); if k mod 2 = 0 then None else Some (x - y)) a b);
    line (IM.filter (fun k _ -> note (string_of_int k); k mod 3 <> 0) a);
    line (IM.filter_map (fun k v -> note (string_of_int k); if v > 500 then None else Some (v * 2)) a);
    let yes, no = IM.partition (fun k _ -> note (string_of_int k); k > 20) a in
    line yes; line no;
    let l, found, r = IM.split 25 a in
    line l; line r;
    print_endline (match found with None -> "-" | Some v -> string_of_int v);
    line (IM.map (fun v -> note (string_of_int v); v + 1) a);
    line (IM.mapi (fun k v -> note (string_of_int k); v + k) a);
    line (IM.update 10 (function None -> Some 1 | Some _ -> None) a);
    line (IM.update 11 (function None -> None | Some v -> Some (v + 1)) a);
    Printf.printf "%b %b\n" (IM.for_all (fun k _ -> note (string_of_int k); k > 1) a) (IM.exists (fun k _ -> note (string_of_int k); k = 30) a);
    Printf.printf "%d %d %b\n" (IM.compare compare a b) (IM.cardinal a) (IM.equal ( = ) a a);
    let binding = function None -> "-" | Some (k, v) -> Printf.sprintf "%d=%d" k v in
    print_endline
      (String.concat " "
         (List.map binding
            [ IM.min_binding_opt a; IM.max_binding_opt a; IM.choose_opt a; IM.find_first_opt (fun k -> k >= 13) a; IM.find_last_opt (fun k -> k <= 13) a ]));
    print_endline (String.concat " " (List.of_seq (Seq.map (fun (k, _) -> string_of_int k) (IM.to_seq_from 20 a))));
    print_endline (String.concat " " (List.of_seq (Seq.map (fun (k, _) -> string_of_int k) (IM.to_rev_seq a))));
    line (IM.of_seq (IM.to_seq b));
    IM.iter (fun k v -> note (Printf.sprintf "%d-%d" k v)) a;
    Printf.printf "%d\n" (IM.fold (fun k v acc -> (acc * 3) + k + v) a 0)
  done;
  let m = IM.of_seq (List.to_seq [ (1, 1); (2, 2) ]) in
  Printf.printf "%b %b %b\n" (IM.add 1 1 m == m) (IM.remove 3 m == m) (IM.filter (fun _ _ -> true) m == m);
  (try ignore (IM.find 3 m) with Not_found -> print_endline "Not_found");
  (try ignore (IM.min_binding IM.empty) with Not_found -> print_endline "Not_found");
  try ignore (IM.find_first (fun k -> k > 5) m) with Not_found -> print_endline "Not_found"

let show s = String.concat "," (List.map string_of_int (IS.elements s))
let line s = Printf.printf "%s %s\n" (shape s) (show s)

let random_set n bound =
  let s = ref IS.empty in
  for _ = 1 to n do
    let k = random bound in
    if random 4 = 0 then s := IS.remove k !s else s := IS.add k !s
  done;
  !s

let () =
  for i = 0 to 30 do
    let a = random_set (i * 3) 50 and b = random_set (i * 2) 50 in
    line a; line b;
    line (IS.union a b); line (IS.inter a b); line (IS.diff a b);
    Printf.printf "%b %b %b %d %b\n" (IS.disjoint a b) (IS.subset (IS.inter a b) a) (IS.subset a b) (IS.compare a b) (IS.equal a b);
    line (IS.map (fun x -> note (string_of_int x); (x * 7) mod 31) a);
    line (IS.filter_map (fun x -> note (string_of_int x); if x mod 2 = 0 then Some ((x * 11) mod 37) else None) a);
    line (IS.filter (fun x -> note (string_of_int x); x mod 3 = 0) a);
    let yes, no = IS.partition (fun x -> x > 20) a in
    line yes; line no;
    let l, found, r = IS.split 25 a in
    line l; line r; Printf.printf "%b\n" found;
    line (IS.of_list (List.init i (fun _ -> random 40)));
    line (IS.of_list (List.init (i * 5) (fun _ -> random 400)));
    Printf.printf "%b %b\n" (IS.for_all (fun k -> note (string_of_int k); k > 1) a) (IS.exists (fun k -> note (string_of_int k); k = 30) a);
    print_endline (String.concat " " (List.of_seq (Seq.map string_of_int (IS.to_seq_from 20 a))));
    print_endline (String.concat " " (List.of_seq (Seq.map string_of_int (IS.to_rev_seq a))));
    Printf.printf "%d %d\n" (IS.fold (fun x acc -> (acc * 3) + x) a 0) (IS.cardinal a);
    let opt = function None -> "-" | Some x -> string_of_int x in
    print_endline (String.concat " " (List.map opt [ IS.min_elt_opt a; IS.max_elt_opt a; IS.choose_opt a; IS.find_opt 10 a; IS.find_first_opt (fun x -> x >= 9) a; IS.find_last_opt (fun x -> x < 9) a ]))
  done;
  (try ignore (IS.find 3 IS.empty) with Not_found -> print_endline "Not_found");
  (try ignore (IS.min_elt IS.empty) with Not_found -> print_endline "Not_found");
  let s = IS.of_list [ 1; 2; 3 ] in
  Printf.printf "%b %b %b\n" (IS.add 1 s == s) (IS.remove 7 s == s) (IS.map (fun x -> x) s == s)
