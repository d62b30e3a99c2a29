(* The modules with labels: arguments in any order, partial applications, and StdLabels and MoreLabels opened. *)

open StdLabels

let p = Printf.printf
let ints l = p "[%s]\n" (String.concat ~sep:"; " (List.map ~f:string_of_int l))
let int_array a = ints (Array.to_list a)

let lists () =
  let l = List.init ~len:6 ~f:(fun i -> (i * 7) mod 5) in
  ints l;
  List.iter l ~f:(p "%d ");
  List.iteri ~f:(p "%d:%d ") l;
  ints (List.map l ~f:succ);
  ints (List.mapi l ~f:( * ));
  ints (List.rev_map l ~f:pred);
  ints (List.filter_map l ~f:(fun x -> if x > 2 then Some (-x) else None));
  ints (List.concat_map l ~f:(fun x -> [ x; x ]));
  let total, doubled = List.fold_left_map l ~init:0 ~f:(fun acc x -> (acc + x, 2 * x)) in
  p "%d " total;
  ints doubled;
  p "%d %d\n" (List.fold_left ~init:100 ~f:( - ) l) (List.fold_right l ~f:( - ) ~init:100);
  List.iter2 ~f:(fun a b -> p "%d%d " a b) [ 1; 2 ] [ 3; 4 ];
  ints (List.map2 [ 1; 2 ] [ 3; 4 ] ~f:( + ));
  ints (List.rev_map2 [ 1; 2 ] [ 3; 4 ] ~f:( + ));
  p "%d %d\n" (List.fold_left2 [ 1; 2 ] [ 3; 4 ] ~init:0 ~f:(fun a b c -> a + (b * c)))
    (List.fold_right2 [ 1; 2 ] [ 3; 4 ] ~init:0 ~f:(fun a b c -> a - b + c));
  p "%b %b %b %b\n" (List.for_all l ~f:(( <= ) 0)) (List.exists l ~f:(( = ) 9)) (List.for_all2 ~f:( < ) [ 1 ] [ 2 ])
    (List.exists2 ~f:( > ) [ 1 ] [ 2 ]);
  p "%b %b\n" (List.mem 3 ~set:l) (List.memq 8 ~set:l);
  p "%d\n" (List.find l ~f:(( < ) 2));
  ints (List.filter l ~f:(( < ) 1));
  ints (List.filteri l ~f:(fun i _ -> i land 1 = 0));
  ints (List.find_all l ~f:(( > ) 2));
  let a, b = List.partition l ~f:(( < ) 1) in
  ints a;
  ints b;
  let evens, odds = List.partition_map l ~f:(fun x -> if x land 1 = 0 then Either.Left x else Either.Right (string_of_int x)) in
  ints evens;
  p "%s\n" (String.concat ~sep:"," odds);
  p "%s %b %s\n" (List.assoc 2 [ (1, "a"); (2, "b") ]) (List.mem_assoc 3 ~map:[ (1, "a") ]) (List.assq 1 [ (1, "q") ]);
  p "%b %d\n" (List.mem_assq 1 ~map:[ (1, 2) ]) (List.length (List.remove_assoc 1 [ (1, 2); (3, 4) ]));
  ints (List.sort l ~cmp:compare);
  ints (List.stable_sort l ~cmp:(fun a b -> compare b a));
  ints (List.sort_uniq l ~cmp:compare);
  ints (List.merge ~cmp:compare [ 1; 3 ] [ 2; 4 ]);
  p "%b %d\n" (List.equal [ 1 ] [ 1 ] ~eq:( = )) (List.compare [ 1 ] [ 2 ] ~cmp:compare);
  p "%d\n" (List.compare_length_with l ~len:3)

let arrays () =
  let a = Array.init 6 ~f:(fun i -> i * i) in
  int_array a;
  int_array (Array.sub a ~pos:1 ~len:3);
  Array.fill a ~pos:2 ~len:2 7;
  int_array a;
  Array.blit ~src:a ~src_pos:0 ~dst:a ~dst_pos:3 ~len:3;
  int_array a;
  Array.iter ~f:(p "%d ") a;
  Array.iteri a ~f:(p "%d:%d ");
  int_array (Array.map a ~f:succ);
  int_array (Array.mapi a ~f:( - ));
  p "%d %d\n" (Array.fold_left a ~init:1 ~f:( - )) (Array.fold_right a ~init:1 ~f:( - ));
  Array.iter2 a a ~f:(fun x y -> p "%d " (x * y));
  int_array (Array.map2 a a ~f:( + ));
  p "%b %b %b %b\n" (Array.for_all a ~f:(( <= ) 0)) (Array.exists a ~f:(( = ) 7)) (Array.for_all2 a a ~f:( = ))
    (Array.exists2 a a ~f:( < ));
  p "%b %b\n" (Array.mem 7 ~set:a) (Array.memq 8 ~set:a);
  Array.sort a ~cmp:compare;
  int_array a;
  Array.stable_sort a ~cmp:(fun a b -> compare b a);
  int_array a;
  Array.fast_sort a ~cmp:compare;
  let m = Array.make_matrix ~dimx:2 ~dimy:3 'x' in
  p "%d %d %s\n" (Array.length m) (Array.length m.(0)) (String.init 3 ~f:(fun i -> m.(1).(i)))

