(* User-defined indexing operators, and the built-in ones redefined. *)
let ( .%() ) t k = Hashtbl.find t k
let ( .%()<- ) t k v = Hashtbl.replace t k v
let ( .%{} ) s i = s.[i]
let ( .%[] ) l i = List.nth l i
let ( .%[;..] ) m ix = m.(ix.(0)).(ix.(1))
let ( .%[;..]<- ) m ix v = m.(ix.(0)).(ix.(1)) <- v
let ( .!() ) a i = try Some a.(i) with Invalid_argument _ -> None
let ( !! ) x = !x + 1
let ( |>> ) x f = f x
let ( ** ) a b = int_of_float (Float.pow (float a) (float b))
let ( <=> ) = compare
let ( ~+ ) x = x * 1000
let ( @@@ ) f g x = f (g x)
module Grid = struct
  type t = { width : int; cells : int array }
  let ( .@() ) g (x, y) = g.cells.((y * g.width) + x)
  let ( .@()<- ) g (x, y) v = g.cells.((y * g.width) + x) <- v
end
let () =
  let t = Hashtbl.create 3 in
  t.%("a") <- 1;
  t.%("b") <- t.%("a") + 1;
  Printf.printf "%d %c %d\n" t.%("b") "xyz".%{1} [ 7; 8; 9 ].%[2];
  let m = Array.make_matrix 2 2 0 in
  m.%[1; 0] <- 5;
  Printf.printf "%d %d\n" m.%[1; 0] m.%[0; 1];
  let g = Grid.{ width = 2; cells = [| 1; 2; 3; 4 |] } in
  Grid.(g.@(1, 1) <- 40);
  Printf.printf "%d\n" Grid.(g.@(1, 1) + g.@(0, 0));
  Printf.printf "%d\n" g.Grid.@(0, 1);
  Printf.printf "%s %s\n" (match [| 1 |].!(0) with Some _ -> "some" | None -> "none") (match [| 1 |].!(5) with Some _ -> "some" | None -> "none");
  Printf.printf "%d %d %d %d\n" !!(ref 4) (3 |>> succ) (2 ** 3 ** 2) (+5);
  Printf.printf "%d %d\n" (1 <=> 2) ((succ @@@ succ) 0);
  Printf.printf "%d\n" (- 3 + 4 * 2 - 1)

let ( .%[] ), ( .%[]<- ) = (String.get, Bytes.set)

let () =
  let b = Bytes.of_string "abc" in
  b.%[1] <- "xyz".%[2];
  print_endline (Bytes.to_string b)

(* stdout {expected|
2 y 9
5 0
41
3
some none
5 4 512 5
-1 2
4
azc
|expected} *)
