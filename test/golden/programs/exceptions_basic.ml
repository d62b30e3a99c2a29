exception Empty
exception Bad of int * string

let risky = function 0 -> raise Empty | 1 -> raise (Bad (3, "three")) | 2 -> failwith "two" | 3 -> invalid_arg "three" | 4 -> raise Not_found | n -> n

let handle n =
  try string_of_int (risky n) with
  | Empty -> "Empty"
  | Bad (k, s) when k > 5 -> "big " ^ s
  | Bad (k, s) -> Printf.sprintf "Bad %d %s" k s
  | Failure m | Invalid_argument m -> "message " ^ m
  | Not_found -> "not found"

let () =
  for i = 0 to 5 do
    print_endline (handle i)
  done;
  let e = Bad (1, "first class") in
  (try raise e with Bad (_, s) as e' -> Printf.printf "%s %b\n" s (e == e'));
  let n = (try 1 + (try 2 + raise Empty with Not_found -> 10) with Empty -> 100) + 1000 in
  Printf.printf "%d\n" n;
  Printf.printf "%s\n" (match List.find (fun x -> x > 3) [ 1; 2 ] with n -> string_of_int n | exception Not_found -> "exception case");
  Printf.printf "%d\n" (match 1 / 0 with n -> n | exception Division_by_zero -> -1);
  Printf.printf "%d\n" (try 1 mod 0 with Division_by_zero -> -2);
  (try ignore [| 1 |].(1) with Invalid_argument m -> print_endline m);
  (try ignore "abc".[3] with Invalid_argument m -> print_endline m);
  (try ignore (String.sub "abc" 2 2) with Invalid_argument m -> print_endline m);
  try ignore (int_of_string "x") with Failure m -> print_endline m

(* stdout {expected|
Empty
Bad 3 three
message two
message three
not found
5
first class true
1100
exception case
-1
-2
index out of bounds
index out of bounds
String.sub / Bytes.sub
int_of_string
|expected} *)
