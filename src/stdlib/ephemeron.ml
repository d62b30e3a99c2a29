(* Ephemerons with typed keys, over Obj.Ephemeron; hash tables and lists of them. *)

module type S =
  sig
    type key
    type !'a t
    val create : int -> 'a t
    val clear : 'a t -> unit
    val reset : 'a t -> unit
    val copy : 'a t -> 'a t
    val add : 'a t -> key -> 'a -> unit
    val remove : 'a t -> key -> unit
    val find : 'a t -> key -> 'a
    val find_opt : 'a t -> key -> 'a option
    val find_all : 'a t -> key -> 'a list
    val replace : 'a t -> key -> 'a -> unit
    val mem : 'a t -> key -> bool
    val length : 'a t -> int
    val stats : 'a t -> Hashtbl.statistics
    val add_seq : 'a t -> (key * 'a) Seq.t -> unit
    val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
    val of_seq : (key * 'a) Seq.t -> 'a t
    val clean : 'a t -> unit
    val stats_alive : 'a t -> Hashtbl.statistics
  end
module type SeededS =
  sig
    type key
    type !'a t
    val create : ?random:bool -> int -> 'a t
    val clear : 'a t -> unit
    val reset : 'a t -> unit
    val copy : 'a t -> 'a t
    val add : 'a t -> key -> 'a -> unit
    val remove : 'a t -> key -> unit
    val find : 'a t -> key -> 'a
    val find_opt : 'a t -> key -> 'a option
    val find_all : 'a t -> key -> 'a list
    val replace : 'a t -> key -> 'a -> unit
    val mem : 'a t -> key -> bool
    val length : 'a t -> int
    val stats : 'a t -> Hashtbl.statistics
    val add_seq : 'a t -> (key * 'a) Seq.t -> unit
    val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
    val of_seq : (key * 'a) Seq.t -> 'a t
    val clean : 'a t -> unit
    val stats_alive : 'a t -> Hashtbl.statistics
  end

module E = Obj.Ephemeron

let key e i : 'k option = Obj.obj (Obj.repr (E.get_key e i))
let data e : 'd option = Obj.obj (Obj.repr (E.get_data e))

(* An ephemeron of these keys. *)
let make_of keys data =
  let e = E.create (Array.length keys) in
  E.set_data e (Obj.repr data);
  Array.iteri (fun i k -> E.set_key e i (Obj.repr k)) keys;
  e

(* Whether key [i] is alive and the same value. *)
let is_key e i k = match E.get_key e i with Some k' -> k' == Obj.repr k | None -> false

(* Hash tables: chains of cells that hold an ephemeron and the hash of its keys. Dead cells stay until something
   cleans up; the size counts them. *)

type match_result = Equal | Different | Dead

(* How a table sees its keys: several values, or one. *)
module type Keys = sig
  type t

  val hash : int -> t -> int
  val make : t -> 'd -> E.t
  val compare : E.t -> t -> match_result
  val assign : E.t -> t -> unit
  val alive : E.t -> bool
end

module Table (Keys : Keys) : SeededS with type key = Keys.t = struct
  type key = Keys.t
  type cell = Empty | Cell of { hash : int; binding : E.t; next : cell }

  type 'a t = {
    mutable size : int;
    mutable buckets : cell array;
    seed : int;
    initial_size : int;
  }

  let rec power_of_2_above x n = if x >= n || x * 2 > Sys.max_array_length then x else power_of_2_above (x * 2) n

  (* Of randomised tables. *)
  let seeds = lazy (Random.State.make_self_init ())

  let create ?(random = Hashtbl.is_randomized ()) n =
    let n = power_of_2_above 16 n in
    let seed = if random then Random.State.bits (Lazy.force seeds) else 0 in
    { size = 0; buckets = Array.make n Empty; seed; initial_size = n }

  let clear h =
    h.size <- 0;
    Array.fill h.buckets 0 (Array.length h.buckets) Empty

  let reset h =
    if Array.length h.buckets = h.initial_size then clear h
    else begin
      h.size <- 0;
      h.buckets <- Array.make h.initial_size Empty
    end

  let copy h = { h with buckets = Array.copy h.buckets }
  let length h = h.size
  let index h hash = hash land (Array.length h.buckets - 1)

  (* Cleaning and growing; both keep the order in a chain. *)

  let rec clean_chain h = function
    | Empty -> Empty
    | Cell { hash; binding; next } ->
        if Keys.alive binding then Cell { hash; binding; next = clean_chain h next }
        else begin
          h.size <- h.size - 1;
          clean_chain h next
        end

  let clean h = Array.iteri (fun i chain -> h.buckets.(i) <- clean_chain h chain) h.buckets

  let rec move h = function
    | Empty -> ()
    | Cell { hash; binding; next } ->
        move h next;
        let i = index h hash in
        h.buckets.(i) <- Cell { hash; binding; next = h.buckets.(i) }

  let grow h =
    clean h;
    let old = h.buckets in
    let n = Array.length old in
    if n * 2 <= Sys.max_array_length && h.size >= n / 2 then begin
      h.buckets <- Array.make (n * 2) Empty;
      Array.iter (move h) old
    end

  let hash h k = Keys.hash h.seed k

  let insert h k d hash =
    let i = index h hash in
    h.buckets.(i) <- Cell { hash; binding = Keys.make k d; next = h.buckets.(i) };
    h.size <- h.size + 1;
    if h.size > 2 * Array.length h.buckets then grow h

  let add h k d = insert h k d (hash h k)

  let remove h k =
    let hash = hash h k in
    let rec remove_first = function
      | Empty -> Empty
      | Cell ({ hash = other; binding; next } as cell) -> (
          if other <> hash then Cell { cell with next = remove_first next }
          else
            match Keys.compare binding k with
            | Different -> Cell { cell with next = remove_first next }
            | Equal ->
                h.size <- h.size - 1;
                next
            | Dead ->
                h.size <- h.size - 1;
                remove_first next)
    in
    let i = index h hash in
    h.buckets.(i) <- remove_first h.buckets.(i)

  (* The first cell from here on with this key and live data. *)
  let rec search hash k = function
    | Empty -> None
    | Cell { hash = other; binding; next } -> (
        if other <> hash || Keys.compare binding k <> Equal then search hash k next
        else match data binding with None -> search hash k next | Some d -> Some (d, next))

  let chain h hash = h.buckets.(index h hash)

  let find_opt h k =
    let hash = hash h k in
    match search hash k (chain h hash) with Some (d, _) -> Some d | None -> None

  let find h k = match find_opt h k with Some d -> d | None -> raise Not_found
  let mem h k = find_opt h k <> None

  let find_all h k =
    let hash = hash h k in
    let rec all cells = match search hash k cells with None -> [] | Some (d, next) -> d :: all next in
    all (chain h hash)

  let replace h k d =
    let hash = hash h k in
    let rec replace_first = function
      | Empty -> insert h k d hash
      | Cell { hash = other; binding; next } ->
          if other = hash && Keys.compare binding k = Equal then begin
            E.unset_data binding;
            Keys.assign binding k;
            E.set_data binding (Obj.repr d)
          end
          else replace_first next
    in
    replace_first (chain h hash)

  let add_seq h bindings = Seq.iter (fun (k, d) -> add h k d) bindings
  let replace_seq h bindings = Seq.iter (fun (k, d) -> replace h k d) bindings

  let of_seq bindings =
    let h = create 16 in
    replace_seq h bindings;
    h

  let statistics h counts =
    let rec length = function
      | Empty -> 0
      | Cell { binding; next; _ } -> (if counts binding then 1 else 0) + length next
    in
    let lengths = Array.map length h.buckets in
    let longest = Array.fold_left max 0 lengths in
    let histogram = Array.make (longest + 1) 0 in
    Array.iter (fun n -> histogram.(n) <- histogram.(n) + 1) lengths;
    (longest, histogram, Array.fold_left ( + ) 0 lengths)

  let stats h : Hashtbl.statistics =
    let max_bucket_length, bucket_histogram, _ = statistics h (fun _ -> true) in
    { num_bindings = h.size; num_buckets = Array.length h.buckets; max_bucket_length; bucket_histogram }

  let stats_alive h : Hashtbl.statistics =
    let max_bucket_length, bucket_histogram, num_bindings = statistics h Keys.alive in
    { num_bindings; num_buckets = Array.length h.buckets; max_bucket_length; bucket_histogram }
