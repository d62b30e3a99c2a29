type account = { owner : string; mutable balance : int; mutable history : (string * int) list }

let deposit a n =
  a.balance <- a.balance + n;
  a.history <- ("deposit", n) :: a.history

let withdraw a n =
  if n > a.balance then Error (n - a.balance)
  else begin
    a.balance <- a.balance - n;
    a.history <- ("withdraw", n) :: a.history;
    Ok a.balance
  end

let () =
  let a = { owner = "ann"; balance = 100; history = [] } in
  let alias = a in
  let copy = { a with owner = "copy" } in
  deposit a 50;
  (match withdraw alias 30 with Ok n -> Printf.printf "left %d\n" n | Error n -> Printf.printf "missing %d\n" n);
  (match withdraw alias 300 with Ok n -> Printf.printf "left %d\n" n | Error n -> Printf.printf "missing %d\n" n);
  Printf.printf "%s %d %d %s\n" a.owner a.balance copy.balance copy.owner;
  List.iter (fun (what, n) -> Printf.printf "%s %d\n" what n) (List.rev a.history);
  Printf.printf "%b %b %b\n" (a == alias) (a == copy) (a = { owner = "ann"; balance = 120; history = a.history })

(* stdout {expected|
left 120
missing 180
ann 120 100 copy
deposit 50
withdraw 30
true false true
|expected} *)
