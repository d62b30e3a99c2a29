type point = { x : int; y : int }
type line = { from : point; upto : point; label : string option }

let describe = function
  | { from = { x = 0; y = 0 }; upto = { x; y }; label = None } -> Printf.sprintf "from origin to %d,%d" x y
  | { from = { x = a; _ }; upto = { x = b; _ }; _ } when a = b -> "vertical"
  | { from = { y = a; _ }; upto = { y = b; _ }; label = Some l } when a = b -> "horizontal " ^ l
  | { label = Some l; _ } -> l
  | _ -> "line"

let arr = function
  | [||] -> "empty"
  | [| x |] -> "one " ^ string_of_int x
  | [| 1; y |] -> "one and " ^ string_of_int y
  | [| _; _; _ |] as a -> "three, sum " ^ string_of_int (Array.fold_left ( + ) 0 a)
  | a -> "many " ^ string_of_int (Array.length a)

let () =
  let o = { x = 0; y = 0 } in
  let l = { from = o; upto = { x = 2; y = 3 }; label = None } in
  List.iter
    (fun l -> print_endline (describe l))
    [ l; { l with upto = { o with y = 9 }; label = Some "v" }; { l with upto = { x = 4; y = 0 }; label = Some "h" }; { l with label = Some "named" };
      { from = { x = 1; y = 1 }; upto = { x = 2; y = 2 }; label = None } ];
  List.iter (fun a -> print_endline (arr a)) [ [||]; [| 5 |]; [| 1; 7 |]; [| 2; 7 |]; [| 1; 2; 3 |]; [| 1; 2; 3; 4 |] ];
  let { x; y = why } = { x = 3; y = 4 } in
  Printf.printf "%d %d\n" x why

(* stdout {expected|
from origin to 2,3
vertical
horizontal h
named
line
empty
one 5
one and 7
many 2
three, sum 6
many 4
3 4
|expected} *)