end

(* Without seeds. *)
module Unseeded (T : SeededS) : S with type key = T.key = struct
  include T

  let create n = create ~random:false n

  let of_seq bindings =
    let h = create 16 in
    replace_seq h bindings;
    h
end

(* A hash function that ignores seeds. *)
module Ignoring_seed (H : Hashtbl.HashedType) = struct
  type t = H.t

  let equal = H.equal
  let seeded_hash _ k = H.hash k
end

(* Lists of ephemerons, newest first. *)
module Chain = struct
  type t = E.t list ref

  let make () : t = ref []
  let add chain e = chain := e :: !chain
  let length chain = List.length !chain
  let clear chain = chain := []
  let find chain has_keys = match List.find_opt has_keys !chain with Some e -> data e | None -> None

  let remove chain has_keys =
    let rec without = function
      | [] -> []
      | e :: rest -> if has_keys e then rest else e :: without rest
    in
    chain := without !chain
end

module K1 = struct
  type ('k, 'd) t = E.t

  let make k d = make_of [| k |] d
  let has_key k e = is_key e 0 k
  let query e k = if has_key k e then data e else None

  module MakeSeeded (H : Hashtbl.SeededHashedType) = Table (struct
    type t = H.t

    let hash = H.seeded_hash
    let make k d = make k d
    let assign e k = E.set_key e 0 (Obj.repr k)
    let alive e = E.check_key e 0

    let compare e k =
      match key e 0 with None -> Dead | Some k' -> if H.equal k k' then Equal else Different
  end)

  module Make (H : Hashtbl.HashedType) = Unseeded (MakeSeeded (Ignoring_seed (H)))

  module Bucket = struct
    type ('k, 'd) t = Chain.t

    let make = Chain.make
    let add chain k d = Chain.add chain (make_of [| k |] d)
    let remove chain k = Chain.remove chain (has_key k)
    let find chain k = Chain.find chain (has_key k)
    let length = Chain.length
    let clear = Chain.clear
  end
