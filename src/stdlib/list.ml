(* Lists. Functions that OCaml documents as tail-recursive accumulate and reverse. *)

type 'a t = 'a list = [] | ( :: ) of 'a * 'a list

(* Sizes *)

let rec length_from n = function [] -> n | _ :: rest -> length_from (n + 1) rest
let length l = length_from 0 l
let is_empty = function [] -> true | _ :: _ -> false

let rec compare_lengths a b =
  match a, b with
  | [], [] -> 0
  | [], _ :: _ -> -1
  | _ :: _, [] -> 1
  | _ :: a, _ :: b -> compare_lengths a b

let rec compare_length_with l n =
  match l with
  | [] -> if n = 0 then 0 else if n > 0 then -1 else 1
  | _ :: rest -> if n <= 0 then 1 else compare_length_with rest (n - 1)

(* Parts *)

let cons x l = x :: l
let hd = function x :: _ -> x | [] -> failwith "hd"
let tl = function _ :: rest -> rest | [] -> failwith "tl"

let rec nth_opt_at l n =
  match l with
  | [] -> None
  | x :: rest -> if n = 0 then Some x else nth_opt_at rest (n - 1)

let nth_opt l n = if n < 0 then invalid_arg "List.nth" else nth_opt_at l n

let rec nth_at l n =
  match l with
  | [] -> failwith "nth"
  | x :: rest -> if n = 0 then x else nth_at rest (n - 1)

let nth l n = if n < 0 then invalid_arg "List.nth" else nth_at l n

(* Joining *)

let append = ( @ )
let rec rev_append a b = match a with [] -> b | x :: rest -> rev_append rest (x :: b)
let rev l = rev_append l []

let init n f =
  let rec go acc i = if i >= n then rev acc else go (f i :: acc) (i + 1) in
  if n < 0 then invalid_arg "List.init" else go [] 0
let rec flatten = function [] -> [] | l :: rest -> l @ flatten rest
let concat = flatten

(* Traversals *)

let rec iter f = function
  | [] -> ()
  | x :: rest ->
      f x;
      iter f rest

let rec iteri_from i f = function
  | [] -> ()
  | x :: rest ->
      f i x;
      iteri_from (i + 1) f rest

let iteri f l = iteri_from 0 f l

let rec map f = function
  | [] -> []
  | x :: rest ->
      let y = f x in
      y :: map f rest

let rec mapi_from i f = function
  | [] -> []
  | x :: rest ->
      let y = f i x in
      y :: mapi_from (i + 1) f rest

let mapi f l = mapi_from 0 f l
let rec rev_map_onto f acc = function [] -> acc | x :: rest -> rev_map_onto f (f x :: acc) rest
let rev_map f l = rev_map_onto f [] l
let rec fold_left f acc = function [] -> acc | x :: rest -> fold_left f (f acc x) rest
let rec fold_right f l acc = match l with [] -> acc | x :: rest -> f x (fold_right f rest acc)

let filter_map f l =
  let rec go acc = function
    | [] -> rev acc
    | x :: rest -> (match f x with None -> go acc rest | Some y -> go (y :: acc) rest)
  in
  go [] l

let concat_map f l =
  let rec go acc = function
    | [] -> rev acc
    | x :: rest -> go (rev_append (f x) acc) rest
  in
  go [] l

let fold_left_map f acc l =
  let rec go acc done_ = function
    | [] -> (acc, rev done_)
    | x :: rest ->
        let acc, y = f acc x in
        go acc (y :: done_) rest
  in
  go acc [] l

(* Traversals of two lists of one length *)

let rec iter2 f a b =
  match a, b with
  | [], [] -> ()
  | x :: a, y :: b ->
      f x y;
      iter2 f a b
  | _ :: _, [] | [], _ :: _ -> invalid_arg "List.iter2"

let rec map2 f a b =
  match a, b with
  | [], [] -> []
  | x :: a, y :: b ->
      let z = f x y in
      z :: map2 f a b
  | _ :: _, [] | [], _ :: _ -> invalid_arg "List.map2"

let rev_map2 f a b =
  let rec go acc a b =
    match a, b with
    | [], [] -> acc
    | x :: a, y :: b -> go (f x y :: acc) a b
    | _ :: _, [] | [], _ :: _ -> invalid_arg "List.rev_map2"
  in
  go [] a b

let rec fold_left2 f acc a b =
  match a, b with
  | [], [] -> acc
  | x :: a, y :: b -> fold_left2 f (f acc x y) a b
  | _ :: _, [] | [], _ :: _ -> invalid_arg "List.fold_left2"

