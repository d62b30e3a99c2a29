(* The part of a program that is measured: steps, for as many seconds as the first argument says. *)

let seconds = float_of_string Sys.argv.(1)
let state = ref 42

let random bound =
  state := ((!state * 1_103_515_245) + 12_345) land 0x3fffffff;
  ((!state lsr 3) * 7919) mod bound

(* Writing to stderr begins the measurement, see execute.ts. *)
let run step =
  Gc.full_major ();
  let live = (Gc.stat ()).live_words in
  Printf.eprintf "%d\n%!" (live * 8);
  let start = Unix.gettimeofday () in
  let steps = ref 0 in
  while Unix.gettimeofday () -. start < seconds do
    for _ = 1 to 1000 do
      incr steps;
      step !steps
    done
  done;
  let stat = Gc.quick_stat () in
  Printf.printf "%d %d %d\n%!" live !steps stat.major_collections
