let rec is_even n = n = 0 || is_odd (n - 1)
and is_odd n = n <> 0 && is_even (n - 1)

type tree = Node of int * forest
and forest = tree list

let rec sum_tree (Node (n, f)) = n + sum_forest f
and sum_forest = function [] -> 0 | t :: rest -> sum_tree t + sum_forest rest

let rec hofstadter_f n = if n = 0 then 1 else n - hofstadter_m (hofstadter_f (n - 1))
and hofstadter_m n = if n = 0 then 0 else n - hofstadter_f (hofstadter_m (n - 1))

let parse s =
  let n = String.length s in
  let rec expr i =
    let v, i = term i in
    more v i
  and more v i = if i < n && s.[i] = '+' then let w, i = term (i + 1) in more (v + w) i else (v, i)
  and term i =
    let v, i = atom i in
    if i < n && s.[i] = '*' then let w, i = term (i + 1) in (v * w, i) else (v, i)
  and atom i =
    if s.[i] = '(' then let v, i = expr (i + 1) in (v, i + 1)
    else (Char.code s.[i] - 48, i + 1)
  in
  fst (expr 0)

let () =
  Printf.printf "%b %b\n" (is_even 1000001) (is_odd 1000001);
  Printf.printf "%d\n" (sum_tree (Node (1, [ Node (2, [ Node (3, []) ]); Node (4, []) ])));
  for i = 0 to 15 do Printf.printf "%d,%d " (hofstadter_f i) (hofstadter_m i) done;
  print_newline ();
  List.iter (fun s -> Printf.printf "%s=%d " s (parse s)) [ "1+2*3"; "(1+2)*3"; "2*(3+4)*5+1" ];
  print_newline ()

(* stdout {expected|
false true
10
1,0 1,0 2,1 2,2 3,2 3,3 4,4 5,4 5,5 6,6 6,6 7,7 8,7 8,8 9,9 9,9 
1+2*3=7 (1+2)*3=9 2*(3+4)*5+1=71 
|expected} *)
