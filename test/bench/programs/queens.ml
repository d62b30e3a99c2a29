(* All solutions of the n queens problem with lists: allocation, pattern matching, closures. *)
let rec safe col dist = function
  | [] -> true
  | c :: rest -> c <> col && c <> col + dist && c <> col - dist && safe col (dist + 1) rest

let rec place n row placed = if row = n then 1 else try_column n row placed 0 0

and try_column n row placed col total =
  if col = n then total
  else
    let found = if safe col 1 placed then place n (row + 1) (col :: placed) else 0 in
    try_column n row placed (col + 1) (total + found)

let () = Printf.printf "%d\n" (place 12 0 [] + place 11 0 [] + place 12 0 [])
