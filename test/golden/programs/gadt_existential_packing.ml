(* Existential types: packed with their operations, opened by matching, in lists, records and closures. *)

type showable = Showable : { value : 'a; show : 'a -> string } -> showable
type counter = Counter : { state : 's; next : 's -> 's; read : 's -> int } -> counter
type 'r thunk = Thunk : ('a -> 'r) * 'a -> 'r thunk
type 'a stream = Stream : 's * ('s -> ('a * 's) option) -> 'a stream

let show (Showable { value; show }) = show value
let force (Thunk (f, x)) = f x

let step (Counter c) = Counter { c with state = c.next c.state }
let read (Counter { state; read; _ }) = read state

let by_int = Counter { state = 0; next = (fun n -> n + 2); read = Fun.id }
let by_string = Counter { state = ""; next = (fun s -> s ^ "xx"); read = String.length }
let by_list = Counter { state = []; next = (fun l -> () :: () :: l); read = List.length }

(* Streams that hide their state: each operation wraps the state of the one below. *)
let from n = Stream (n, fun n -> Some (n, n + 1))
let of_list l = Stream (l, function [] -> None | x :: r -> Some (x, r))
let map f (Stream (s, next)) = Stream (s, fun s -> Option.map (fun (x, s) -> (f x, s)) (next s))

let filter p (Stream (s, next)) =
  let rec advance s =
    match next s with
    | Some (x, s) when p x -> Some (x, s)
    | Some (_, s) -> advance s
    | None -> None
  in
  Stream (s, advance)

let zip (Stream (a, next_a)) (Stream (b, next_b)) =
  Stream
    ( (a, b),
      fun (a, b) ->
        match (next_a a, next_b b) with
        | Some (x, a), Some (y, b) -> Some ((x, y), (a, b))
        | _ -> None )

let take n (Stream (s, next)) =
  let rec go n s = if n = 0 then [] else match next s with None -> [] | Some (x, s) -> x :: go (n - 1) s in
  go n s

let append (Stream (a, next_a)) (Stream (b, next_b)) =
  Stream
    ( `First a,
      let second b = Option.map (fun (x, b) -> (x, `Second b)) (next_b b) in
      function
      | `First a -> ( match next_a a with Some (x, a) -> Some (x, `First a) | None -> second b)
      | `Second b -> second b )

(* Folds that can be run together in one pass over the data. *)
type ('a, 'r) fold = Fold : 's * ('s -> 'a -> 's) * ('s -> 'r) -> ('a, 'r) fold

let run (Fold (init, step, finish)) l = finish (List.fold_left step init l)
let both (Fold (a, fa, ra)) (Fold (b, fb, rb)) =
  Fold ((a, b), (fun (a, b) x -> (fa a x, fb b x)), fun (a, b) -> (ra a, rb b))
let finally f (Fold (a, step, r)) = Fold (a, step, fun s -> f (r s))

let sum = Fold (0, ( + ), Fun.id)
let count = Fold (0, (fun n _ -> n + 1), Fun.id)
let greatest = Fold (None, (fun m x -> match m with Some y when y >= x -> m | _ -> Some x), Fun.id)
let average = finally (fun (s, n) -> float_of_int s /. float_of_int n) (both sum count)

(* Comparing hidden things by a key that is not hidden. *)
type keyed = Keyed : { key : int; payload : 'a; print : 'a -> unit } -> keyed

let sort l = List.sort (fun (Keyed a) (Keyed b) -> compare a.key b.key) l

let () =
  let things = [ Showable { value = 3; show = string_of_int }; Showable { value = [ "a"; "b" ]; show = String.concat "+" } ] in
  print_endline (String.concat " " (List.map show things));
  List.iter (fun c -> Printf.printf "%d " (read (step (step c)))) [ by_int; by_string; by_list ];
  print_newline ();
  print_endline (String.concat " " (List.map force [ Thunk (string_of_int, 5); Thunk (String.lowercase_ascii, "LOW") ]));
  let squares = map (fun n -> n * n) (filter (fun n -> n mod 3 = 1) (from 0)) in
  List.iter (fun (a, b) -> Printf.printf "%d%s " a b) (take 10 (zip squares (of_list [ "a"; "b"; "c"; "d" ])));
  print_newline ();
  List.iter (Printf.printf "%d ") (take 6 (append (of_list [ 7; 8 ]) squares));
  print_newline ();
  let mean, top = run (both average greatest) [ 3; 9; 4; 8 ] in
  Printf.printf "%g %d\n" mean (Option.get top);
  let keyed =
    [ Keyed { key = 3; payload = "three"; print = print_string }; Keyed { key = 1; payload = 1.5; print = print_float };
      Keyed { key = 2; payload = 'c'; print = print_char } ]
  in
  List.iter (fun (Keyed { payload; print; _ }) -> print payload; print_char ' ') (sort keyed);
  print_newline ()

(* stdout {expected|
3 a+b
4 4 4 
5 low
1a 16b 49c 100d 
7 8 1 16 49 100 
6 9
1.5 c three 
|expected} *)
