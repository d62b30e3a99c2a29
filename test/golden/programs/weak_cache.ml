(* Caches: of what is in use through weak pointers, of the latest through a queue, of computed data through ephemerons. *)

type page = { number : int; text : string }

module Cache = struct
  let pages : page Weak.t = Weak.create 128
  let loads = ref 0

  let load number =
    incr loads;
    { number; text = String.concat "-" (List.init 5 (fun i -> string_of_int (number * i))) }

  let find number =
    match Weak.get pages number with
    | Some page -> page
    | None ->
        let page = load number in
        Weak.set pages number (Some page);
        page
end

let in_use = Queue.create ()

let use number =
  let page = Cache.find number in
  Queue.push page in_use;
  if Queue.length in_use > 8 then ignore (Queue.pop in_use);
  String.length page.text

let () =
  let total = ref 0 in
  for i = 1 to 2_000 do
    total := !total + use (i * i mod 128);
    if i mod 100 = 0 then Gc.full_major ()
  done;
  Gc.full_major ();
  let alive = List.filter (Weak.check Cache.pages) (List.init 128 Fun.id) in
  let held = List.sort_uniq compare (List.map (fun p -> p.number) (List.of_seq (Queue.to_seq in_use))) in
  Printf.printf "total %d, alive are those in use: %b\n" !total (alive = held);
  Printf.printf "pages were shared: %b\n" (!Cache.loads < 2_000);
  Queue.clear in_use;
  Gc.full_major ();
  Printf.printf "none: %b\n" (List.for_all (fun i -> not (Weak.check Cache.pages i)) (List.init 128 Fun.id))

(* Measures of documents, computed once per document that lives. *)
module Documents = Ephemeron.K1.Make (struct
  type t = string list ref

  let equal = ( == )
  let hash d = Hashtbl.hash (List.length !d)
end)

let measures = Documents.create 16
let computed = ref 0

let measure d =
  match Documents.find_opt measures d with
  | Some m -> m
  | None ->
      incr computed;
      let m = List.fold_left (fun n s -> n + String.length s) 0 !d in
      Documents.add measures d m;
      m

let () =
  let documents = Array.init 50 (fun i -> ref (List.init (i + 1) (fun j -> String.make j 'w'))) in
  let sum () = Array.fold_left (fun n d -> n + measure d) 0 documents in
  let first = sum () in
  Gc.full_major ();
  Printf.printf "%d %b, computed %d\n" first (sum () = first) !computed;
  for i = 0 to 24 do
    documents.(i) <- documents.(49)
  done;
  Gc.full_major ();
  Documents.clean measures;
  Printf.printf "%d bindings\n" (Documents.length measures);
  ignore (sum ());
  Printf.printf "computed %d\n" !computed

(* stdout {expected|
total 28682, alive are those in use: true
pages were shared: true
none: true
20825 true, computed 50
25 bindings
computed 50
|expected} *)
