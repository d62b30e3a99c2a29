(* Noughts and crosses played perfectly, by minimax with memory; and the game of Nim. *)

type player = X | O
type cell = player option

let other = function X -> O | O -> X
let lines = [ [ 0; 1; 2 ]; [ 3; 4; 5 ]; [ 6; 7; 8 ]; [ 0; 3; 6 ]; [ 1; 4; 7 ]; [ 2; 5; 8 ]; [ 0; 4; 8 ]; [ 2; 4; 6 ] ]

let winner (board : cell array) =
  List.find_map
    (fun line ->
      match List.map (fun i -> board.(i)) line with
      | [ Some a; Some b; Some c ] when a = b && b = c -> Some a
      | _ -> None)
    lines

let free board = List.filter (fun i -> board.(i) = None) (List.init 9 Fun.id)

let play board i p =
  let b = Array.copy board in
  b.(i) <- Some p;
  b

let positions = Hashtbl.create 5000

(* The value for the player to move: 1 wins, 0 draws, -1 loses. *)
let rec value board p =
  match Hashtbl.find_opt positions (board, p) with
  | Some v -> v
  | None ->
    let v =
      match (winner board, free board) with
      | Some _, _ -> -1
      | None, [] -> 0
      | None, moves -> List.fold_left (fun best i -> max best (-value (play board i p) (other p))) (-1) moves
    in
    Hashtbl.add positions (board, p) v;
    v

let best board p =
  let score i = -value (play board i p) (other p) in
  List.fold_left (fun b i -> if score i > score b then i else b) (List.hd (free board)) (free board)

let show board =
  let cell = function None -> "." | Some X -> "X" | Some O -> "O" in
  String.concat "" (List.mapi (fun i c -> cell c ^ if i mod 3 = 2 && i < 8 then "/" else "") (Array.to_list board))

let rec game board p =
  print_endline (show board);
  match (winner board, free board) with
  | Some X, _ -> "X wins"
  | Some O, _ -> "O wins"
  | None, [] -> "draw"
  | None, _ -> game (play board (best board p) p) (other p)

(* Nim: the player to move loses if the heaps' exclusive or is 0. *)
let nim_move heaps =
  let sum = List.fold_left ( lxor ) 0 heaps in
  if sum = 0 then None
  else
    List.mapi (fun i h -> (i, h, h lxor sum)) heaps
    |> List.find_opt (fun (_, h, target) -> target < h)
    |> Option.map (fun (i, h, target) -> (i, h - target))

let () =
  let empty = Array.make 9 None in
  print_endline (game empty X);
  Printf.printf "%d positions\n" (Hashtbl.length positions);
  let trap = play (play (play empty 0 X) 1 O) 4 X in
  Printf.printf "%s: value %d, best %d\n" (show trap) (value trap O) (best trap O);
  List.iter
    (fun heaps ->
      match nim_move heaps with
      | None -> print_endline "lost"
      | Some (i, n) -> Printf.printf "take %d from heap %d\n" n i)
    [ [ 3; 4; 5 ]; [ 1; 1 ]; [ 7; 7; 2 ]; [] ]

(* stdout {expected|
.../.../...
X../.../...
X../.O./...
XX./.O./...
XXO/.O./...
XXO/.O./X..
XXO/OO./X..
XXO/OOX/X..
XXO/OOX/XO.
XXO/OOX/XOX
draw
5477 positions
XO./.X./...: value -1, best 2
take 2 from heap 0
lost
take 2 from heap 0
lost
|expected} *)