let strings () =
  p "%s %s\n" (String.concat ~sep:", " [ "a"; "b" ]) (String.sub "abcdef" ~pos:2 ~len:3);
  let b = Bytes.make 6 '.' in
  String.blit ~src:"abc" ~src_pos:1 ~dst:b ~dst_pos:3 ~len:2;
  p "%s\n" (Bytes.to_string b);
  String.iter "ab" ~f:(p "%c-");
  String.iteri "ab" ~f:(p "%d%c");
  p "%s %s\n" (String.map "ab" ~f:Char.uppercase_ascii) (String.mapi "abc" ~f:(fun i c -> if i = 1 then '_' else c));
  p "%d %d\n" (String.fold_left "abc" ~init:0 ~f:(fun n c -> (2 * n) + Char.code c))
    (String.fold_right "abc" ~init:0 ~f:(fun c n -> (2 * n) + Char.code c));
  p "%b %b\n" (String.for_all "aab" ~f:(( = ) 'a')) (String.exists "aab" ~f:(( = ) 'b'));
  p "%b %b\n" (String.starts_with ~prefix:"ab" "abc") (String.ends_with "abc" ~suffix:"bc");
  p "%s\n" (String.concat ~sep:"|" (String.split_on_char ~sep:',' "a,b,,c"));
  p "%d %d\n" (String.index_from "abcb" 2 'b') (String.rindex "abcb" 'b')

let bytes () =
  let b = Bytes.init 5 ~f:(fun i -> Char.chr (97 + i)) in
  p "%s %s %s\n" (Bytes.to_string b) (Bytes.sub_string b ~pos:1 ~len:2) (Bytes.to_string (Bytes.sub b ~pos:3 ~len:2));
  Bytes.fill b ~pos:0 ~len:2 '-';
  Bytes.blit ~src:b ~src_pos:0 ~dst:b ~dst_pos:3 ~len:2;
  Bytes.blit_string ~src:"xyz" ~src_pos:2 ~dst:b ~dst_pos:2 ~len:1;
  p "%s\n" (Bytes.to_string b);
  Bytes.iter b ~f:(p "%c ");
  Bytes.iteri b ~f:(p "%d%c");
  p "%s\n" (Bytes.to_string (Bytes.map b ~f:(fun c -> if c = '-' then '+' else c)));
  p "%s\n" (Bytes.to_string (Bytes.extend b ~left:(-1) ~right:0));
  p "%s\n" (Bytes.to_string (Bytes.concat ~sep:(Bytes.of_string "/") [ b; b ]))

module H = MoreLabels.Hashtbl.Make (struct
  type t = int

  let equal = Int.equal
  let hash n = n
end)

module M = MoreLabels.Map.Make (Int)
module S = MoreLabels.Set.Make (Int)

let more () =
  let open MoreLabels in
  let h = Hashtbl.create 3 in
  Hashtbl.add h ~key:1 ~data:"one";
  Hashtbl.add h ~data:"two" ~key:2;
  Hashtbl.replace h ~key:1 ~data:"eins";
  Hashtbl.iter h ~f:(fun ~key ~data -> p "%d=%s " key data);
  Hashtbl.filter_map_inplace h ~f:(fun ~key ~data -> if key > 1 then Some (data ^ "!") else None);
  p "%s\n" (Hashtbl.fold h ~init:"" ~f:(fun ~key ~data acc -> acc ^ string_of_int key ^ data));
  let t = H.create 3 in
  H.add t ~key:1 ~data:"one";
  H.replace t ~key:2 ~data:"two";
  H.filter_map_inplace t ~f:(fun ~key:_ ~data -> Some (data ^ data));
  H.iter t ~f:(fun ~key ~data -> p "%d=%s " key data);
  p "%d\n" (H.fold t ~init:0 ~f:(fun ~key ~data:_ n -> n + key));
  let m = M.add ~key:1 ~data:"a" (M.add M.empty ~data:"b" ~key:2) in
  M.iter m ~f:(fun ~key ~data -> p "%d=%s " key data);
  let m = M.update m ~key:3 ~f:(function None -> Some "new" | some -> some) in
  p "%s\n" (M.fold m ~init:"" ~f:(fun ~key ~data acc -> acc ^ string_of_int key ^ data));
  let union = M.union m (M.singleton 1 "z") ~f:(fun _ a b -> Some (a ^ b)) in
  p "%s %b\n" (M.find 1 union) (M.equal m union ~cmp:String.equal);
  p "%d %d\n" (M.cardinal (M.filter m ~f:(fun key _ -> key > 1))) (M.cardinal (M.merge m m ~f:(fun _ _ _ -> None)));
  p "%b %b\n" (M.for_all m ~f:(fun key _ -> key > 0)) (M.exists m ~f:(fun _ data -> data = "q"));
  p "%s\n" (M.find 2 (M.mapi m ~f:(fun key data -> string_of_int key ^ data)));
  let s = S.of_list [ 3; 1; 2 ] in
  S.iter s ~f:(p "%d ");
  p "%d %d %b\n" (S.fold s ~init:0 ~f:( + )) (S.find_first s ~f:(( < ) 1)) (S.exists s ~f:(( = ) 3));
  ints (S.elements (S.filter (S.map s ~f:(( * ) 2)) ~f:(fun n -> n > 2)))

let () =
  lists ();
  arrays ();
  strings ();
  bytes ();
  more ()
