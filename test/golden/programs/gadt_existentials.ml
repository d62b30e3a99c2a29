(* Existential types: values packed with what can be done with them. *)
type showable = Show : { value : 'a; show : 'a -> string } -> showable

type 'a stream = Stream : { state : 's; step : 's -> ('a * 's) option } -> 'a stream

let rec take : type a. int -> a stream -> a list = fun n (Stream { state; step }) ->
  if n = 0 then []
  else
    match step state with
    | None -> []
    | Some (x, state) -> x :: take (n - 1) (Stream { state; step })

let map f (Stream { state; step }) =
  let step s = match step s with None -> None | Some (x, s) -> Some (f x, s) in
  Stream { state; step }

let zip (Stream a) (Stream b) =
  let step (s, t) =
    match a.step s, b.step t with
    | Some (x, s), Some (y, t) -> Some ((x, y), (s, t))
    | _ -> None
  in
  Stream { state = (a.state, b.state); step }

let from n = Stream { state = n; step = (fun n -> Some (n, n + 1)) }
let of_list l = Stream { state = l; step = (function [] -> None | x :: rest -> Some (x, rest)) }

(* A pipeline of functions whose middle types are forgotten. *)
type ('a, 'b) chain =
  | Id : ('a, 'a) chain
  | Then : ('a -> 'b) * ('b, 'c) chain -> ('a, 'c) chain

let rec run : type a b. (a, b) chain -> a -> b = fun chain x ->
  match chain with Id -> x | Then (f, rest) -> run rest (f x)

let rec compose : type a b c. (a, b) chain -> (b, c) chain -> (a, c) chain = fun f g ->
  match f with Id -> g | Then (h, rest) -> Then (h, compose rest g)

let rec steps : type a b. (a, b) chain -> int = function Id -> 0 | Then (_, rest) -> 1 + steps rest

(* Naming the existential type. *)
type counter = Counter : 'a * ('a -> 'a) * ('a -> int) -> counter

let bump (Counter (type s) ((state, next, read) : s * (s -> s) * (s -> int))) =
  let states : s list = [ state; next state; next (next state) ] in
  List.map read states

exception Failed : 'a * ('a -> string) -> exn

let () =
  let shown = [ Show { value = 3; show = string_of_int }; Show { value = [ "a"; "b" ]; show = String.concat "+" } ] in
  List.iter (fun (Show { value; show }) -> print_endline (show value)) shown;
  print_endline (String.concat " " (List.map string_of_int (take 4 (map (fun n -> n * n) (from 3)))));
  let pairs = take 10 (zip (from 1) (of_list [ "x"; "y"; "z" ])) in
  List.iter (fun (n, s) -> Printf.printf "%d%s " n s) pairs;
  print_newline ();
  let chain = compose (Then (String.length, Then (float_of_int, Id))) (Then (sqrt, Then (string_of_float, Id))) in
  Printf.printf "%s after %d steps\n" (run chain "123456789") (steps chain);
  let show l = print_endline (String.concat "," (List.map string_of_int l)) in
  show (bump (Counter (1, (fun n -> n * 5), fun n -> n)));
  show (bump (Counter ("", (fun s -> s ^ "ab"), String.length)));
  (try raise (Failed (12, Printf.sprintf "code %d")) with Failed (x, show) -> print_endline (show x));
  try raise (Failed ([ 1.5 ], fun l -> string_of_int (List.length l))) with Failed (x, show) -> print_endline (show x)

(* stdout {expected|
3
a+b
9 16 25 36
1x 2y 3z 
3. after 4 steps
1,5,25
0,2,4
code 12
1
|expected} *)