let rec fold_right2 f a b acc =
  match a, b with
  | [], [] -> acc
  | x :: a, y :: b -> f x y (fold_right2 f a b acc)
  | _ :: _, [] | [], _ :: _ -> invalid_arg "List.fold_right2"

let rec for_all2 p a b =
  match a, b with
  | [], [] -> true
  | x :: a, y :: b -> p x y && for_all2 p a b
  | _ :: _, [] | [], _ :: _ -> invalid_arg "List.for_all2"

let rec exists2 p a b =
  match a, b with
  | [], [] -> false
  | x :: a, y :: b -> p x y || exists2 p a b
  | _ :: _, [] | [], _ :: _ -> invalid_arg "List.exists2"

(* Comparison *)

let rec equal eq a b =
  match a, b with
  | [], [] -> true
  | x :: a, y :: b -> eq x y && equal eq a b
  | [], _ :: _ | _ :: _, [] -> false

let rec compare cmp a b =
  match a, b with
  | [], [] -> 0
  | [], _ :: _ -> -1
  | _ :: _, [] -> 1
  | x :: a, y :: b ->
      let c = cmp x y in
      if c <> 0 then c else compare cmp a b

(* Searching *)

let rec for_all p = function [] -> true | x :: rest -> p x && for_all p rest
let rec exists p = function [] -> false | x :: rest -> p x || exists p rest
let rec mem x = function [] -> false | y :: rest -> Stdlib.compare y x = 0 || mem x rest
let rec memq x = function [] -> false | y :: rest -> y == x || memq x rest
let rec find p = function [] -> raise Not_found | x :: rest -> if p x then x else find p rest
let rec find_opt p = function [] -> None | x :: rest -> if p x then Some x else find_opt p rest

let rec find_index_from i p = function
  | [] -> None
  | x :: rest -> if p x then Some i else find_index_from (i + 1) p rest

let find_index p l = find_index_from 0 p l

let rec find_map f = function
  | [] -> None
  | x :: rest -> (match f x with None -> find_map f rest | found -> found)

let rec find_mapi_from i f = function
  | [] -> None
  | x :: rest -> (match f i x with None -> find_mapi_from (i + 1) f rest | found -> found)

let find_mapi f l = find_mapi_from 0 f l

let find_all p l =
  let rec go acc = function
    | [] -> rev acc
    | x :: rest -> if p x then go (x :: acc) rest else go acc rest
  in
  go [] l

let filter = find_all

let filteri p l =
  let rec go acc i = function
    | [] -> rev acc
    | x :: rest -> if p i x then go (x :: acc) (i + 1) rest else go acc (i + 1) rest
  in
  go [] 0 l

(* Taking and dropping *)

let rec take_onto acc n = function
  | x :: rest when n > 0 -> take_onto (x :: acc) (n - 1) rest
  | _ -> rev acc

let take n l = if n < 0 then invalid_arg "List.take" else take_onto [] n l

let rec drop_at_most n = function
  | _ :: rest when n > 0 -> drop_at_most (n - 1) rest
  | l -> l

let drop n l = if n < 0 then invalid_arg "List.drop" else drop_at_most n l

let take_while p l =
  let rec go acc = function x :: rest when p x -> go (x :: acc) rest | _ -> rev acc in
  go [] l

let rec drop_while p = function x :: rest when p x -> drop_while p rest | l -> l

let partition p l =
  let rec go yes no = function
    | [] -> (rev yes, rev no)
    | x :: rest -> if p x then go (x :: yes) no rest else go yes (x :: no) rest
  in
  go [] [] l

let partition_map f l =
  let rec go left right = function
    | [] -> (rev left, rev right)
    | x :: rest -> (
        match f x with
        | Either.Left y -> go (y :: left) right rest
        | Either.Right z -> go left (z :: right) rest)
  in
  go [] [] l

(* Association lists *)

let rec assoc x = function
  | [] -> raise Not_found
  | (key, v) :: rest -> if Stdlib.compare key x = 0 then v else assoc x rest

let rec assoc_opt x = function
  | [] -> None
  | (key, v) :: rest -> if Stdlib.compare key x = 0 then Some v else assoc_opt x rest

let rec assq x = function [] -> raise Not_found | (key, v) :: rest -> if key == x then v else assq x rest
let rec assq_opt x = function [] -> None | (key, v) :: rest -> if key == x then Some v else assq_opt x rest
let rec mem_assoc x = function [] -> false | (key, _) :: rest -> Stdlib.compare key x = 0 || mem_assoc x rest
let rec mem_assq x = function [] -> false | (key, _) :: rest -> key == x || mem_assq x rest

