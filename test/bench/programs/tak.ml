(* Takeuchi's function: deep argument-heavy recursion. *)
let rec tak x y z = if y < x then tak (tak (x - 1) y z) (tak (y - 1) z x) (tak (z - 1) x y) else z

let rec repeat n acc = if n = 0 then acc else repeat (n - 1) (acc + tak (20 + (n land 1)) 13 6)
let () = Printf.printf "%d\n" (repeat 400 0)
