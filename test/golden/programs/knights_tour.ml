let n = 6
let board = Array.make_matrix n n 0
let moves = [| (1, 2); (2, 1); (2, -1); (1, -2); (-1, -2); (-2, -1); (-2, 1); (-1, 2) |]
let free r c = r >= 0 && r < n && c >= 0 && c < n && board.(r).(c) = 0
let degree r c = Array.fold_left (fun k (dr, dc) -> if free (r + dr) (c + dc) then k + 1 else k) 0 moves

let rec tour r c step =
  board.(r).(c) <- step;
  step = n * n
  ||
  let next =
    Array.to_list moves
    |> List.filter_map (fun (dr, dc) -> let r' = r + dr and c' = c + dc in if free r' c' then Some (degree r' c', r', c') else None)
    |> List.sort compare
  in
  List.exists (fun (_, r', c') -> tour r' c' (step + 1)) next
  || begin
       board.(r).(c) <- 0;
       false
     end

let () =
  if tour 0 0 1 then
    Array.iter (fun row -> print_endline (String.concat " " (Array.to_list (Array.map (Printf.sprintf "%2d") row)))) board
  else print_endline "no tour"

(* stdout {expected|
 1 28  9 20  3 30
10 21  2 29 16 19
35  8 27 18 31  4
22 11 34 15 26 17
 7 36 13 24  5 32
12 23  6 33 14 25
|expected} *)
