(* Finite maps as height-balanced binary search trees: the heights of two brothers differ by at most two.
   Shapes equal those of OCaml's maps, so structural comparison and marshalled forms do too. *)

module type OrderedType = sig type t val compare : t -> t -> int end
module type S =
  sig
    type key
    type +!'a t
    val empty : 'a t
    val is_empty : 'a t -> bool
    val mem : key -> 'a t -> bool
    val add : key -> 'a -> 'a t -> 'a t
    val add_to_list : key -> 'a -> 'a list t -> 'a list t
    val update : key -> ('a option -> 'a option) -> 'a t -> 'a t
    val singleton : key -> 'a -> 'a t
    val remove : key -> 'a t -> 'a t
    val merge :
      (key -> 'a option -> 'b option -> 'c option) ->
      'a t -> 'b t -> 'c t
    val union : (key -> 'a -> 'a -> 'a option) -> 'a t -> 'a t -> 'a t
    val compare : ('a -> 'a -> int) -> 'a t -> 'a t -> int
    val equal : ('a -> 'a -> bool) -> 'a t -> 'a t -> bool
    val iter : (key -> 'a -> unit) -> 'a t -> unit
    val fold : (key -> 'a -> 'b -> 'b) -> 'a t -> 'b -> 'b
    val for_all : (key -> 'a -> bool) -> 'a t -> bool
    val exists : (key -> 'a -> bool) -> 'a t -> bool
    val filter : (key -> 'a -> bool) -> 'a t -> 'a t
    val filter_map : (key -> 'a -> 'b option) -> 'a t -> 'b t
    val partition : (key -> 'a -> bool) -> 'a t -> 'a t * 'a t
    val cardinal : 'a t -> int
    val bindings : 'a t -> (key * 'a) list
    val to_list : 'a t -> (key * 'a) list
    val of_list : (key * 'a) list -> 'a t
    val min_binding : 'a t -> key * 'a
    val min_binding_opt : 'a t -> (key * 'a) option
    val max_binding : 'a t -> key * 'a
    val max_binding_opt : 'a t -> (key * 'a) option
    val choose : 'a t -> key * 'a
    val choose_opt : 'a t -> (key * 'a) option
    val split : key -> 'a t -> 'a t * 'a option * 'a t
    val find : key -> 'a t -> 'a
    val find_opt : key -> 'a t -> 'a option
    val find_first : (key -> bool) -> 'a t -> key * 'a
    val find_first_opt : (key -> bool) -> 'a t -> (key * 'a) option
    val find_last : (key -> bool) -> 'a t -> key * 'a
    val find_last_opt : (key -> bool) -> 'a t -> (key * 'a) option
    val map : ('a -> 'b) -> 'a t -> 'b t
    val mapi : (key -> 'a -> 'b) -> 'a t -> 'b t
    val to_seq : 'a t -> (key * 'a) Seq.t
    val to_rev_seq : 'a t -> (key * 'a) Seq.t
    val to_seq_from : key -> 'a t -> (key * 'a) Seq.t
    val add_seq : (key * 'a) Seq.t -> 'a t -> 'a t
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

module Make (Ord : OrderedType) = struct
  type key = Ord.t

  (* left, key, value, right, height *)
  type 'a t = Empty | Node of 'a t * key * 'a * 'a t * int

  let empty = Empty
  let is_empty = function Empty -> true | Node _ -> false
  let height = function Empty -> 0 | Node (_, _, _, _, h) -> h
  let singleton k v = Node (Empty, k, v, Empty, 1)

  (* Balancing *)

  let create l k v r =
    let hl = height l and hr = height r in
    Node (l, k, v, r, if hl >= hr then hl + 1 else hr + 1)

  let rotate_right l k v r =
    match l with
    | Node (ll, lk, lv, lr, _) when height ll >= height lr -> create ll lk lv (create lr k v r)
    | Node (ll, lk, lv, Node (lrl, lrk, lrv, lrr, _), _) -> create (create ll lk lv lrl) lrk lrv (create lrr k v r)
    | Empty | Node (_, _, _, Empty, _) -> invalid_arg "Map.bal"

  let rotate_left l k v r =
    match r with
    | Node (rl, rk, rv, rr, _) when height rr >= height rl -> create (create l k v rl) rk rv rr
    | Node (Node (rll, rlk, rlv, rlr, _), rk, rv, rr, _) -> create (create l k v rll) rlk rlv (create rlr rk rv rr)
    | Empty | Node (Empty, _, _, _, _) -> invalid_arg "Map.bal"

  (* [l] and [r] are balanced and their heights differ by at most three. *)
  let balance l k v r =
    let hl = height l and hr = height r in
    if hl > hr + 2 then rotate_right l k v r
    else if hr > hl + 2 then rotate_left l k v r
    else Node (l, k, v, r, if hl >= hr then hl + 1 else hr + 1)

  let rec add k v = function
    | Empty -> Node (Empty, k, v, Empty, 1)
    | Node (l, k', v', r, h) as m ->
        let c = Ord.compare k k' in
        if c = 0 then if v' == v then m else Node (l, k, v, r, h)
        else if c < 0 then
          let l' = add k v l in
          if l == l' then m else balance l' k' v' r
        else
          let r' = add k v r in
          if r == r' then m else balance l k' v' r'

  (* Ends *)

  let rec min_binding = function
    | Empty -> raise Not_found
    | Node (Empty, k, v, _, _) -> (k, v)
    | Node (l, _, _, _, _) -> min_binding l

  let rec min_binding_opt = function
    | Empty -> None
    | Node (Empty, k, v, _, _) -> Some (k, v)
    | Node (l, _, _, _, _) -> min_binding_opt l

  let rec max_binding = function
    | Empty -> raise Not_found
    | Node (_, k, v, Empty, _) -> (k, v)
    | Node (_, _, _, r, _) -> max_binding r

  let rec max_binding_opt = function
    | Empty -> None
    | Node (_, k, v, Empty, _) -> Some (k, v)
    | Node (_, _, _, r, _) -> max_binding_opt r

  let choose = min_binding
  let choose_opt = min_binding_opt

  let rec remove_min_binding = function
    | Empty -> invalid_arg "Map.remove_min_elt"
    | Node (Empty, _, _, r, _) -> r
    | Node (l, k, v, r, _) -> balance (remove_min_binding l) k v r

  let rec add_min_binding k v = function
    | Empty -> singleton k v
    | Node (l, k', v', r, _) -> balance (add_min_binding k v l) k' v' r

  let rec add_max_binding k v = function
    | Empty -> singleton k v
    | Node (l, k', v', r, _) -> balance l k' v' (add_max_binding k v r)

  (* Joining. The keys of the left tree are less than those of the right one. *)

  (* Heights that differ by at most two. *)
  let glue l r =
    match l, r with
    | Empty, t | t, Empty -> t
    | Node _, Node _ ->
        let k, v = min_binding r in
        balance l k v (remove_min_binding r)

  let rec join l k v r =
    match l, r with
    | Empty, _ -> add_min_binding k v r
    | _, Empty -> add_max_binding k v l
    | Node (ll, lk, lv, lr, lh), Node (rl, rk, rv, rr, rh) ->
        if lh > rh + 2 then balance ll lk lv (join lr k v r)
        else if rh > lh + 2 then balance (join l k v rl) rk rv rr
        else create l k v r

  let concat l r =
    match l, r with
    | Empty, t | t, Empty -> t
    | Node _, Node _ ->
        let k, v = min_binding r in
        join l k v (remove_min_binding r)

  let concat_or_join l k v r = match v with Some v -> join l k v r | None -> concat l r

  let rec split k = function
    | Empty -> (Empty, None, Empty)
    | Node (l, k', v, r, _) ->
        let c = Ord.compare k k' in
        if c = 0 then (l, Some v, r)
        else if c < 0 then
          let ll, found, lr = split k l in
          (ll, found, join lr k' v r)
        else
          let rl, found, rr = split k r in
          (join l k' v rl, found, rr)

  let rec remove k = function
    | Empty -> Empty
    | Node (l, k', v, r, _) as m ->
        let c = Ord.compare k k' in
        if c = 0 then glue l r
        else if c < 0 then
          let l' = remove k l in
          if l == l' then m else balance l' k' v r
        else
          let r' = remove k r in
          if r == r' then m else balance l k' v r'

  let rec update k f = function
    | Empty -> (match f None with None -> Empty | Some v -> singleton k v)
    | Node (l, k', v', r, h) as m ->
        let c = Ord.compare k k' in
        if c = 0 then
          match f (Some v') with
          | None -> glue l r
          | Some v -> if v' == v then m else Node (l, k, v, r, h)
        else if c < 0 then
          let l' = update k f l in
          if l == l' then m else balance l' k' v' r
        else
          let r' = update k f r in
          if r == r' then m else balance l k' v' r'

  let add_to_list k v m = update k (function None -> Some [ v ] | Some vs -> Some (v :: vs)) m

  (* Searching *)

  let rec find k = function
    | Empty -> raise Not_found
    | Node (l, k', v, r, _) ->
        let c = Ord.compare k k' in
        if c = 0 then v else find k (if c < 0 then l else r)

  let rec find_opt k = function
    | Empty -> None
    | Node (l, k', v, r, _) ->
        let c = Ord.compare k k' in
        if c = 0 then Some v else find_opt k (if c < 0 then l else r)

  let rec mem k = function
    | Empty -> false
    | Node (l, k', _, r, _) ->
        let c = Ord.compare k k' in
        c = 0 || mem k (if c < 0 then l else r)

  (* The least (greatest) binding whose key satisfies [p], given the best one seen on the way down. *)
  let rec least p best = function
    | Empty -> best
    | Node (l, k, v, r, _) -> if p k then least p (Some (k, v)) l else least p best r

  let rec greatest p best = function
    | Empty -> best
    | Node (l, k, v, r, _) -> if p k then greatest p (Some (k, v)) r else greatest p best l

  let or_not_found = function Some binding -> binding | None -> raise Not_found
  let find_first_opt p m = least p None m
  let find_last_opt p m = greatest p None m
  let find_first p m = or_not_found (find_first_opt p m)
  let find_last p m = or_not_found (find_last_opt p m)

  (* Traversals *)

  let rec iter f = function
    | Empty -> ()
    | Node (l, k, v, r, _) ->
        iter f l;
        f k v;
        iter f r

  let rec map f = function
    | Empty -> Empty
    | Node (l, k, v, r, h) ->
        let l = map f l in
        let v = f v in
        let r = map f r in
        Node (l, k, v, r, h)

  let rec mapi f = function
    | Empty -> Empty
    | Node (l, k, v, r, h) ->
        let l = mapi f l in
        let v = f k v in
        let r = mapi f r in
        Node (l, k, v, r, h)

  let rec fold f m acc =
    match m with Empty -> acc | Node (l, k, v, r, _) -> fold f r (f k v (fold f l acc))

  let rec for_all p = function Empty -> true | Node (l, k, v, r, _) -> p k v && for_all p l && for_all p r
  let rec exists p = function Empty -> false | Node (l, k, v, r, _) -> p k v || exists p l || exists p r

  let rec filter p = function
    | Empty -> Empty
    | Node (l, k, v, r, _) as m ->
        let l' = filter p l in
        let keep = p k v in
        let r' = filter p r in
        if keep then if l == l' && r == r' then m else join l' k v r' else concat l' r'

  let rec filter_map f = function
    | Empty -> Empty
    | Node (l, k, v, r, _) ->
        let l = filter_map f l in
        let v = f k v in
        let r = filter_map f r in
        concat_or_join l k v r

  let rec partition p = function
    | Empty -> (Empty, Empty)
    | Node (l, k, v, r, _) ->
        let l_yes, l_no = partition p l in
        let yes = p k v in
        let r_yes, r_no = partition p r in
        if yes then (join l_yes k v r_yes, concat l_no r_no) else (concat l_yes r_yes, join l_no k v r_no)

  let rec cardinal = function Empty -> 0 | Node (l, _, _, r, _) -> cardinal l + 1 + cardinal r

  let rec bindings_before acc = function
    | Empty -> acc
    | Node (l, k, v, r, _) -> bindings_before ((k, v) :: bindings_before acc r) l

  let bindings m = bindings_before [] m
  let to_list = bindings

  (* Two maps. The larger root leads. *)

  (* From right to left, as OCaml evaluates. *)
  let rec merge f m1 m2 =
    match m1, m2 with
    | Empty, Empty -> Empty
    | Node (l1, k, v1, r1, h1), _ when h1 >= height m2 ->
        let l2, v2, r2 = split k m2 in
        let r = merge f r1 r2 in
        let v = f k (Some v1) v2 in
        concat_or_join (merge f l1 l2) k v r
    | _, Node (l2, k, v2, r2, _) ->
        let l1, v1, r1 = split k m1 in
        let r = merge f r1 r2 in
        let v = f k v1 (Some v2) in
        concat_or_join (merge f l1 l2) k v r
    | Node _, Empty -> assert false

  let rec union f m1 m2 =
    match m1, m2 with
    | Empty, m | m, Empty -> m
    | Node (l1, k1, v1, r1, h1), Node (l2, k2, v2, r2, h2) ->
        if h1 >= h2 then
          let l2, v2, r2 = split k1 m2 in
          let l = union f l1 l2 in
          let r = union f r1 r2 in
          match v2 with
          | None -> join l k1 v1 r
          | Some v2 -> concat_or_join l k1 (f k1 v1 v2) r
        else
          let l1, v1, r1 = split k2 m1 in
          let l = union f l1 l2 in
          let r = union f r1 r2 in
          match v1 with
          | None -> join l k2 v2 r
          | Some v1 -> concat_or_join l k2 (f k2 v1 v2) r

  (* Enumerations: what is left of an in-order walk. *)

  type 'a enumeration = End | More of key * 'a * 'a t * 'a enumeration

  let rec leftmost m rest = match m with Empty -> rest | Node (l, k, v, r, _) -> leftmost l (More (k, v, r, rest))

  let compare cmp m1 m2 =
    let rec go e1 e2 =
      match e1, e2 with
      | End, End -> 0
      | End, More _ -> -1
      | More _, End -> 1
      | More (k1, v1, r1, e1), More (k2, v2, r2, e2) ->
          let c = Ord.compare k1 k2 in
          if c <> 0 then c
          else
            let c = cmp v1 v2 in
            if c <> 0 then c else go (leftmost r1 e1) (leftmost r2 e2)
    in
    go (leftmost m1 End) (leftmost m2 End)

  let equal eq m1 m2 =
    let rec go e1 e2 =
      match e1, e2 with
      | End, End -> true
      | End, More _ | More _, End -> false
      | More (k1, v1, r1, e1), More (k2, v2, r2, e2) ->
          Ord.compare k1 k2 = 0 && eq v1 v2 && go (leftmost r1 e1) (leftmost r2 e2)
    in
    go (leftmost m1 End) (leftmost m2 End)

  (* Lists and sequences *)

  let of_list bindings = List.fold_left (fun m (k, v) -> add k v m) empty bindings
  let add_seq bindings m = Seq.fold_left (fun m (k, v) -> add k v m) m bindings
  let of_seq bindings = add_seq bindings empty

  let rec seq_of_enumeration e () =
    match e with End -> Seq.Nil | More (k, v, r, rest) -> Seq.Cons ((k, v), seq_of_enumeration (leftmost r rest))

  let to_seq m = seq_of_enumeration (leftmost m End)

  let rec rightmost m rest = match m with Empty -> rest | Node (l, k, v, r, _) -> rightmost r (More (k, v, l, rest))

  let rec rev_seq_of_enumeration e () =
    match e with
    | End -> Seq.Nil
    | More (k, v, l, rest) -> Seq.Cons ((k, v), rev_seq_of_enumeration (rightmost l rest))

  let to_rev_seq m = rev_seq_of_enumeration (rightmost m End)

  let to_seq_from low m =
    let rec from m rest =
      match m with
      | Empty -> rest
      | Node (l, k, v, r, _) ->
          let c = Ord.compare k low in
          if c = 0 then More (k, v, r, rest) else if c < 0 then from r rest else from l (More (k, v, r, rest))
    in
    seq_of_enumeration (from m End)
end
