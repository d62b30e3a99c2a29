type cell = { mutable value : int; mutable left : cell; mutable right : cell }

let make n =
  let rec first = { value = 0; left = first; right = first } in
  let last = ref first in
  for i = 1 to n - 1 do
    let c = { value = i; left = !last; right = first } in
    (!last).right <- c;
    last := c
  done;
  first.left <- !last;
  first

let sum c =
  let rec go d acc = if d == c then acc else go d.right (acc + d.value) in
  go c.right c.value

let () =
  let rings = Array.init 50 (fun i -> make (100 + i)) in
  for _ = 1 to 2000 do ignore (make 50) done;
  Gc.compact ();
  Printf.printf "%d\n" (Array.fold_left (fun acc r -> acc + sum r) 0 rings);
  let rec ones = 1 :: twos and twos = 2 :: ones in
  Printf.printf "%d %d %b\n" (List.nth ones 1000) (List.nth twos 1000) (List.tl twos == ones);
  let rec f = fun x -> if x = 0 then 0 else g (x - 1) and g = fun x -> if x = 0 then 1 else f (x - 1) in
  Printf.printf "%d %d\n" (f 10) (f 11)

(* stdout {expected|
389600
1 2 true
0 1
|expected} *)
