(* Functions younger than OCaml 4.13: no reference to compare with, so what is expected is written here. *)

let failures = ref 0

let check name ok =
  if not ok then begin
    incr failures;
    print_endline ("failed: " ^ name)
  end

let raises f = match f () with _ -> "" | exception Invalid_argument m -> m
let l = [ 1; 2; 3; 4; 5 ]

let () =
  check "is_empty" (List.is_empty [] && not (List.is_empty l));
  check "find_index" (List.find_index (fun x -> x = 3) l = Some 2 && List.find_index (fun x -> x = 9) l = None);
  check "find_mapi" (List.find_mapi (fun i x -> if i = 2 then Some (x * 10) else None) l = Some 30);
  check "take" (List.take 2 l = [ 1; 2 ] && List.take 9 l = l && List.take 0 l = []);
  check "take negative" (raises (fun () -> List.take (-1) l) = "List.take");
  check "drop" (List.drop 2 l = [ 3; 4; 5 ] && List.drop 9 l = []);
  check "take_while" (List.take_while (fun x -> x < 3) l = [ 1; 2 ] && List.drop_while (fun x -> x < 3) l = [ 3; 4; 5 ]);
  let a = Array.of_list l in
  check "Array.find_index" (Array.find_index (fun x -> x > 3) a = Some 3);
  check "Array.find_mapi" (Array.find_mapi (fun i x -> if i > 1 then Some (i, x) else None) a = Some (2, 3));
  Array.map_inplace succ a;
  Array.mapi_inplace (fun i x -> (i * 10) + x) a;
  check "map_inplace" (a = [| 2; 13; 24; 35; 46 |]);
  check "init_matrix" (Array.init_matrix 2 2 (fun i j -> (i, j)) = [| [| (0, 0); (0, 1) |]; [| (1, 0); (1, 1) |] |]);
  check "Fun.compose" (Fun.compose string_of_int succ 1 = "2");
  let substituted text =
    let b = Buffer.create 10 in
    Buffer.add_substitute b (fun name -> "<" ^ name ^ ">") text;
    Buffer.contents b
  in
  check "dollars without names" (List.map substituted [ "$"; "a$ b"; "$-"; "$(a"; "${a{b}"; "$)" ] = [ "$"; "a$ b"; "$-"; "$(a"; "${a{b}"; "$)" ]);
  check "many dollars" (substituted "$$a $$$" = "$<a> $$$");
  check "backslashes" (substituted "\\$a \\\\$a \\\\ \\" = "$a \\$a \\\\ \\");
  check "String.hash" (String.hash "abc" = Hashtbl.hash "abc" && String.seeded_hash 3 "abc" = Hashtbl.seeded_hash 3 "abc");
  let q = Queue.of_seq (List.to_seq l) in
  Queue.drop q;
  check "Queue.drop" (Queue.peek q = 2 && Queue.length q = 4);
  let s = Stack.of_seq (List.to_seq l) in
  Stack.drop s;
  check "Stack.drop" (Stack.top s = 4);
  check "drop empty" (try Queue.drop (Queue.create ()); false with Queue.Empty -> true)

module M = Map.Make (Int)
module S = Set.Make (Int)

let () =
  let m = M.of_list [ (2, [ 1 ]); (1, []) ] in
  check "Map.to_list" (M.to_list (M.add_to_list 2 7 (M.add_to_list 3 1 m)) = [ (1, []); (2, [ 7; 1 ]); (3, [ 1 ]) ]);
  check "Set.to_list" (S.to_list (S.of_list [ 3; 1; 2 ]) = [ 1; 2; 3 ])

