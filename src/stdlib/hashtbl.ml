(* Hash tables: an array of buckets, its length a power of two, each bucket a list of bindings with the newest
   first. The array doubles when there are more than two bindings to a bucket; doubling keeps the order inside
   buckets. So the order of [iter], [fold] and [to_seq] is a function of the operations made and equals
   OCaml's. *)

type ('a, 'b) t = {
  mutable size : int;
  mutable data : ('a, 'b) bucket array;
  seed : int;
  mutable initial_size : int; (* negative while a traversal is under way *)
}

and ('a, 'b) bucket =
  | Empty
  | Cons of { mutable key : 'a; mutable data : 'b; mutable next : ('a, 'b) bucket }

(* While a traversal is under way a resize must copy the cells, for the traversal still walks the old ones. *)
let traversal_under_way h = h.initial_size < 0
let flip_traversal h = h.initial_size <- -h.initial_size

(* Randomisation *)

external random_seed : unit -> int array = "caml_sys_random_seed"
external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let asked_by_environment name =
  match Sys.getenv_opt name with
  | None -> false
  | Some parameters -> String.contains parameters 'R'

let randomized = ref (asked_by_environment "OCAMLRUNPARAM" || asked_by_environment "CAMLRUNPARAM")
let randomize () = randomized := true
let is_randomized () = !randomized
let fresh_seed () = seeded_hash_param 10 100 0 (random_seed ())

(* Making *)

let rec power_of_2_above x n = if x >= n || x * 2 > Sys.max_array_length then x else power_of_2_above (x * 2) n

let create ?(random = !randomized) initial_size =
  let n = power_of_2_above 16 initial_size in
  { initial_size = n; size = 0; seed = (if random then fresh_seed () else 0); data = Array.make n Empty }

let clear h =
  if h.size > 0 then begin
    h.size <- 0;
    Array.fill h.data 0 (Array.length h.data) Empty
  end

let reset h =
  let n = abs h.initial_size in
  if Array.length h.data = n then clear h
  else begin
    h.size <- 0;
    h.data <- Array.make n Empty
  end

let copy_bucket bucket =
  let rec copy_after previous = function
    | Empty -> ()
    | Cons { key; data; next } ->
        let cell = Cons { key; data; next = Empty } in
        (match previous with Empty -> () | Cons previous -> previous.next <- cell);
        copy_after cell next
  in
  match bucket with
  | Empty -> Empty
  | Cons { key; data; next } ->
      let first = Cons { key; data; next = Empty } in
      copy_after first next;
      first

let copy h = { h with data = Array.map copy_bucket h.data }
let length h = h.size

(* Resizing *)

(* Moves the cells of [bucket], in order, to the ends of their buckets in [data]; [tails] are the last cells
   of those. *)
let rec redistribute index_of in_place data tails bucket =
  match bucket with
  | Empty -> ()
  | Cons { key; data = v; next } ->
      let cell = if in_place then bucket else Cons { key; data = v; next = Empty } in
      let i = index_of key in
      (match tails.(i) with Empty -> data.(i) <- cell | Cons tail -> tail.next <- cell);
      tails.(i) <- cell;
      redistribute index_of in_place data tails next

let redistribute_all index_of in_place old_data data =
  let tails = Array.make (Array.length data) Empty in
  Array.iter (redistribute index_of in_place data tails) old_data;
  if in_place then Array.iter (function Empty -> () | Cons tail -> tail.next <- Empty) tails

let resize index_of h =
  let old_data = h.data in
  let n = Array.length old_data * 2 in
  if n < Sys.max_array_length then begin
    let in_place = not (traversal_under_way h) in
    let data = Array.make n Empty in
    h.data <- data;
    redistribute_all (index_of h) in_place old_data data
  end

(* Traversals *)

(* Runs [walk], which may add and remove bindings, so that they do not disturb it. *)
let during_traversal h walk =
  let nested = traversal_under_way h in
  if not nested then flip_traversal h;
  match walk () with
  | result ->
      if not nested then flip_traversal h;
      result
  | exception e when not nested ->
      flip_traversal h;
      raise e

let iter f h =
  let rec iter_bucket = function
    | Empty -> ()
    | Cons { key; data; next } ->
        f key data;
        iter_bucket next
  in
  during_traversal h (fun () ->
      let data = h.data in
      for i = 0 to Array.length data - 1 do
        iter_bucket data.(i)
      done)

let fold f h acc =
  let rec fold_bucket bucket acc =
    match bucket with Empty -> acc | Cons { key; data; next } -> fold_bucket next (f key data acc)
  in
  during_traversal h (fun () ->
      let data = h.data in
      let acc = ref acc in
      for i = 0 to Array.length data - 1 do
        acc := fold_bucket data.(i) !acc
      done;
      !acc)

let filter_map_inplace f h =
  (* [kept] is the last cell kept so far of bucket [i]; Empty when there is none. *)
  let rec filter_bucket data i kept = function
    | Empty -> (match kept with Empty -> data.(i) <- Empty | Cons cell -> cell.next <- Empty)
    | Cons cell as bucket -> (
        match f cell.key cell.data with
        | None ->
            h.size <- h.size - 1;
            filter_bucket data i kept cell.next
        | Some v ->
            (match kept with Empty -> data.(i) <- bucket | Cons previous -> previous.next <- bucket);
            cell.data <- v;
            filter_bucket data i bucket cell.next)
  in
  during_traversal h (fun () ->
      let data = h.data in
      for i = 0 to Array.length data - 1 do
        filter_bucket data i Empty data.(i)
      done)

type statistics = {
  num_bindings : int;
  num_buckets : int;
  max_bucket_length : int;
  bucket_histogram : int array;
}

let rec bucket_length n = function Empty -> n | Cons { next; _ } -> bucket_length (n + 1) next

let stats h =
  let longest = Array.fold_left (fun longest bucket -> max longest (bucket_length 0 bucket)) 0 h.data in
  let histogram = Array.make (longest + 1) 0 in
  Array.iter
    (fun bucket ->
      let n = bucket_length 0 bucket in
      histogram.(n) <- histogram.(n) + 1)
    h.data;
  {
    num_bindings = h.size;
    num_buckets = Array.length h.data;
    max_bucket_length = longest;
    bucket_histogram = histogram;
  }

let to_seq h =
  let data = h.data in
  let rec from i bucket () =
    match bucket with
    | Cons { key; data; next } -> Seq.Cons ((key, data), from i next)
    | Empty -> if i = Array.length data then Seq.Nil else from (i + 1) data.(i) ()
  in
  from 0 Empty

let to_seq_keys h = Seq.map fst (to_seq h)
let to_seq_values h = Seq.map snd (to_seq h)

(* The functions that look for a key, given how to hash and how to compare. The generic table and the functors
   share them. *)

let add_with index_of h key data =
  let i = index_of h key in
  h.data.(i) <- Cons { key; data; next = h.data.(i) };
  h.size <- h.size + 1;
  if h.size > Array.length h.data * 2 then resize index_of h

let remove_with index_of equal h key =
  let i = index_of h key in
  let rec remove_after previous = function
    | Empty -> ()
    | Cons cell as bucket ->
        if equal cell.key key then begin
          h.size <- h.size - 1;
          match previous with Empty -> h.data.(i) <- cell.next | Cons previous -> previous.next <- cell.next
        end
        else remove_after bucket cell.next
  in
  remove_after Empty h.data.(i)

let find_with index_of equal h key =
  let rec search = function
    | Empty -> raise Not_found
    | Cons { key = k; data; next } -> if equal key k then data else search next
  in
  search h.data.(index_of h key)

let find_opt_with index_of equal h key =
  let rec search = function
    | Empty -> None
    | Cons { key = k; data; next } -> if equal key k then Some data else search next
  in
  search h.data.(index_of h key)

let find_all_with index_of equal h key =
  let rec search = function
    | Empty -> []
    | Cons { key = k; data; next } -> if equal k key then data :: search next else search next
  in
  search h.data.(index_of h key)

let mem_with index_of equal h key =
  let rec search = function
    | Empty -> false
    | Cons { key = k; next; _ } -> equal k key || search next
  in
  search h.data.(index_of h key)

let replace_with index_of equal h key data =
  let i = index_of h key in
  let rec replaced = function
    | Empty -> false
    | Cons cell ->
        if equal cell.key key then begin
          cell.key <- key;
          cell.data <- data;
          true
        end
        else replaced cell.next
  in
  let bucket = h.data.(i) in
  if not (replaced bucket) then begin
    h.data.(i) <- Cons { key; data; next = bucket };
    h.size <- h.size + 1;
    if h.size > Array.length h.data * 2 then resize index_of h
  end

(* The generic table *)

let hash x = seeded_hash_param 10 100 0 x
let hash_param n1 n2 x = seeded_hash_param n1 n2 0 x
let seeded_hash seed x = seeded_hash_param 10 100 seed x
let index_of h key = seeded_hash_param 10 100 h.seed key land (Array.length h.data - 1)
let same a b = compare a b = 0
let add h key data = add_with index_of h key data
let remove h key = remove_with index_of same h key

(* The commonest look-ups are written out: no closure, no call through one. *)

let rec find_in key = function
  | Empty -> raise Not_found
  | Cons { key = k; data; next } -> if compare key k = 0 then data else find_in key next

let rec find_opt_in key = function
  | Empty -> None
  | Cons { key = k; data; next } -> if compare key k = 0 then Some data else find_opt_in key next

let rec mem_in key = function Empty -> false | Cons { key = k; next; _ } -> compare k key = 0 || mem_in key next
let find h key = find_in key h.data.(index_of h key)
let find_opt h key = find_opt_in key h.data.(index_of h key)
let mem h key = mem_in key h.data.(index_of h key)
let find_all h key = find_all_with index_of same h key
let replace h key data = replace_with index_of same h key data
let add_seq h bindings = Seq.iter (fun (key, data) -> add h key data) bindings
let replace_seq h bindings = Seq.iter (fun (key, data) -> replace h key data) bindings

let of_seq bindings =
  let h = create 16 in
  replace_seq h bindings;
  h

let rebuild ?(random = !randomized) h =
  let n = power_of_2_above 16 (Array.length h.data) in
  let result =
    {
      size = h.size;
      data = Array.make n Empty;
      seed = (if random then fresh_seed () else h.seed);
      initial_size = n;
    }
  in
  redistribute_all (index_of result) false h.data result.data;
  result

(* Functors *)

module type HashedType = sig
  type t

  val equal : t -> t -> bool
  val hash : t -> int
end

module type SeededHashedType = sig
  type t

  val equal : t -> t -> bool
  val seeded_hash : int -> t -> int
end

module type S = sig
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
  val iter : (key -> 'a -> unit) -> 'a t -> unit
  val filter_map_inplace : (key -> 'a -> 'a option) -> 'a t -> unit
  val fold : (key -> 'a -> 'b -> 'b) -> 'a t -> 'b -> 'b
  val length : 'a t -> int
  val stats : 'a t -> statistics
  val to_seq : 'a t -> (key * 'a) Seq.t
  val to_seq_keys : 'a t -> key Seq.t
  val to_seq_values : 'a t -> 'a Seq.t
  val add_seq : 'a t -> (key * 'a) Seq.t -> unit
  val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
  val of_seq : (key * 'a) Seq.t -> 'a t
end

module type SeededS = sig
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
  val iter : (key -> 'a -> unit) -> 'a t -> unit
  val filter_map_inplace : (key -> 'a -> 'a option) -> 'a t -> unit
  val fold : (key -> 'a -> 'b -> 'b) -> 'a t -> 'b -> 'b
  val length : 'a t -> int
  val stats : 'a t -> statistics
  val to_seq : 'a t -> (key * 'a) Seq.t
  val to_seq_keys : 'a t -> key Seq.t
  val to_seq_values : 'a t -> 'a Seq.t
  val add_seq : 'a t -> (key * 'a) Seq.t -> unit
  val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
  val of_seq : (key * 'a) Seq.t -> 'a t
end

module MakeSeeded (H : SeededHashedType) = struct
  type key = H.t
  type 'a hashtbl = (key, 'a) t
  type 'a t = 'a hashtbl

  let create = create
  let clear = clear
  let reset = reset
  let copy = copy
  let index_of h key = H.seeded_hash h.seed key land (Array.length h.data - 1)
  let add h key data = add_with index_of h key data
  let remove h key = remove_with index_of H.equal h key
  let find h key = find_with index_of H.equal h key
  let find_opt h key = find_opt_with index_of H.equal h key
  let find_all h key = find_all_with index_of H.equal h key
  let replace h key data = replace_with index_of H.equal h key data
  let mem h key = mem_with index_of H.equal h key
  let iter = iter
  let filter_map_inplace = filter_map_inplace
  let fold = fold
  let length = length
  let stats = stats
  let to_seq = to_seq
  let to_seq_keys = to_seq_keys
  let to_seq_values = to_seq_values
  let add_seq h bindings = Seq.iter (fun (key, data) -> add h key data) bindings
  let replace_seq h bindings = Seq.iter (fun (key, data) -> replace h key data) bindings

  let of_seq bindings =
    let h = create 16 in
    replace_seq h bindings;
    h
end

module Make (H : HashedType) = struct
  include MakeSeeded (struct
    type t = H.t

    let equal = H.equal
    let seeded_hash (_ : int) key = H.hash key
  end)

  let create size = create ~random:false size

  let of_seq bindings =
    let h = create 16 in
    replace_seq h bindings;
    h
end
