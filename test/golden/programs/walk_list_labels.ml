(* The labelled modules of StdLabels and MoreLabels, as they are used with partial application. *)
open StdLabels

let show f l = String.concat ~sep:" " (List.map ~f l)
let ints = show string_of_int

module Hashtbl = MoreLabels.Hashtbl
module Int_map = MoreLabels.Map.Make (Int)
module Char_set = MoreLabels.Set.Make (Char)

let () =
  let l = List.init ~len:8 ~f:(fun i -> (i * 5) mod 8) in
  print_endline (ints l);
  print_endline (ints (List.sort ~cmp:compare l));
  print_endline (ints (List.filter l ~f:(fun n -> n > 3)));
  Printf.printf "%d %d\n" (List.fold_left l ~init:100 ~f:( - )) (List.fold_right l ~f:( - ) ~init:100);
  Printf.printf "%b %b %b\n" (List.mem 3 ~set:l) (List.exists ~f:(( = ) 9) l) (List.for_all l ~f:(fun n -> n < 8));
  let evens, odds = List.partition l ~f:(fun n -> n mod 2 = 0) in
  Printf.printf "%s | %s\n" (ints evens) (ints odds);
  List.iteri ~f:(fun i x -> if i = x then Printf.printf "fixed %d " i) l;
  print_newline ();
  print_endline (show (fun (n, s) -> s ^ string_of_int n) (List.combine [ 1; 2 ] [ "a"; "b" ]))

let () =
  let a = Array.init 6 ~f:(fun i -> 10 - i) in
  Array.sort a ~cmp:compare;
  Array.blit ~src:a ~src_pos:0 ~dst:a ~dst_pos:3 ~len:2;
  print_endline (ints (Array.to_list a));
  Array.fill a ~pos:1 ~len:2 0;
  print_endline (ints (Array.to_list (Array.sub a ~pos:0 ~len:4)));
  let m = Array.make_matrix ~dimx:2 ~dimy:3 1 in
  m.(1).(2) <- 7;
  Array.iter m ~f:(fun row -> print_string (ints (Array.to_list row) ^ "; "));
  print_newline ();
  Printf.printf "%d %d\n" (Array.fold_left a ~f:( + ) ~init:0) (Array.fold_right a ~f:max ~init:min_int)

let () =
  let s = "hello world" in
  print_endline (String.map ~f:Char.uppercase_ascii s);
  print_endline (String.sub s ~pos:6 ~len:5);
  print_endline (String.concat ~sep:"|" (String.split_on_char ~sep:'o' s));
  String.iteri s ~f:(fun i c -> if c = 'l' then Printf.printf "%d " i);
  Printf.printf "%b\n" (String.exists s ~f:(( = ) 'w'));
  print_endline (String.init 5 ~f:(fun i -> Char.chr (97 + i)));
  let b = Bytes.make 5 '.' in
  Bytes.blit_string ~src:s ~src_pos:4 ~dst:b ~dst_pos:1 ~len:3;
  Bytes.fill b ~pos:0 ~len:1 '<';
  print_endline (Bytes.to_string b)

let () =
  let t = Hashtbl.create 8 in
  List.iter [ "a"; "b"; "c" ] ~f:(fun k -> Hashtbl.replace t ~key:k ~data:(Char.code k.[0]));
  Hashtbl.add t ~key:"a" ~data:0;
  Printf.printf "%d %d\n" (Hashtbl.find t "a") (Hashtbl.length t);
  Printf.printf "%d\n" (Hashtbl.fold t ~init:0 ~f:(fun ~key ~data acc -> acc + data + String.length key));
  Hashtbl.filter_map_inplace t ~f:(fun ~key:_ ~data -> if data > 97 then Some (data * 2) else None);
  List.iter (List.sort ~cmp:compare (List.of_seq (Hashtbl.to_seq t))) ~f:(fun (k, v) -> Printf.printf "%s=%d " k v);
  print_newline ();
  let m = Int_map.(empty |> add ~key:2 ~data:"two" |> add ~key:1 ~data:"one") in
  Int_map.iter m ~f:(fun ~key ~data -> Printf.printf "%d %s " key data);
  print_newline ();
  print_endline (Int_map.fold m ~init:"" ~f:(fun ~key:_ ~data acc -> acc ^ data));
  let set = Char_set.of_list [ 'z'; 'a'; 'm' ] in
  Char_set.iter set ~f:print_char;
  Printf.printf " %d\n" (Char_set.fold set ~init:0 ~f:(fun c n -> n + Char.code c))

(* stdout {expected|
0 5 2 7 4 1 6 3
0 1 2 3 4 5 6 7
5 7 4 6
72 96
true false true
0 2 4 6 | 5 7 1 3
fixed 0 fixed 2 fixed 4 fixed 6 
a1 b2
5 6 7 5 6 10
5 0 0 5
1 1 1; 1 1 7; 
26 10
HELLO WORLD
world
hell| w|rld
2 3 9 true
abcde
<o w.
0 4
298
b=196 c=198 
1 one 2 two 
onetwo
amz 328
|expected} *)
