(* Gc.set and Gc.get; the collections that a program asks for. *)

let churn n =
  let l = ref [] in
  for i = 1 to n do
    l := [ i ];
    if i mod 1000 = 0 then ignore (Sys.opaque_identity !l)
  done

let minors f =
  let before = (Gc.quick_stat ()).minor_collections in
  f ();
  (Gc.quick_stat ()).minor_collections - before

let () =
  let c = Gc.get () in
  Printf.printf "minor heap %d words\n" c.minor_heap_size;
  Gc.set { c with space_overhead = 200 };
  Printf.printf "space_overhead %d\n" (Gc.get ()).space_overhead;
  Gc.set { (Gc.get ()) with minor_heap_size = 32_768 };
  Printf.printf "minor heap %d words\n" (Gc.get ()).minor_heap_size;
  let small = minors (fun () -> churn 1_000_000) in
  Gc.set { (Gc.get ()) with minor_heap_size = 1_048_576 };
  Printf.printf "minor heap %d words\n" (Gc.get ()).minor_heap_size;
  let large = minors (fun () -> churn 1_000_000) in
  Printf.printf "more collections of a small one: %b\n" (small > 4 * large);
  Printf.printf "about what it should be: %b %b\n" (small >= 80) (large <= 10);
  Gc.set { (Gc.get ()) with minor_heap_size = 262_144; space_overhead = 120 };
  Printf.printf "%d %d\n" (Gc.get ()).minor_heap_size (Gc.get ()).space_overhead;
  (* Setting what is set already changes nothing. *)
  Gc.set (Gc.get ());
  Printf.printf "%d %d\n" (Gc.get ()).minor_heap_size (Gc.get ()).space_overhead

(* Values live through all of it. *)
let () =
  let table = Hashtbl.create 100 in
  let sizes = [| 4096; 65_536; 10_000; 262_144; 5_000; 131_072 |] in
  Array.iter
    (fun size ->
      Gc.set { (Gc.get ()) with minor_heap_size = size };
      for i = 1 to 5_000 do
        Hashtbl.replace table (i mod 700) (string_of_int (size + i))
      done;
      Gc.minor ())
    sizes;
  let sum = Hashtbl.fold (fun k v n -> n + k + int_of_string v) table 0 in
  Printf.printf "%d bindings, sum %d\n" (Hashtbl.length table) sum;
  Gc.set { (Gc.get ()) with minor_heap_size = 262_144 }

let () =
  let forced () = (Gc.quick_stat ()).forced_major_collections in
  let f = forced () in
  Gc.full_major ();
  Printf.printf "full_major is counted: %b\n" (forced () > f);
  let m = (Gc.quick_stat ()).major_collections in
  Gc.major ();
  Printf.printf "major: %b\n" ((Gc.quick_stat ()).major_collections > m);
  Printf.printf "minor: %d\n" (minors Gc.minor)

(* stdout {expected|
minor heap 262144 words
space_overhead 200
minor heap 32768 words
minor heap 1048576 words
more collections of a small one: true
about what it should be: true true
262144 120
262144 120
700 bindings, sum 95250400
full_major is counted: true
major: true
minor: 1
|expected} *)
