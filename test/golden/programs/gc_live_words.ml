(* Gc.stat counts exactly what the program holds: words with their headers, blocks. *)

let words = ref 0
let blocks = ref 0

let[@inline never] look () =
  Gc.full_major ();
  let s = Gc.stat () in
  words := s.live_words;
  blocks := s.live_blocks

(* Where the value is held; it exists before anything is measured. *)
let slot = ref (Obj.repr 0)

let[@inline never] measure name make =
  slot := Obj.repr 0;
  look ();
  let w = !words and b = !blocks in
  slot := Obj.repr (make ());
  look ();
  let w' = !words - w and b' = !blocks - b in
  slot := Obj.repr 0;
  look ();
  Printf.printf "%s: %d words in %d blocks, %d and %d later\n" name w' b' (!words - w) (!blocks - b)

type record = { mutable a : int; mutable b : int; c : float }

let n = Array.length Sys.argv

let () =
  measure "nothing" (fun () -> 0);
  measure "ref" (fun () -> ref n);
  measure "list of 1000" (fun () -> List.init 1000 (fun i -> i + n));
  measure "array of 10" (fun () -> Array.make 10 n);
  measure "array of 1000" (fun () -> Array.make 1000 n);
  measure "array of 100000" (fun () -> Array.make 100_000 n);
  measure "array of refs" (fun () -> Array.init 500 (fun i -> ref i));
  measure "float array" (fun () -> Array.make 77 (float n));
  measure "string of 7" (fun () -> String.make 7 'x');
  measure "string of 8" (fun () -> String.make 8 'x');
  measure "string of 5000" (fun () -> String.make 5000 'x');
  measure "bytes of a million" (fun () -> Bytes.make 1_000_000 'x');
  measure "record" (fun () -> { a = n; b = n; c = float n });
  measure "options" (fun () -> Some (Some (Some n)));
  measure "int64" (fun () -> [ Int64.of_int n ]);
  measure "float" (fun () -> float n);
  measure "strings" (fun () -> Array.init 100 (fun i -> String.make i 'y'));
  measure "shared" (fun () ->
      let l = [ n; n ] in
      [ l; l; l ]);
  measure "cyclic" (fun () ->
      let rec l = n :: m and m = 2 :: l in
      l);
  measure "queue" (fun () ->
      let q = Queue.create () in
      for i = 1 to 10 do
        Queue.add i q
      done;
      q)

(* What Obj.reachable_words says of a value is what it adds. *)
let () =
  let check name v =
    slot := Obj.repr 0;
    look ();
    let w = !words in
    slot := Obj.repr (v ());
    look ();
    Printf.printf "%s: %b\n" name (!words - w = Obj.reachable_words !slot)
  in
  check "tree" (fun () ->
      let rec build d = if d = 0 then [] else [ Obj.repr (build (d - 1)); Obj.repr (build (d - 1)) ] in
      build 10);
  check "hash table" (fun () ->
      let h = Hashtbl.create 100 in
      for i = 1 to 1000 do
        Hashtbl.replace h i (string_of_int i)
      done;
      h);
  check "map" (fun () ->
      let module M = Map.Make (Int) in
      Obj.repr (List.fold_left (fun m i -> M.add i (i, i) m) M.empty (List.init 1000 Fun.id)))

(* stdout {expected|
nothing: 0 words in 0 blocks, 0 and 0 later
ref: 2 words in 1 blocks, 0 and 0 later
list of 1000: 3000 words in 1000 blocks, 0 and 0 later
array of 10: 11 words in 1 blocks, 0 and 0 later
array of 1000: 1001 words in 1 blocks, 0 and 0 later
array of 100000: 100001 words in 1 blocks, 0 and 0 later
array of refs: 1501 words in 501 blocks, 0 and 0 later
float array: 78 words in 1 blocks, 0 and 0 later
string of 7: 2 words in 1 blocks, 0 and 0 later
string of 8: 3 words in 1 blocks, 0 and 0 later
string of 5000: 627 words in 1 blocks, 0 and 0 later
bytes of a million: 125002 words in 1 blocks, 0 and 0 later
record: 6 words in 2 blocks, 0 and 0 later
options: 6 words in 3 blocks, 0 and 0 later
int64: 6 words in 2 blocks, 0 and 0 later
float: 2 words in 1 blocks, 0 and 0 later
strings: 877 words in 101 blocks, 0 and 0 later
shared: 15 words in 5 blocks, 0 and 0 later
cyclic: 6 words in 2 blocks, 0 and 0 later
queue: 34 words in 11 blocks, 0 and 0 later
tree: true
hash table: true
map: true
|expected} *)
