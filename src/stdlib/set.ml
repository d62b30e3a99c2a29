(* Sets as height-balanced binary search trees: the heights of two brothers differ by at most two. Shapes
   equal those of OCaml's sets. *)

module type OrderedType = sig type t val compare : t -> t -> int end
module type S =
  sig
    type elt
    type t
    val empty : t
    val is_empty : t -> bool
    val mem : elt -> t -> bool
    val add : elt -> t -> t
    val singleton : elt -> t
    val remove : elt -> t -> t
    val union : t -> t -> t
    val inter : t -> t -> t
    val disjoint : t -> t -> bool
    val diff : t -> t -> t
    val compare : t -> t -> int
    val equal : t -> t -> bool
    val subset : t -> t -> bool
    val iter : (elt -> unit) -> t -> unit
    val map : (elt -> elt) -> t -> t
    val fold : (elt -> 'a -> 'a) -> t -> 'a -> 'a
    val for_all : (elt -> bool) -> t -> bool
    val exists : (elt -> bool) -> t -> bool
    val filter : (elt -> bool) -> t -> t
    val filter_map : (elt -> elt option) -> t -> t
    val partition : (elt -> bool) -> t -> t * t
    val cardinal : t -> int
    val elements : t -> elt list
    val to_list : t -> elt list
    val min_elt : t -> elt
    val min_elt_opt : t -> elt option
    val max_elt : t -> elt
    val max_elt_opt : t -> elt option
    val choose : t -> elt
    val choose_opt : t -> elt option
    val split : elt -> t -> t * bool * t
    val find : elt -> t -> elt
    val find_opt : elt -> t -> elt option
    val find_first : (elt -> bool) -> t -> elt
    val find_first_opt : (elt -> bool) -> t -> elt option
    val find_last : (elt -> bool) -> t -> elt
    val find_last_opt : (elt -> bool) -> t -> elt option
    val of_list : elt list -> t
    val to_seq_from : elt -> t -> elt Seq.t
    val to_seq : t -> elt Seq.t
    val to_rev_seq : t -> elt Seq.t
    val add_seq : elt Seq.t -> t -> t
    val of_seq : elt Seq.t -> t
  end

module Make (Ord : OrderedType) = struct
  type elt = Ord.t

  (* left, element, right, height *)
  type t = Empty | Node of t * elt * t * int

  let empty = Empty
  let is_empty = function Empty -> true | Node _ -> false
  let height = function Empty -> 0 | Node (_, _, _, h) -> h
  let singleton x = Node (Empty, x, Empty, 1)

  (* Balancing *)

  let create l x r =
    let hl = height l and hr = height r in
    Node (l, x, r, if hl >= hr then hl + 1 else hr + 1)

  let rotate_right l x r =
    match l with
    | Node (ll, lx, lr, _) when height ll >= height lr -> create ll lx (create lr x r)
    | Node (ll, lx, Node (lrl, lrx, lrr, _), _) -> create (create ll lx lrl) lrx (create lrr x r)
    | Empty | Node (_, _, Empty, _) -> invalid_arg "Set.bal"

  let rotate_left l x r =
    match r with
    | Node (rl, rx, rr, _) when height rr >= height rl -> create (create l x rl) rx rr
    | Node (Node (rll, rlx, rlr, _), rx, rr, _) -> create (create l x rll) rlx (create rlr rx rr)
    | Empty | Node (Empty, _, _, _) -> invalid_arg "Set.bal"

  (* [l] and [r] are balanced and their heights differ by at most three. *)
  let balance l x r =
    let hl = height l and hr = height r in
    if hl > hr + 2 then rotate_right l x r
    else if hr > hl + 2 then rotate_left l x r
    else Node (l, x, r, if hl >= hr then hl + 1 else hr + 1)

  let rec add x = function
    | Empty -> Node (Empty, x, Empty, 1)
    | Node (l, y, r, _) as s ->
        let c = Ord.compare x y in
        if c = 0 then s
        else if c < 0 then
          let l' = add x l in
          if l == l' then s else balance l' y r
        else
          let r' = add x r in
          if r == r' then s else balance l y r'

  (* Ends *)

  let rec min_elt = function Empty -> raise Not_found | Node (Empty, x, _, _) -> x | Node (l, _, _, _) -> min_elt l

  let rec min_elt_opt = function
    | Empty -> None
    | Node (Empty, x, _, _) -> Some x
    | Node (l, _, _, _) -> min_elt_opt l

  let rec max_elt = function Empty -> raise Not_found | Node (_, x, Empty, _) -> x | Node (_, _, r, _) -> max_elt r

  let rec max_elt_opt = function
    | Empty -> None
    | Node (_, x, Empty, _) -> Some x
    | Node (_, _, r, _) -> max_elt_opt r

  let choose = min_elt
  let choose_opt = min_elt_opt

  let rec remove_min_elt = function
    | Empty -> invalid_arg "Set.remove_min_elt"
    | Node (Empty, _, r, _) -> r
    | Node (l, x, r, _) -> balance (remove_min_elt l) x r

  let rec add_min_elt x = function Empty -> singleton x | Node (l, y, r, _) -> balance (add_min_elt x l) y r
  let rec add_max_elt x = function Empty -> singleton x | Node (l, y, r, _) -> balance l y (add_max_elt x r)

  (* Joining. The elements of the left tree are less than those of the right one. *)

  (* Heights that differ by at most two. *)
  let glue l r =
    match l, r with
    | Empty, t | t, Empty -> t
    | Node _, Node _ -> balance l (min_elt r) (remove_min_elt r)

  let rec join l x r =
    match l, r with
    | Empty, _ -> add_min_elt x r
    | _, Empty -> add_max_elt x l
    | Node (ll, lx, lr, lh), Node (rl, rx, rr, rh) ->
        if lh > rh + 2 then balance ll lx (join lr x r)
        else if rh > lh + 2 then balance (join l x rl) rx rr
        else create l x r

  let concat l r =
    match l, r with
    | Empty, t | t, Empty -> t
    | Node _, Node _ -> join l (min_elt r) (remove_min_elt r)

  let rec split x = function
    | Empty -> (Empty, false, Empty)
    | Node (l, y, r, _) ->
        let c = Ord.compare x y in
        if c = 0 then (l, true, r)
        else if c < 0 then
          let ll, found, lr = split x l in
          (ll, found, join lr y r)
        else
          let rl, found, rr = split x r in
          (join l y rl, found, rr)

  let rec remove x = function
    | Empty -> Empty
    | Node (l, y, r, _) as s ->
        let c = Ord.compare x y in
        if c = 0 then glue l r
        else if c < 0 then
          let l' = remove x l in
          if l == l' then s else balance l' y r
        else
          let r' = remove x r in
          if r == r' then s else balance l y r'

  (* Searching *)

  let rec mem x = function
    | Empty -> false
    | Node (l, y, r, _) ->
        let c = Ord.compare x y in
        c = 0 || mem x (if c < 0 then l else r)

  let rec find x = function
    | Empty -> raise Not_found
    | Node (l, y, r, _) ->
        let c = Ord.compare x y in
        if c = 0 then y else find x (if c < 0 then l else r)

  let rec find_opt x = function
    | Empty -> None
    | Node (l, y, r, _) ->
        let c = Ord.compare x y in
        if c = 0 then Some y else find_opt x (if c < 0 then l else r)

  (* The least (greatest) element that satisfies [p], given the best one seen on the way down. *)
  let rec least p best = function
    | Empty -> best
    | Node (l, x, r, _) -> if p x then least p (Some x) l else least p best r

  let rec greatest p best = function
    | Empty -> best
    | Node (l, x, r, _) -> if p x then greatest p (Some x) r else greatest p best l

  let or_not_found = function Some x -> x | None -> raise Not_found
  let find_first_opt p s = least p None s
  let find_last_opt p s = greatest p None s
  let find_first p s = or_not_found (find_first_opt p s)
  let find_last p s = or_not_found (find_last_opt p s)

  (* Two sets *)

  let rec union s1 s2 =
    match s1, s2 with
    | Empty, s | s, Empty -> s
    | Node (l1, x1, r1, h1), Node (l2, x2, r2, h2) ->
        if h1 >= h2 then
          if h2 = 1 then add x2 s1
          else
            let l2, _, r2 = split x1 s2 in
            join (union l1 l2) x1 (union r1 r2)
        else if h1 = 1 then add x1 s2
        else
          let l1, _, r1 = split x2 s1 in
          join (union l1 l2) x2 (union r1 r2)

  let rec inter s1 s2 =
    match s1, s2 with
    | Empty, _ | _, Empty -> Empty
    | Node (l1, x, r1, _), _ ->
        let l2, found, r2 = split x s2 in
        if found then join (inter l1 l2) x (inter r1 r2) else concat (inter l1 l2) (inter r1 r2)

  let rec diff s1 s2 =
    match s1, s2 with
    | Empty, _ -> Empty
    | _, Empty -> s1
    | Node (l1, x, r1, _), _ ->
        let l2, found, r2 = split x s2 in
        if found then concat (diff l1 l2) (diff r1 r2) else join (diff l1 l2) x (diff r1 r2)

  let rec disjoint s1 s2 =
    match s1, s2 with
    | Empty, _ | _, Empty -> true
    | Node (l1, x, r1, _), _ ->
        s1 != s2
        &&
        let l2, found, r2 = split x s2 in
        (not found) && disjoint l1 l2 && disjoint r1 r2

  let rec subset s1 s2 =
    match s1, s2 with
    | Empty, _ -> true
    | Node _, Empty -> false
    | Node (l1, x1, r1, _), Node (l2, x2, r2, _) ->
        let c = Ord.compare x1 x2 in
        if c = 0 then subset l1 l2 && subset r1 r2
        else if c < 0 then subset (Node (l1, x1, Empty, 0)) l2 && subset r1 s2
        else subset (Node (Empty, x1, r1, 0)) r2 && subset l1 s2

  (* Traversals *)

  let rec iter f = function
    | Empty -> ()
    | Node (l, x, r, _) ->
        iter f l;
        f x;
        iter f r

  let rec fold f s acc = match s with Empty -> acc | Node (l, x, r, _) -> fold f r (f x (fold f l acc))
  let rec for_all p = function Empty -> true | Node (l, x, r, _) -> p x && for_all p l && for_all p r
  let rec exists p = function Empty -> false | Node (l, x, r, _) -> p x || exists p l || exists p r

  let rec filter p = function
    | Empty -> Empty
    | Node (l, x, r, _) as s ->
        let l' = filter p l in
        let keep = p x in
        let r' = filter p r in
        if keep then if l == l' && r == r' then s else join l' x r' else concat l' r'

  let rec partition p = function
    | Empty -> (Empty, Empty)
    | Node (l, x, r, _) ->
        let l_yes, l_no = partition p l in
        let yes = p x in
        let r_yes, r_no = partition p r in
        if yes then (join l_yes x r_yes, concat l_no r_no) else (concat l_yes r_yes, join l_no x r_no)

  let rec cardinal = function Empty -> 0 | Node (l, _, r, _) -> cardinal l + 1 + cardinal r

  let rec elements_before acc = function
    | Empty -> acc
    | Node (l, x, r, _) -> elements_before (x :: elements_before acc r) l

  let elements s = elements_before [] s
  let to_list = elements

  (* [x] between [l] and [r]; [x] need not lie between them in the order. *)
  let join_anywhere l x r =
    if (l == Empty || Ord.compare (max_elt l) x < 0) && (r == Empty || Ord.compare x (min_elt r) < 0) then join l x r
    else union l (add x r)

  let rec map f = function
    | Empty -> Empty
    | Node (l, x, r, _) as s ->
        let l' = map f l in
        let x' = f x in
        let r' = map f r in
        if l == l' && x == x' && r == r' then s else join_anywhere l' x' r'

  let concat_anywhere l r =
    match l, r with
    | Empty, s | s, Empty -> s
    | Node _, Node _ -> join_anywhere l (min_elt r) (remove_min_elt r)

  let rec filter_map f = function
    | Empty -> Empty
    | Node (l, x, r, _) as s -> (
        let l' = filter_map f l in
        let x' = f x in
        let r' = filter_map f r in
        match x' with
        | Some x' -> if l == l' && x == x' && r == r' then s else join_anywhere l' x' r'
        | None -> concat_anywhere l' r')

  (* Enumerations: what is left of an in-order walk. *)

  type enumeration = End | More of elt * t * enumeration

  let rec leftmost s rest = match s with Empty -> rest | Node (l, x, r, _) -> leftmost l (More (x, r, rest))

  let compare s1 s2 =
    let rec go e1 e2 =
      match e1, e2 with
      | End, End -> 0
      | End, More _ -> -1
      | More _, End -> 1
      | More (x1, r1, e1), More (x2, r2, e2) ->
          let c = Ord.compare x1 x2 in
          if c <> 0 then c else go (leftmost r1 e1) (leftmost r2 e2)
    in
    go (leftmost s1 End) (leftmost s2 End)

  let equal s1 s2 = compare s1 s2 = 0

  (* Lists and sequences *)

  (* The first [n] elements of a strictly increasing list as a tree of least height, and the rest of the list. *)
  let rec of_increasing n l =
    match n, l with
    | 0, l -> (Empty, l)
    | 1, x :: l -> (singleton x, l)
    | 2, x :: y :: l -> (Node (singleton x, y, Empty, 2), l)
    | 3, x :: y :: z :: l -> (Node (singleton x, y, singleton z, 2), l)
    | n, l -> (
        let left, l = of_increasing (n / 2) l in
        match l with
        | [] -> assert false
        | x :: l ->
            let right, l = of_increasing (n - (n / 2) - 1) l in
            (create left x right, l))

  let of_list l =
    if List.compare_length_with l 5 <= 0 then List.fold_left (fun s x -> add x s) empty l
    else
      let sorted = List.sort_uniq Ord.compare l in
      fst (of_increasing (List.length sorted) sorted)

  let add_seq xs s = Seq.fold_left (fun s x -> add x s) s xs
  let of_seq xs = add_seq xs empty

  let rec seq_of_enumeration e () =
    match e with End -> Seq.Nil | More (x, r, rest) -> Seq.Cons (x, seq_of_enumeration (leftmost r rest))

  let to_seq s = seq_of_enumeration (leftmost s End)
  let rec rightmost s rest = match s with Empty -> rest | Node (l, x, r, _) -> rightmost r (More (x, l, rest))

  let rec rev_seq_of_enumeration e () =
    match e with End -> Seq.Nil | More (x, l, rest) -> Seq.Cons (x, rev_seq_of_enumeration (rightmost l rest))

  let to_rev_seq s = rev_seq_of_enumeration (rightmost s End)

  let to_seq_from low s =
    let rec from s rest =
      match s with
      | Empty -> rest
      | Node (l, x, r, _) ->
          let c = Ord.compare x low in
          if c = 0 then More (x, r, rest) else if c < 0 then from r rest else from l (More (x, r, rest))
    in
    seq_of_enumeration (from s End)
end