let () =
  let ints = List.to_seq l in
  let list = List.of_seq in
  check "uncons" (match Seq.uncons ints with Some (1, rest) -> list rest = [ 2; 3; 4; 5 ] | _ -> false);
  check "length" (Seq.length ints = 5 && Seq.is_empty Seq.empty && not (Seq.is_empty ints));
  check "take drop" (list (Seq.take 2 ints) = [ 1; 2 ] && list (Seq.drop 2 ints) = [ 3; 4; 5 ] && list (Seq.drop 9 ints) = []);
  check "while" (list (Seq.take_while (fun x -> x < 3) ints) = [ 1; 2 ] && list (Seq.drop_while (fun x -> x < 3) ints) = [ 3; 4; 5 ]);
  check "init" (list (Seq.init 3 succ) = [ 1; 2; 3 ] && raises (fun () -> Seq.init (-1) succ) = "Seq.init");
  check "repeat" (list (Seq.take 3 (Seq.repeat 'a')) = [ 'a'; 'a'; 'a' ]);
  check "cycle" (list (Seq.take 7 (Seq.cycle (Seq.take 3 ints))) = [ 1; 2; 3; 1; 2; 3; 1 ] && Seq.is_empty (Seq.cycle Seq.empty));
  check "iterate" (list (Seq.take 4 (Seq.iterate (fun x -> x * 2) 1)) = [ 1; 2; 4; 8 ]);
  check "ints" (list (Seq.take 3 (Seq.ints 5)) = [ 5; 6; 7 ]);
  check "mapi" (list (Seq.mapi (fun i x -> i * x) ints) = [ 0; 2; 6; 12; 20 ]);
  check "scan" (list (Seq.scan ( + ) 0 ints) = [ 0; 1; 3; 6; 10; 15 ]);
  check "zip" (list (Seq.zip ints (Seq.take 2 ints)) = [ (1, 1); (2, 2) ]);
  check "map2" (list (Seq.map2 ( * ) ints ints) = [ 1; 4; 9; 16; 25 ]);
  check "interleave" (list (Seq.interleave (Seq.take 2 ints) (Seq.ints 10 |> Seq.take 4)) = [ 1; 10; 2; 11; 12; 13 ]);
  check "sorted_merge" (list (Seq.sorted_merge compare (List.to_seq [ 1; 4; 5 ]) (List.to_seq [ 2; 4; 9 ])) = [ 1; 2; 4; 4; 5; 9 ]);
  check "group" (List.map list (list (Seq.group ( = ) (List.to_seq [ 1; 1; 2; 3; 3; 3 ]))) = [ [ 1; 1 ]; [ 2 ]; [ 3; 3; 3 ] ]);
  check "product" (list (Seq.product (Seq.take 2 ints) (List.to_seq [ 'a'; 'b' ])) = [ (1, 'a'); (1, 'b'); (2, 'a'); (2, 'b') ]
    || List.sort compare (list (Seq.product (Seq.take 2 ints) (List.to_seq [ 'a'; 'b' ]))) = [ (1, 'a'); (1, 'b'); (2, 'a'); (2, 'b') ]);
  check "transpose" (List.map list (list (Seq.transpose (List.to_seq [ ints; Seq.take 2 ints ]))) = [ [ 1; 1 ]; [ 2; 2 ]; [ 3 ]; [ 4 ]; [ 5 ] ]);
  check "unzip" (let a, b = Seq.unzip (List.to_seq [ (1, 'a'); (2, 'b') ]) in list a = [ 1; 2 ] && list b = [ 'a'; 'b' ]);
  check "partition" (let a, b = Seq.partition (fun x -> x > 2) ints in list a = [ 3; 4; 5 ] && list b = [ 1; 2 ]);
  check "compare" (Seq.compare compare ints (Seq.take 2 ints) = 1 && Seq.equal ( = ) ints ints);
  check "find" (Seq.find (fun x -> x > 3) ints = Some 4 && Seq.find_index (fun x -> x > 3) ints = Some 3 && Seq.find_map (fun x -> if x > 3 then Some 'x' else None) ints = Some 'x');
  check "for_all" (Seq.for_all (fun x -> x > 0) ints && Seq.exists (fun x -> x > 4) ints && not (Seq.for_all2 ( < ) ints ints) && not (Seq.exists2 ( < ) ints ints));
  check "folds" (Seq.fold_lefti (fun acc i x -> acc + (i * x)) 0 ints = 40 && Seq.fold_left2 (fun acc x y -> acc + (x * y)) 0 ints ints = 55);
  let count = ref 0 in
  let m = Seq.memoize (Seq.map (fun x -> incr count; x) ints) in
  check "memoize" (list m = l && list m = l && !count = 5);
  let o = Seq.once ints in
  check "once" (list o = l && try ignore (list o); false with Seq.Forced_twice -> true);
  let next = Seq.to_dispenser ints in
  check "dispenser" (next () = Some 1 && next () = Some 2 && list (Seq.of_dispenser next) = [ 3; 4; 5 ] && next () = None)