let rec remove_assoc x = function
  | [] -> []
  | ((key, _) as binding) :: rest -> if Stdlib.compare key x = 0 then rest else binding :: remove_assoc x rest

let rec remove_assq x = function
  | [] -> []
  | ((key, _) as binding) :: rest -> if key == x then rest else binding :: remove_assq x rest

(* Pairs *)

let rec split = function
  | [] -> ([], [])
  | (x, y) :: rest ->
      let xs, ys = split rest in
      (x :: xs, y :: ys)

let rec combine a b =
  match a, b with
  | [], [] -> []
  | x :: a, y :: b -> (x, y) :: combine a b
  | _ :: _, [] | [], _ :: _ -> invalid_arg "List.combine"

(* Sorting *)

let rec merge cmp a b =
  match a, b with
  | [], l | l, [] -> l
  | x :: a', y :: b' -> if cmp x y <= 0 then x :: merge cmp a' b else y :: merge cmp a b'

(* Merges two lists sorted by [cmp] into a list sorted the other way round, in front of [acc]. *)
let rec rev_merge cmp a b acc =
  match a, b with
  | [], l | l, [] -> rev_append l acc
  | x :: a', y :: b' -> if cmp x y <= 0 then rev_merge cmp a' b (x :: acc) else rev_merge cmp a b' (y :: acc)

(* The same for lists in descending order. Of equal elements those of [a] come first in the result. *)
let rec rev_merge_rev cmp a b acc =
  match a, b with
  | [], l | l, [] -> rev_append l acc
  | x :: a', y :: b' -> if cmp x y > 0 then rev_merge_rev cmp a' b (x :: acc) else rev_merge_rev cmp a b' (y :: acc)

(* Sorts the first [n] elements of [l], n >= 2, in ascending order; each half is sorted in descending order,
   so that the merge, which reverses, needs no further pass. Returns the rest of the list too. *)
let rec sort_ascending cmp n l =
  match n, l with
  | 2, x :: y :: rest -> ((if cmp x y <= 0 then [ x; y ] else [ y; x ]), rest)
  | 3, x :: y :: z :: rest ->
      let sorted =
        if cmp x y <= 0 then
          if cmp y z <= 0 then [ x; y; z ] else if cmp x z <= 0 then [ x; z; y ] else [ z; x; y ]
        else if cmp x z <= 0 then [ y; x; z ]
        else if cmp y z <= 0 then [ y; z; x ]
        else [ z; y; x ]
      in
      (sorted, rest)
  | _ ->
      let half = n asr 1 in
      let first, l = sort_descending cmp half l in
      let second, rest = sort_descending cmp (n - half) l in
      (rev_merge_rev cmp first second [], rest)

and sort_descending cmp n l =
  match n, l with
  | 2, x :: y :: rest -> ((if cmp x y > 0 then [ x; y ] else [ y; x ]), rest)
  | 3, x :: y :: z :: rest ->
      let sorted =
        if cmp x y > 0 then
          if cmp y z > 0 then [ x; y; z ] else if cmp x z > 0 then [ x; z; y ] else [ z; x; y ]
        else if cmp x z > 0 then [ y; x; z ]
        else if cmp y z > 0 then [ y; z; x ]
        else [ z; y; x ]
      in
      (sorted, rest)
  | _ ->
      let half = n asr 1 in
      let first, l = sort_ascending cmp half l in
      let second, rest = sort_ascending cmp (n - half) l in
      (rev_merge cmp first second [], rest)

let stable_sort cmp l =
  let n = length l in
  if n < 2 then l else fst (sort_ascending cmp n l)

let sort = stable_sort
let fast_sort = stable_sort

(* [l] is sorted: keeps the first of equal neighbours. *)
let dedup cmp l =
  let rec go acc x = function
    | [] -> rev (x :: acc)
    | y :: rest -> if cmp x y = 0 then go acc x rest else go (x :: acc) y rest
  in
  match l with [] -> [] | x :: rest -> go [] x rest

let sort_uniq cmp l = dedup cmp (stable_sort cmp l)

(* Sequences *)

let rec to_seq l () = match l with [] -> Seq.Nil | x :: rest -> Seq.Cons (x, to_seq rest)
let of_seq xs = rev (Seq.fold_left (fun acc x -> x :: acc) [] xs)
