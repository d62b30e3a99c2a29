(* Finalisers that allocate, that collect, that run a lot of code. *)

let results = ref []
let result r = results := r :: !results

let show name =
  List.iter (Printf.printf "%s: %s\n" name) (List.sort compare !results);
  results := []


type tree = Leaf | Node of tree * int * tree

let rec build depth = if depth = 0 then Leaf else Node (build (depth - 1), depth, build (depth - 1))
let rec size = function Leaf -> 0 | Node (l, _, r) -> size l + 1 + size r

let[@inline never] builder () = Gc.finalise (fun r -> result (string_of_int (size (build !r)))) (ref 14)

let[@inline never] sorter () =
  let f a =
    Array.sort compare a;
    result (String.concat " " (List.map string_of_int (Array.to_list (Array.sub a 0 5))))
  in
  Gc.finalise f (Array.init 20_000 (fun i -> (i * 7919) mod 20_011))

let[@inline never] texts () =
  let f b =
    for i = 1 to 2_000 do
      Buffer.add_string b (string_of_int i)
    done;
    result (Digest.to_hex (Digest.string (Buffer.contents b)))
  in
  Gc.finalise f (Buffer.create 10)

(* One that asks for collections itself: what dies meanwhile has its turn later. *)
let[@inline never] collector () =
  let inner = Gc.finalise (fun r -> result ("inner " ^ string_of_int !r)) in
  let f r =
    inner (ref (!r + 1));
    Gc.full_major ();
    Gc.minor ();
    Gc.compact ();
    result ("outer " ^ string_of_int !r)
  in
  Gc.finalise f (ref 1)

let[@inline never] table () =
  let f h =
    Hashtbl.iter (fun k v -> if k mod 1000 = 0 then result (Printf.sprintf "%d is %s" k v)) h;
    Hashtbl.reset h
  in
  let h = Hashtbl.create 10 in
  for i = 1 to 3_000 do
    Hashtbl.replace h i (String.make (i mod 5) 'x')
  done;
  Gc.finalise f h

let rounds () =
  for _ = 1 to 4 do
    Gc.full_major ()
  done

let () =
  builder ();
  rounds ();
  show "builder";
  sorter ();
  rounds ();
  show "sorter";
  texts ();
  rounds ();
  show "texts";
  collector ();
  rounds ();
  show "collector";
  table ();
  rounds ();
  show "table"

(* stdout {expected|
builder: 16383
sorter: 0 1 2 3 4
texts: c3469c0280e541667ed2328144939104
collector: inner 2
collector: outer 1
table: 1000 is 
table: 2000 is 
table: 3000 is 
|expected} *)
