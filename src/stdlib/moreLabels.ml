(* Hashtbl, Map and Set with labels: what has none is included as it is. *)

module Hashtbl = struct
  include Hashtbl

  let add a ~key ~data = add a key data
  let replace a ~key ~data = replace a key data
  let iter ~f a = iter (fun key data -> f ~key ~data) a
  let filter_map_inplace ~f a = filter_map_inplace (fun key data -> f ~key ~data) a
  let fold ~f a ~init = fold (fun key data acc -> f ~key ~data acc) a init

  module type S = sig
    type key
    type !'a t
    val create : int -> 'a t
    val clear : 'a t -> unit
    val reset : 'a t -> unit
    val copy : 'a t -> 'a t
    val add : 'a t -> key:key -> data:'a -> unit
    val remove : 'a t -> key -> unit
    val find : 'a t -> key -> 'a
    val find_opt : 'a t -> key -> 'a option
    val find_all : 'a t -> key -> 'a list
    val replace : 'a t -> key:key -> data:'a -> unit
    val mem : 'a t -> key -> bool
    val iter : f:(key:key -> data:'a -> unit) -> 'a t -> unit
    val filter_map_inplace: f:(key:key -> data:'a -> 'a option) -> 'a t ->
      unit
    val fold :
      f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc
    val length : 'a t -> int
    val stats: 'a t -> statistics
    val to_seq : 'a t -> (key * 'a) Seq.t
    val to_seq_keys : _ t -> key Seq.t
    val to_seq_values : 'a t -> 'a Seq.t
    val add_seq : 'a t -> (key * 'a) Seq.t -> unit
    val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

  module Make (H : HashedType) = struct
    include Hashtbl.Make (H)

    let add a ~key ~data = add a key data
    let replace a ~key ~data = replace a key data
    let iter ~f a = iter (fun key data -> f ~key ~data) a
    let filter_map_inplace ~f a = filter_map_inplace (fun key data -> f ~key ~data) a
    let fold ~f a ~init = fold (fun key data acc -> f ~key ~data acc) a init
  end

  module type SeededS = sig
    type key
    type !'a t
    val create : ?random  :bool ->
                 int -> 'a t
    val clear : 'a t -> unit
    val reset : 'a t -> unit
    val copy : 'a t -> 'a t
    val add : 'a t -> key:key -> data:'a -> unit
    val remove : 'a t -> key -> unit
    val find : 'a t -> key -> 'a
    val find_opt : 'a t -> key -> 'a option
    val find_all : 'a t -> key -> 'a list
    val replace : 'a t -> key:key -> data:'a -> unit
    val mem : 'a t -> key -> bool
    val iter : f:(key:key -> data:'a -> unit) -> 'a t -> unit
    val filter_map_inplace: f:(key:key -> data:'a -> 'a option) -> 'a t ->
      unit
    val fold :
      f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc
    val length : 'a t -> int
    val stats: 'a t -> statistics
    val to_seq : 'a t -> (key * 'a) Seq.t
    val to_seq_keys : _ t -> key Seq.t
    val to_seq_values : 'a t -> 'a Seq.t
    val add_seq : 'a t -> (key * 'a) Seq.t -> unit
    val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

  module MakeSeeded (H : SeededHashedType) = struct
    include Hashtbl.MakeSeeded (H)

    let add a ~key ~data = add a key data
    let replace a ~key ~data = replace a key data
    let iter ~f a = iter (fun key data -> f ~key ~data) a
    let filter_map_inplace ~f a = filter_map_inplace (fun key data -> f ~key ~data) a
    let fold ~f a ~init = fold (fun key data acc -> f ~key ~data acc) a init
  end
end

