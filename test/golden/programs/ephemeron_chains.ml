(* Ephemerons whose data are the keys of others: chains, trees, cycles; keys that die in any order. *)

module E = Obj.Ephemeron

let make key data =
  let e = E.create 1 in
  E.set_key e 0 (Obj.repr key);
  E.set_data e (Obj.repr data);
  e

let alive es = Array.fold_left (fun n e -> if E.check_key e 0 && E.check_data e then n + 1 else n) 0 es

(* The data of each is the key of the next; [order] tells in which order they are made. *)
let[@inline never] chain order =
  let n = Array.length order in
  let links = Array.init (n + 1) (fun i -> ref i) in
  let es = Array.make n (E.create 0) in
  Array.iter (fun i -> es.(i) <- make links.(i) links.(i + 1)) order;
  (links.(0), es)

let length = 1000
let forwards = Array.init length Fun.id
let backwards = Array.init length (fun i -> length - 1 - i)
let mixed = Array.init length (fun i -> i * 7 mod length)

let[@inline never] check_chain name order =
  let first, es = chain order in
  Gc.full_major ();
  Printf.printf "%s: %d alive" name (alive es);
  (match E.get_data es.(length - 1) with
  | Some d -> Printf.printf ", the last is %d\n" !(Obj.obj d : int ref)
  | None -> print_endline ", the last is dead");
  ignore (Sys.opaque_identity first);
  es

let[@inline never] middle () =
  let links = Array.init 11 (fun i -> ref i) in
  let es = Array.init 10 (fun i -> make links.(i) links.(i + 1)) in
  (links.(5), es)

(* Data that lead back to the key. *)
let[@inline never] cycle n =
  let links = Array.init n (fun i -> ref i) in
  let es = Array.init n (fun i -> make links.(i) links.((i + 1) mod n)) in
  (links, es)

(* Each datum is a pair that makes two more alive. *)
let[@inline never] tree depth =
  let es = ref [] in
  let rec grow depth =
    let key = ref depth in
    if depth > 0 then begin
      let left = grow (depth - 1) and right = grow (depth - 1) in
      es := make key (left, right) :: !es
    end
    else es := make key "leaf" :: !es;
    key
  in
  let root = grow depth in
  (root, Array.of_list !es)

let () =
  List.iter
    (fun (name, order) ->
      let es = check_chain name order in
      Gc.full_major ();
      Printf.printf "%s, without the first key: %d alive\n" name (alive es))
    [ ("forwards", forwards); ("backwards", backwards); ("mixed", mixed) ]

let () =
  let key, es = middle () in
  Gc.full_major ();
  Printf.printf "from the middle on: %d alive\n" (alive es);
  ignore (Sys.opaque_identity key)

let () =
  let es =
    let links, es = cycle 6 in
    Gc.full_major ();
    Printf.printf "cycle: %d alive\n" (alive es);
    let held = links.(3) in
    Array.fill links 0 6 (ref 9);
    Gc.full_major ();
    Printf.printf "cycle, one key held: %d alive\n" (alive es);
    ignore (Sys.opaque_identity held);
    es
  in
  Gc.full_major ();
  Printf.printf "cycle, none held: %d alive\n" (alive es)

let () =
  let root, es = tree 9 in
  Gc.full_major ();
  Printf.printf "tree: %d of %d alive\n" (alive es) (Array.length es);
  ignore (Sys.opaque_identity root)

(* stdout {expected|
forwards: 1000 alive, the last is 1000
forwards, without the first key: 0 alive
backwards: 1000 alive, the last is 1000
backwards, without the first key: 0 alive
mixed: 1000 alive, the last is 1000
mixed, without the first key: 0 alive
from the middle on: 5 alive
cycle: 6 alive
cycle, one key held: 6 alive
cycle, none held: 0 alive
tree: 1023 of 1023 alive
|expected} *)
