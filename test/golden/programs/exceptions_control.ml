(* Exceptions as control: early exit, backtracking, generators by exceptions, local exceptions with results. *)

(* An exit of its own for each call, with the type of its result. *)
let with_return (type a) (body : (a -> 'b) -> a) : a =
  let exception Return of a in
  try body (fun x -> raise (Return x)) with Return x -> x

let index_of x a =
  with_return (fun return ->
      Array.iteri (fun i y -> if x = y then return (Some i)) a;
      None)

let product l = with_return (fun return -> List.fold_left (fun acc n -> if n = 0 then return 0 else acc * n) 1 l)

(* Nested uses do not disturb each other. *)
let cross a b =
  with_return (fun outer ->
      List.fold_left
        (fun count x ->
          count
          + with_return (fun inner ->
                List.iter (fun y -> if x = y then inner 1 else if x + y > 100 then outer (-1)) b;
                0))
        0 a)

(* Backtracking: failure is an exception, choice tries the next. *)
exception Fail

let rec choose f = function [] -> raise Fail | x :: rest -> ( try f x with Fail -> choose f rest)
let guard c = if not c then raise Fail

let rec colour graph = function
  | [] -> []
  | node :: rest ->
    let others = colour graph rest in
    choose
      (fun c ->
        List.iter (fun (a, b) ->
            let clash x = match List.assoc_opt x others with Some c' -> c = c' | None -> false in
            guard (not ((a = node && clash b) || (b = node && clash a))))
          graph;
        (node, c) :: others)
      [ "red"; "green"; "blue" ]

let change coins amount =
  let rec pay amount coins =
    match coins with
    | _ when amount = 0 -> []
    | [] -> raise Fail
    | c :: rest -> if c > amount then pay amount rest else ( try c :: pay (amount - c) coins with Fail -> pay amount rest)
  in
  try Some (pay amount coins) with Fail -> None

(* Two exceptions with one name in one scope. *)
let shadowed () =
  let exception E of int in
  let inner () = let exception E of string in raise (E "inner") in
  try inner () with E n -> string_of_int n | e -> Printexc.to_string e

(* Deep recursion under handlers. *)
let rec deep n = if n = 0 then raise Exit else try 1 + deep (n - 1) with Not_found -> 0
let rec count_handlers n = if n = 0 then 0 else try raise Not_found with Not_found -> 1 + count_handlers (n - 1)

(* Results, options and exceptions into each other. *)
let protect f x = try Ok (f x) with e -> Error e
let unprotect = function Ok v -> v | Error e -> raise e

let () =
  let show = function None -> "none" | Some i -> string_of_int i in
  Printf.printf "%s %s\n" (show (index_of 'c' [| 'a'; 'b'; 'c' |])) (show (index_of 'z' [| 'a' |]));
  Printf.printf "%d %d\n" (product [ 2; 3; 4 ]) (product [ 2; 0; 5 ]);
  Printf.printf "%d %d\n" (cross [ 1; 2; 3 ] [ 3; 1 ]) (cross [ 1; 99 ] [ 2; 3 ]);
  let graph = [ (1, 2); (2, 3); (1, 3); (3, 4) ] in
  List.iter (fun (n, c) -> Printf.printf "%d=%s " n c) (colour graph [ 1; 2; 3; 4 ]);
  print_newline ();
  (try ignore (colour [ (1, 2); (2, 3); (1, 3); (3, 4); (1, 4); (2, 4) ] [ 1; 2; 3; 4 ]) with Fail -> print_endline "no colouring");
  (match change [ 50; 20; 3 ] 69 with Some l -> List.iter (Printf.printf "%d ") l | None -> print_string "no change");
  print_newline ();
  Printf.printf "%b\n" (change [ 5; 3 ] 4 = None);
  print_endline (shadowed ());
  (try Printf.printf "%d\n" (deep 10_000) with Exit -> print_endline "out of the deep");
  Printf.printf "%d\n" (count_handlers 1000);
  let r = protect int_of_string "z" in
  Printf.printf "%b %d\n" (Result.is_error r) (unprotect (protect int_of_string "12"));
  try unprotect r |> Printf.printf "%d\n" with Failure m -> print_endline m

(* stdout {expected|
2 none
24 0
2 -1
1=blue 2=red 3=green 4=red 
no colouring
20 20 20 3 3 3 
true
E("inner")
out of the deep
1000
true 12
int_of_string
|expected} *)