end

module K2 = struct
  type ('k1, 'k2, 'd) t = E.t

  let make k1 k2 d = make_of [| Obj.repr k1; Obj.repr k2 |] d
  let has_keys k1 k2 e = is_key e 0 k1 && is_key e 1 k2
  let query e k1 k2 = if has_keys k1 k2 e then data e else None

  module MakeSeeded (H1 : Hashtbl.SeededHashedType) (H2 : Hashtbl.SeededHashedType) = Table (struct
    type t = H1.t * H2.t

    let hash seed (k1, k2) = H1.seeded_hash seed k1 + (H2.seeded_hash seed k2 * 65599)
    let make (k1, k2) d = make k1 k2 d

    let assign e (k1, k2) =
      E.set_key e 0 (Obj.repr k1);
      E.set_key e 1 (Obj.repr k2)

    let alive e = E.check_key e 0 && E.check_key e 1

    let compare e (k1, k2) =
      match (key e 0, key e 1) with
      | Some k1', Some k2' -> if H1.equal k1 k1' && H2.equal k2 k2' then Equal else Different
      | _ -> Dead
  end)

  module Make (H1 : Hashtbl.HashedType) (H2 : Hashtbl.HashedType) =
    Unseeded (MakeSeeded (Ignoring_seed (H1)) (Ignoring_seed (H2)))

  module Bucket = struct
    type ('k1, 'k2, 'd) t = Chain.t

    let make = Chain.make
    let add chain k1 k2 d = Chain.add chain (make_of [| Obj.repr k1; Obj.repr k2 |] d)
    let remove chain k1 k2 = Chain.remove chain (has_keys k1 k2)
    let find chain k1 k2 = Chain.find chain (has_keys k1 k2)
    let length = Chain.length
    let clear = Chain.clear
  end
end

module Kn = struct
  type ('k, 'd) t = E.t

  let make keys d = make_of keys d

  let has_keys keys e =
    let n = Array.length keys in
    let rec from i = i = n || (is_key e i keys.(i) && from (i + 1)) in
    n = E.length e && from 0

  let query e keys = if has_keys keys e then data e else None

  module MakeSeeded (H : Hashtbl.SeededHashedType) = Table (struct
    type t = H.t array

    let hash seed keys = Array.fold_left (fun h k -> (h * 65599) + H.seeded_hash seed k) 0 keys
    let make keys d = make_of keys d
    let assign e keys = Array.iteri (fun i k -> E.set_key e i (Obj.repr k)) keys

    let alive e =
      let rec from i = i = E.length e || (E.check_key e i && from (i + 1)) in
      from 0

    let compare e keys =
      let n = Array.length keys in
      let rec from i =
        if i = n then Equal
        else
          match key e i with
          | None -> Dead
          | Some k -> if H.equal keys.(i) k then from (i + 1) else Different
      in
      if n <> E.length e then Different else from 0
  end)

  module Make (H : Hashtbl.HashedType) = Unseeded (MakeSeeded (Ignoring_seed (H)))

  module Bucket = struct
    type ('k, 'd) t = Chain.t

    let make = Chain.make
    let add chain keys d = Chain.add chain (make_of keys d)
    let remove chain keys = Chain.remove chain (has_keys keys)
    let find chain keys = Chain.find chain (has_keys keys)
    let length = Chain.length
    let clear = Chain.clear
  end
end
