(* Tables of two and of many keys: a binding lives while all its keys do. *)

module Key = struct
  type t = int ref

  let equal = ( == )
  let hash r = !r
end

module Pairs = Ephemeron.K2.Make (Key) (Key)
module Tuples = Ephemeron.Kn.Make (Key)

let alive_pairs t = (Pairs.stats_alive t).num_bindings
let alive_tuples t = (Tuples.stats_alive t).num_bindings

let pairs () =
  let rows = Array.init 20 (fun i -> ref i) and columns = Array.init 20 (fun i -> ref (100 + i)) in
  let t = Pairs.create 10 in
  Array.iter (fun r -> Array.iter (fun c -> Pairs.add t (r, c) (!r * !c)) columns) rows;
  Printf.printf "%d, %d alive\n" (Pairs.length t) (alive_pairs t);
  Printf.printf "%d %b\n" (Pairs.find t (rows.(3), columns.(4))) (Pairs.mem t (columns.(4), rows.(3)));
  rows.(0) <- rows.(1);
  Gc.full_major ();
  Printf.printf "without a row: %d\n" (alive_pairs t);
  columns.(0) <- columns.(1);
  columns.(2) <- columns.(1);
  Gc.full_major ();
  Printf.printf "without two columns: %d\n" (alive_pairs t);
  Pairs.clean t;
  Pairs.replace t (rows.(5), columns.(5)) 55;
  Printf.printf "%d %d\n" (Pairs.length t) (Pairs.find t (rows.(5), columns.(5)));
  Pairs.remove t (rows.(5), columns.(5));
  Printf.printf "%d\n" (Pairs.length t);
  ignore (Sys.opaque_identity (rows, columns))

let tuples () =
  let keys = Array.init 12 (fun i -> ref i) in
  let t = Tuples.create 10 in
  (* The numbers below 4096 as sets of keys. *)
  let subset n = Array.of_list (List.filteri (fun i _ -> n land (1 lsl i) <> 0) (Array.to_list keys)) in
  for n = 1 to 4095 do
    Tuples.add t (subset n) (string_of_int n)
  done;
  Printf.printf "%d alive, %s\n" (alive_tuples t) (Tuples.find t (subset 1234));
  keys.(11) <- keys.(0);
  Gc.full_major ();
  Printf.printf "%d alive\n" (alive_tuples t);
  keys.(3) <- keys.(0);
  keys.(4) <- keys.(0);
  Gc.full_major ();
  Tuples.clean t;
  Printf.printf "%d alive, %d\n" (alive_tuples t) (Tuples.length t);
  Printf.printf "%b\n" (Tuples.mem t [| keys.(1); keys.(2) |]);
  Array.fill keys 0 12 (ref (-1));
  Gc.full_major ();
  Printf.printf "%d alive\n" (alive_tuples t);
  ignore (Sys.opaque_identity keys)

let () =
  pairs ();
  tuples ()

(* stdout {expected|
400, 400 alive
312 false
without a row: 380
without two columns: 342
342 55
341
4095 alive, 1234
2047 alive
511 alive, 511
true
0 alive
|expected} *)
