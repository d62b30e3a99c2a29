module type ORDERED = sig type t val compare : t -> t -> int end

module Make_heap (O : ORDERED) = struct
  type t = Empty | Node of int * O.t * t * t
  let empty = Empty
  let rank = function Empty -> 0 | Node (r, _, _, _) -> r
  let make x a b = if rank a >= rank b then Node (rank b + 1, x, a, b) else Node (rank a + 1, x, b, a)
  let rec merge a b =
    match a, b with
    | Empty, h | h, Empty -> h
    | Node (_, x, l, r), Node (_, y, l', r') -> if O.compare x y <= 0 then make x l (merge r b) else make y l' (merge a r')
  let insert x h = merge (Node (1, x, Empty, Empty)) h
  let rec to_list = function Empty -> [] | Node (_, x, l, r) -> x :: to_list (merge l r)
  let of_list l = List.fold_left (fun h x -> insert x h) empty l
end

module Reverse (O : ORDERED) = struct type t = O.t let compare a b = O.compare b a end
module Pair (A : ORDERED) (B : ORDERED) = struct
  type t = A.t * B.t
  let compare (a, b) (a', b') = match A.compare a a' with 0 -> B.compare b b' | c -> c
end

module Int_heap = Make_heap (Int)
module Max_heap = Make_heap (Reverse (Int))
module Pair_heap = Make_heap (Pair (String) (Reverse (Int)))

(* A functor with effects, applied twice *)
module Fresh () = struct let r = ref 0 let next () = incr r; !r end
module F1 = Fresh ()
module F2 = Fresh ()

let show l = String.concat " " (List.map string_of_int l)

let () =
  let l = [ 5; 2; 8; 1; 9; 3 ] in
  print_endline (show (Int_heap.to_list (Int_heap.of_list l)));
  print_endline (show (Max_heap.to_list (Max_heap.of_list l)));
  List.iter (fun (s, n) -> Printf.printf "%s%d " s n) (Pair_heap.to_list (Pair_heap.of_list [ ("b", 1); ("a", 1); ("a", 2); ("b", 3) ]));
  print_newline ();
  ignore (F1.next ());
  ignore (F1.next ());
  Printf.printf "%d %d\n" (F1.next ()) (F2.next ())

(* stdout {expected|
1 2 3 5 8 9
9 8 5 3 2 1
a2 a1 b3 b1 
3 1
|expected} *)
