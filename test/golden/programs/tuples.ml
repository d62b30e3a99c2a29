let rotate (a, b, c) = (b, c, a)
let fst3 (x, _, _) = x

let () =
  let (a, b), (c, d) = ((1, "two"), (3.0, '4')) in
  Printf.printf "%d %s %g %c\n" a b c d;
  let x, y, z = rotate (rotate (1, 2, 3)) in
  Printf.printf "%d %d %d\n" x y z;
  Printf.printf "%d\n" (fst3 (rotate (7, 8, 9)));
  let t = ((1, 2), [ (3, "x"); (4, "y") ]) in
  let (_, n), l = t in
  List.iter (fun (k, s) -> Printf.printf "%d%s%d " k s n) l;
  print_newline ();
  Printf.printf "%b %b %d\n" ((1, "a") = (1, "a")) ((1, 2) < (1, 3)) (compare (2, 1) (1, 2));
  let a, b = (b, a) in
  Printf.printf "%s %d\n" a b;
  let swap_in_loop n =
    let a = ref 0 and b = ref 1 in
    for _ = 1 to n do
      let x, y = (!b, !a + !b) in
      a := x;
      b := y
    done;
    !a
  in
  Printf.printf "%d\n" (swap_in_loop 50)

(* stdout {expected|
1 two 3 4
3 1 2
8
3x2 4y2 
true true 1
two 1
12586269025
|expected} *)
