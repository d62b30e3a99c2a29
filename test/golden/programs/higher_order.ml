let ( >> ) f g x = g (f x)
let rec iterate f n x = if n = 0 then x else iterate f (n - 1) (f x)
let rec unfold f s = match f s with None -> [] | Some (x, s) -> x :: unfold f s
let zip_with f = List.map2 f
let rec transpose = function [] | [] :: _ -> [] | rows -> List.map List.hd rows :: transpose (List.map List.tl rows)
let group_by key l = List.fold_left (fun acc x -> let k = key x in match List.assoc_opt k acc with None -> (k, [ x ]) :: acc | Some xs -> (k, x :: xs) :: List.remove_assoc k acc) [] l

let () =
  Printf.printf "%d\n" ((succ >> ( * ) 3 >> fun x -> x - 1) 4);
  Printf.printf "%d\n" (iterate (fun x -> (x * x) mod 1009) 20 3);
  print_endline (String.concat "," (List.map string_of_int (unfold (fun n -> if n > 200 then None else Some (n, n * 2)) 1)));
  Printf.printf "%d\n" (List.fold_left ( + ) 0 (zip_with ( * ) [ 1; 2; 3 ] [ 4; 5; 6 ]));
  List.iter (fun row -> print_string (String.concat "" (List.map string_of_int row) ^ " ")) (transpose [ [ 1; 2; 3 ]; [ 4; 5; 6 ] ]);
  print_newline ();
  List.iter (fun (k, l) -> Printf.printf "%d:%s " k (String.concat "" (List.rev l))) (List.sort compare (group_by String.length [ "a"; "bb"; "c"; "ddd"; "ee" ]));
  print_newline ();
  let church n f x = iterate f n x in
  let add m n f x = m f (n f x) and mul m n f = m (n f) in
  Printf.printf "%d\n" (add (church 3) (mul (church 4) (church 5)) succ 0)

(* stdout {expected|
14
928
1,2,4,8,16,32,64,128
32
14 25 36 
1:ac 2:bbee 3:ddd 
23
|expected} *)
