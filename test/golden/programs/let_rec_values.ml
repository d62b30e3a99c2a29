type 'a stream = { head : 'a; tail : 'a stream }

let rec zeros = { head = 0; tail = zeros }
let rec even = fun n -> n = 0 || odd (n - 1)
and odd n = n <> 0 && even (n - 1)

type link = End | Link of int * link

let rec a = Link (1, b)
and b = Link (2, a)

let () =
  Printf.printf "%d %b\n" zeros.tail.tail.head (zeros.tail == zeros);
  Printf.printf "%b %b\n" (even 10) (odd 7);
  (match a with Link (x, Link (y, Link (z, _))) -> Printf.printf "%d %d %d\n" x y z | _ -> ());
  let rec l = 'x' :: 'y' :: l in
  print_endline (String.init 5 (fun i -> List.nth l i));
  let rec fact = function 0 -> 1 | n -> n * fact (n - 1) in
  Printf.printf "%d\n" (fact 10);
  let rec table = [| (fun x -> if x > 100 then x else table.(1) (x * 2)); (fun x -> table.(0) (x + 1)) |] in
  Printf.printf "%d\n" (table.(0) 3)

(* stdout {expected|
0 true
true true
1 2 1
xyxyx
3628800
127
|expected} *)
