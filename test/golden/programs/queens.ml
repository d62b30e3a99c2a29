let rec place n row placed =
  if row = n then 1
  else
    let safe col = List.for_all (fun (r, c) -> c <> col && abs (c - col) <> row - r) placed in
    List.fold_left (fun total col -> if safe col then total + place n (row + 1) ((row, col) :: placed) else total) 0 (List.init n (fun i -> i))

let first n =
  let exception Found of int list in
  let rec go row cols =
    if row = n then raise (Found (List.rev cols))
    else
      for col = 0 to n - 1 do
        let ok = List.for_all Fun.id (List.mapi (fun i c -> c <> col && abs (c - col) <> i + 1) cols) in
        if ok then go (row + 1) (col :: cols)
      done
  in
  try go 0 []; [] with Found l -> l

let () =
  for n = 1 to 8 do Printf.printf "%d " (place n 0 []) done;
  print_newline ();
  List.iter (fun c -> print_endline (String.init 8 (fun i -> if i = c then 'Q' else '.'))) (first 8)

(* stdout {expected|
1 0 0 2 10 4 40 92 
Q.......
....Q...
.......Q
.....Q..
..Q.....
......Q.
.Q......
...Q....
|expected} *)