module Map = struct
  include Map

  module type S = sig
    type key
    type !+'a t
    val empty: 'a t
    val add: key:key -> data:'a -> 'a t -> 'a t
    val add_to_list: key:key -> data:'a -> 'a list t -> 'a list t
    val update: key:key -> f:('a option -> 'a option) -> 'a t -> 'a t
    val singleton: key -> 'a -> 'a t
    val remove: key -> 'a t -> 'a t
    val merge:
      f:(key -> 'a option -> 'b option -> 'c option) ->
      'a t -> 'b t -> 'c t
    val union: f:(key -> 'a -> 'a -> 'a option) -> 'a t -> 'a t -> 'a t
    val cardinal: 'a t -> int
    val bindings: 'a t -> (key * 'a) list
    val min_binding: 'a t -> (key * 'a)
    val min_binding_opt: 'a t -> (key * 'a) option
    val max_binding: 'a t -> (key * 'a)
    val max_binding_opt: 'a t -> (key * 'a) option
    val choose: 'a t -> (key * 'a)
    val choose_opt: 'a t -> (key * 'a) option
    val find: key -> 'a t -> 'a
    val find_opt: key -> 'a t -> 'a option
    val find_first: f:(key -> bool) -> 'a t -> key * 'a
    val find_first_opt: f:(key -> bool) -> 'a t -> (key * 'a) option
    val find_last: f:(key -> bool) -> 'a t -> key * 'a
    val find_last_opt: f:(key -> bool) -> 'a t -> (key * 'a) option
    val iter: f:(key:key -> data:'a -> unit) -> 'a t -> unit
    val fold:
      f:(key:key -> data:'a -> 'acc -> 'acc) -> 'a t -> init:'acc -> 'acc
    val map: f:('a -> 'b) -> 'a t -> 'b t
    val mapi: f:(key -> 'a -> 'b) -> 'a t -> 'b t
    val filter: f:(key -> 'a -> bool) -> 'a t -> 'a t
    val filter_map: f:(key -> 'a -> 'b option) -> 'a t -> 'b t
    val partition: f:(key -> 'a -> bool) -> 'a t -> 'a t * 'a t
    val split: key -> 'a t -> 'a t * 'a option * 'a t
    val is_empty: 'a t -> bool
    val mem: key -> 'a t -> bool
    val equal: cmp:('a -> 'a -> bool) -> 'a t -> 'a t -> bool
    val compare: cmp:('a -> 'a -> int) -> 'a t -> 'a t -> int
    val for_all: f:(key -> 'a -> bool) -> 'a t -> bool
    val exists: f:(key -> 'a -> bool) -> 'a t -> bool
    val to_list : 'a t -> (key * 'a) list
    val of_list : (key * 'a) list -> 'a t
    val to_seq : 'a t -> (key * 'a) Seq.t
    val to_rev_seq : 'a t -> (key * 'a) Seq.t
    val to_seq_from : key -> 'a t -> (key * 'a) Seq.t
    val add_seq : (key * 'a) Seq.t -> 'a t -> 'a t
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

  module Make (Ord : OrderedType) = struct
    include Map.Make (Ord)

    let add ~key ~data a = add key data a
    let add_to_list ~key ~data a = add_to_list key data a
    let update ~key ~f a = update key f a
    let merge ~f a b = merge f a b
    let union ~f a b = union f a b
    let find_first ~f a = find_first f a
    let find_first_opt ~f a = find_first_opt f a
    let find_last ~f a = find_last f a
    let find_last_opt ~f a = find_last_opt f a
    let iter ~f a = iter (fun key data -> f ~key ~data) a
    let fold ~f a ~init = fold (fun key data acc -> f ~key ~data acc) a init
    let map ~f a = map f a
    let mapi ~f a = mapi f a
    let filter ~f a = filter f a
    let filter_map ~f a = filter_map f a
    let partition ~f a = partition f a
    let equal ~cmp a b = equal cmp a b
    let compare ~cmp a b = compare cmp a b
    let for_all ~f a = for_all f a
    let exists ~f a = exists f a
  end
end

module Set = struct
  include Set

  module type S = sig
    type elt
    type t
    val empty: t
    val add: elt -> t -> t
    val singleton: elt -> t
    val remove: elt -> t -> t
    val union: t -> t -> t
    val inter: t -> t -> t
    val disjoint: t -> t -> bool
    val diff: t -> t -> t
    val cardinal: t -> int
    val elements: t -> elt list
    val min_elt: t -> elt
    val min_elt_opt: t -> elt option
    val max_elt: t -> elt
    val max_elt_opt: t -> elt option
    val choose: t -> elt
    val choose_opt: t -> elt option
        val find: elt -> t -> elt
    val find_opt: elt -> t -> elt option
    val find_first: f:(elt -> bool) -> t -> elt
    val find_first_opt: f:(elt -> bool) -> t -> elt option
    val find_last: f:(elt -> bool) -> t -> elt
    val find_last_opt: f:(elt -> bool) -> t -> elt option
    val iter: f:(elt -> unit) -> t -> unit
    val fold: f:(elt -> 'acc -> 'acc) -> t -> init:'acc -> 'acc
    val map: f:(elt -> elt) -> t -> t
    val filter: f:(elt -> bool) -> t -> t
    val filter_map: f:(elt -> elt option) -> t -> t
    val partition: f:(elt -> bool) -> t -> t * t
    val split: elt -> t -> t * bool * t
    val is_empty: t -> bool
    val mem: elt -> t -> bool
    val equal: t -> t -> bool
    val compare: t -> t -> int
    val subset: t -> t -> bool
    val for_all: f:(elt -> bool) -> t -> bool
    val exists: f:(elt -> bool) -> t -> bool
    val to_list : t -> elt list
    val of_list: elt list -> t
    val to_seq_from : elt -> t -> elt Seq.t
    val to_seq : t -> elt Seq.t
    val to_rev_seq : t -> elt Seq.t
    val add_seq : elt Seq.t -> t -> t
    val of_seq : elt Seq.t -> t
  end

  module Make (Ord : OrderedType) = struct
    include Set.Make (Ord)

    let find_first ~f a = find_first f a
    let find_first_opt ~f a = find_first_opt f a
    let find_last ~f a = find_last f a
    let find_last_opt ~f a = find_last_opt f a
    let iter ~f a = iter f a
    let fold ~f a ~init = fold f a init
    let map ~f a = map f a
    let filter ~f a = filter f a
    let filter_map ~f a = filter_map f a
    let partition ~f a = partition f a
    let for_all ~f a = for_all f a
    let exists ~f a = exists f a
  end
end
