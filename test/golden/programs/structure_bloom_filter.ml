(* A Bloom filter over Bytes, a counting sketch, and a least-recently-used cache. *)

module Bloom = struct
  type t = { bits : Bytes.t; hashes : int }

  let create ~size ~hashes = { bits = Bytes.make ((size + 7) / 8) '\000'; hashes }
  let positions t x = List.init t.hashes (fun k -> Hashtbl.seeded_hash k x mod (8 * Bytes.length t.bits))

  let add t x =
    List.iter
      (fun p ->
        let byte = Char.code (Bytes.get t.bits (p / 8)) in
        Bytes.set t.bits (p / 8) (Char.chr (byte lor (1 lsl (p mod 8)))))
      (positions t x)

  let mem t x = List.for_all (fun p -> Char.code (Bytes.get t.bits (p / 8)) land (1 lsl (p mod 8)) <> 0) (positions t x)
end

module Sketch = struct
  let create ~depth ~width = Array.make_matrix depth width 0
  let cell row i x = Hashtbl.seeded_hash i x mod Array.length row
  let add t x = Array.iteri (fun i row -> let c = cell row i x in row.(c) <- row.(c) + 1) t
  let estimate t x = Array.fold_left min max_int (Array.mapi (fun i row -> row.(cell row i x)) t)
end

module Lru (Key : Hashtbl.HashedType) = struct
  module Table = Hashtbl.Make (Key)

  type 'a t = { capacity : int; entries : ('a * int ref) Table.t; mutable clock : int; mutable evicted : Key.t list }

  let create capacity = { capacity; entries = Table.create capacity; clock = 0; evicted = [] }
  let tick t = t.clock <- t.clock + 1; t.clock

  let find t k = Option.map (fun (v, used) -> used := tick t; v) (Table.find_opt t.entries k)

  let evict t =
    let oldest = Table.fold (fun k (_, used) best -> match best with Some (_, u) when u < !used -> best | _ -> Some (k, !used)) t.entries None in
    Option.iter (fun (k, _) -> Table.remove t.entries k; t.evicted <- k :: t.evicted) oldest

  let add t k v =
    if Table.length t.entries >= t.capacity && not (Table.mem t.entries k) then evict t;
    Table.replace t.entries k (v, ref (tick t))
end

module Cache = Lru (struct type t = string let equal = String.equal let hash = Hashtbl.hash end)

let () =
  let bloom = Bloom.create ~size:2048 ~hashes:4 in
  let words = List.init 100 (Printf.sprintf "word%d") in
  List.iter (Bloom.add bloom) words;
  Printf.printf "%b\n" (List.for_all (Bloom.mem bloom) words);
  let false_positives = List.filter (Bloom.mem bloom) (List.init 1000 (Printf.sprintf "other%d")) in
  Printf.printf "%b\n" (List.length false_positives < 20);
  let sketch = Sketch.create ~depth:4 ~width:64 in
  List.iteri (fun i w -> for _ = 0 to i mod 5 do Sketch.add sketch w done) words;
  Printf.printf "%b %d\n" (Sketch.estimate sketch "word4" >= 5) (Sketch.estimate (Sketch.create ~depth:2 ~width:8) "none");
  let cache = Cache.create 3 in
  List.iter (fun k -> Cache.add cache k (String.length k)) [ "a"; "bb"; "ccc" ];
  ignore (Cache.find cache "a");
  List.iter (fun k -> Cache.add cache k 0) [ "dddd"; "a"; "e" ];
  Printf.printf "%s %b\n" (String.concat "," (List.rev cache.evicted)) (Cache.find cache "a" = Some 0)

(* stdout {expected|
true
true
true 0
bb,ccc true
|expected} *)
