(* AVL trees: rotations, deletion, and checks of the balance after each operation. *)

type 'a t = Empty | Node of { left : 'a t; value : 'a; right : 'a t; height : int }

let height = function Empty -> 0 | Node n -> n.height
let node left value right = Node { left; value; right; height = 1 + max (height left) (height right) }
let tilt = function Empty -> 0 | Node n -> height n.left - height n.right

let balance t =
  match t with
  | Node { left = Node l; value; right; _ } when tilt t > 1 -> (
    match l.right with
    | Node m when tilt (Node l) < 0 -> node (node l.left l.value m.left) m.value (node m.right value right)
    | _ -> node l.left l.value (node l.right value right))
  | Node { left; value; right = Node r; _ } when tilt t < -1 -> (
    match r.left with
    | Node m when tilt (Node r) > 0 -> node (node left value m.left) m.value (node m.right r.value r.right)
    | _ -> node (node left value r.left) r.value r.right)
  | _ -> t

let rec insert x = function
  | Empty -> node Empty x Empty
  | Node { left; value; right; _ } as t ->
    let c = compare x value in
    if c = 0 then t else balance (if c < 0 then node (insert x left) value right else node left value (insert x right))

let rec take_least = function
  | Empty -> None
  | Node { left; value; right; _ } -> (
    match take_least left with
    | None -> Some (value, right)
    | Some (least, left) -> Some (least, balance (node left value right)))

let rec delete x = function
  | Empty -> Empty
  | Node { left; value; right; _ } ->
    let c = compare x value in
    if c < 0 then balance (node (delete x left) value right)
    else if c > 0 then balance (node left value (delete x right))
    else (
      match take_least right with
      | None -> left
      | Some (next, right) -> balance (node left next right))

let rec to_list acc = function Empty -> acc | Node { left; value; right; _ } -> to_list (value :: to_list acc right) left

let rec valid = function
  | Empty -> true
  | Node { left; right; height = h; _ } as t -> abs (tilt t) <= 1 && h = 1 + max (height left) (height right) && valid left && valid right

let rec show = function
  | Empty -> "."
  | Node { left = Empty; value; right = Empty; _ } -> string_of_int value
  | Node { left; value; right; _ } -> Printf.sprintf "(%s %d %s)" (show left) value (show right)

let () =
  let t = List.fold_left (fun t x -> insert x t) Empty [ 1; 2; 3; 4; 5; 6; 7; 10; 9; 8 ] in
  print_endline (show t);
  print_endline (show (List.fold_left (fun t x -> delete x t) t [ 4; 1; 2 ]));
  let keys = List.init 500 (fun i -> i * 211 mod 503) in
  let full, all_valid = List.fold_left (fun (t, ok) x -> let t = insert x t in (t, ok && valid t)) (Empty, true) keys in
  Printf.printf "%d %b %b\n" (height full) all_valid (to_list [] full = List.sort compare keys);
  let rest, all_valid =
    List.fold_left (fun (t, ok) x -> if x mod 3 = 0 then let t = delete x t in (t, ok && valid t) else (t, ok)) (full, true) keys
  in
  Printf.printf "%d %b %d\n" (height rest) all_valid (List.length (to_list [] rest))

(* stdout {expected|
((1 2 3) 4 ((5 6 .) 7 (8 9 10)))
((3 5 6) 7 (8 9 10))
11 true true
10 true 333
|expected} *)