let () =
  let decode s i =
    let d = String.get_utf_8_uchar s i in
    (Uchar.utf_decode_is_valid d, Uchar.utf_decode_length d, Uchar.to_int (Uchar.utf_decode_uchar d))
  in
  check "ascii" (decode "a" 0 = (true, 1, 97));
  check "two" (decode "\xC3\xA9" 0 = (true, 2, 0xE9));
  check "three" (decode "\xE2\x82\xAC" 0 = (true, 3, 0x20AC));
  check "four" (decode "\xF0\x90\x8D\x88" 0 = (true, 4, 0x10348));
  check "cut" (decode "\xE2\x82" 0 = (false, 2, 0xFFFD));
  check "stray" (decode "\x82" 0 = (false, 1, 0xFFFD));
  check "overlong" (decode "\xC0\x80" 0 = (false, 1, 0xFFFD) && decode "\xE0\x80\x80" 0 = (false, 1, 0xFFFD));
  check "surrogate" (decode "\xED\xA0\x80" 0 = (false, 1, 0xFFFD));
  check "too big" (decode "\xF4\x90\x80\x80" 0 = (false, 1, 0xFFFD));
  check "valid" (String.is_valid_utf_8 "h\xC3\xA9" && not (String.is_valid_utf_8 "h\xC3"));
  let b = Bytes.make 4 '.' in
  check "set" (Bytes.set_utf_8_uchar b 0 (Uchar.of_int 0x20AC) = 3 && Bytes.to_string b = "\xE2\x82\xAC." && Bytes.set_utf_8_uchar b 2 (Uchar.of_int 0x20AC) = 0);
  check "utf16" (Bytes.set_utf_16be_uchar b 0 (Uchar.of_int 0x10348) = 4 && Bytes.to_string b = "\xD8\x00\xDF\x48");
  let d = Bytes.get_utf_16be_uchar b 0 in
  check "utf16 get" (Uchar.utf_decode_length d = 4 && Uchar.to_int (Uchar.utf_decode_uchar d) = 0x10348);
  check "utf16 valid" (Bytes.is_valid_utf_16be b && not (Bytes.is_valid_utf_16be (Bytes.of_string "\xD8\x00")))

module Seeded = Hashtbl.MakeSeeded (struct
  type t = int
  let equal = Int.equal
  let seeded_hash seed n = seed lxor n
end)

let () =
  let h = Seeded.create ~random:true 3 in
  Seeded.add h 1 'a';
  check "MakeSeeded" (Seeded.find h 1 = 'a');
  let r = Hashtbl.create ~random:true 3 in
  for i = 1 to 100 do Hashtbl.replace r i i done;
  check "random" (Hashtbl.fold (fun _ v acc -> v + acc) r 0 = 5050 && not (Hashtbl.is_randomized ()));
  check "nan" (Int64.bits_of_float nan = 0x7FF8000000000001L);
  let cell = Atomic.make 1 in
  Atomic.incr cell;
  check "Atomic" (Atomic.fetch_and_add cell 5 = 2 && Atomic.exchange cell 1 = 7 && Atomic.compare_and_set cell 1 9 && Atomic.get cell = 9)

let () = if !failures = 0 then print_endline "all passed" else exit 1
