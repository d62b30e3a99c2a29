(* What Gc tells about the heap: bounds that hold whatever the collector does. *)

let check what holds = Printf.printf "%s: %b\n" what holds
let words_of_list n = 3 * n

let kept = ref []

let stat () =
  Gc.full_major ();
  Gc.stat ()

let counters () =
  let minor, promoted, major = Gc.counters () in
  kept := List.init 10_000 (fun i -> i);
  let minor', promoted', major' = Gc.counters () in
  check "minor words" (minor' -. minor >= float_of_int (words_of_list 10_000));
  check "promoted and major words only grow" (promoted' >= promoted && major' >= major);
  Gc.full_major ();
  let _, promoted'', major'' = Gc.counters () in
  check "promoted words" (promoted'' -. promoted >= float_of_int (words_of_list 10_000));
  check "they are among the major ones" (major'' -. major >= promoted'' -. promoted);
  let array = Array.make 50_000 () in
  let _, _, after = Gc.counters () in
  check "words of a large block" (after -. major'' >= 50_001.);
  check "minor_words" (Gc.minor_words () >= minor');
  ignore (Sys.opaque_identity array)

let live () =
  let before = stat () in
  let array = Sys.opaque_identity (Array.init 20_000 (fun i -> Some i)) in
  let during = stat () in
  check "live words" (during.live_words - before.live_words >= 20_001 + (2 * 20_000));
  check "live blocks" (during.live_blocks - before.live_blocks >= 20_001);
  check "all of it is in the heap" (during.heap_words >= during.live_words);
  check "the largest heap" (during.top_heap_words >= during.heap_words);
  ignore (Sys.opaque_identity (Array.length array));
  ignore (Sys.opaque_identity array)

let afterwards () =
  let with_list = (stat ()).live_words in
  kept := [];
  let without = stat () in
  check "what is dead does not count" (with_list - without.live_words >= words_of_list 10_000);
  check "it is free" (without.free_words > 0)

let collections () =
  let before = Gc.quick_stat () in
  Gc.minor ();
  Gc.full_major ();
  let after = Gc.quick_stat () in
  check "minor collections" (after.minor_collections > before.minor_collections);
  check "major collections" (after.major_collections > before.major_collections);
  check "those that were asked for" (after.forced_major_collections > before.forced_major_collections);
  check "quick_stat does not look" (after.live_words = 0 && after.live_blocks = 0 && after.free_words = 0)

let allocated () =
  let before = Gc.allocated_bytes () in
  ignore (Sys.opaque_identity (Bytes.create 1_000_000));
  ignore (Sys.opaque_identity (List.init 1000 (fun i -> i)));
  check "allocated bytes" (Gc.allocated_bytes () -. before >= 1_000_000. +. 24_000.)

(* Sys.opaque_identity is a use: what it gets is alive until then. *)
let kept_alive () =
  let weak = Weak.create 2 in
  let first = ref (Array.length Sys.argv) and second = ref 2 in
  Weak.set weak 0 (Some first);
  Weak.set weak 1 (Some second);
  Gc.full_major ();
  check "kept" (Weak.check weak 0 && Weak.check weak 1);
  ignore (Sys.opaque_identity first);
  ignore (Sys.opaque_identity !second)

let () =
  counters ();
  live ();
  afterwards ();
  collections ();
  allocated ();
  kept_alive ()

(* stdout {expected|
minor words: true
promoted and major words only grow: true
promoted words: true
they are among the major ones: true
words of a large block: true
minor_words: true
live words: true
live blocks: true
all of it is in the heap: true
the largest heap: true
what is dead does not count: true
it is free: true
minor collections: true
major collections: true
those that were asked for: true
quick_stat does not look: true
allocated bytes: true
kept: true
|expected} *)
