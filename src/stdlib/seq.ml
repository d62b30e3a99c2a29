(* Sequences. A function that returns a sequence does nothing until the sequence is asked for its first node. *)

type 'a node = Nil | Cons of 'a * 'a t
and 'a t = unit -> 'a node

(* Making *)

let empty () = Nil
let return x () = Cons (x, empty)
let cons x xs () = Cons (x, xs)

let rec init_from i n f () = if i < n then Cons (f i, init_from (i + 1) n f) else Nil
let init n f = if n < 0 then invalid_arg "Seq.init" else init_from 0 n f

let rec unfold f state () =
  match f state with
  | None -> Nil
  | Some (x, state) -> Cons (x, unfold f state)

let rec repeat x () = Cons (x, repeat x)
let rec forever f () = Cons (f (), forever f)
let rec ints i () = Cons (i, ints (i + 1))

(* The first element is given; each later one is computed when it is asked for. *)
let rec iterate_from f x () =
  let y = f x in
  Cons (y, iterate_from f y)

let iterate f x = cons x (iterate_from f x)

(* Consuming *)

let is_empty xs = match xs () with Nil -> true | Cons _ -> false
let uncons xs = match xs () with Nil -> None | Cons (x, rest) -> Some (x, rest)

let rec fold_left f acc xs =
  match xs () with
  | Nil -> acc
  | Cons (x, rest) -> fold_left f (f acc x) rest

let rec fold_lefti_from f i acc xs =
  match xs () with
  | Nil -> acc
  | Cons (x, rest) -> fold_lefti_from f (i + 1) (f acc i x) rest

let fold_lefti f acc xs = fold_lefti_from f 0 acc xs
let length xs = fold_left (fun n _ -> n + 1) 0 xs

let rec iter f xs =
  match xs () with
  | Nil -> ()
  | Cons (x, rest) ->
      f x;
      iter f rest

let rec iteri_from f i xs =
  match xs () with
  | Nil -> ()
  | Cons (x, rest) ->
      f i x;
      iteri_from f (i + 1) rest

let iteri f xs = iteri_from f 0 xs
let rec for_all p xs = match xs () with Nil -> true | Cons (x, rest) -> p x && for_all p rest
let rec exists p xs = match xs () with Nil -> false | Cons (x, rest) -> p x || exists p rest
let rec find p xs = match xs () with Nil -> None | Cons (x, rest) -> if p x then Some x else find p rest

let rec find_index_from p i xs =
  match xs () with
  | Nil -> None
  | Cons (x, rest) -> if p x then Some i else find_index_from p (i + 1) rest

let find_index p xs = find_index_from p 0 xs

let rec find_map f xs =
  match xs () with
  | Nil -> None
  | Cons (x, rest) -> (match f x with None -> find_map f rest | found -> found)

let rec find_mapi_from f i xs =
  match xs () with
  | Nil -> None
  | Cons (x, rest) -> (match f i x with None -> find_mapi_from f (i + 1) rest | found -> found)

let find_mapi f xs = find_mapi_from f 0 xs

(* Consuming two at once, until one ends. The second is not asked when the first is at its end. *)

let rec fold_left2 f acc xs ys =
  match xs () with
  | Nil -> acc
  | Cons (x, xs) -> (match ys () with Nil -> acc | Cons (y, ys) -> fold_left2 f (f acc x y) xs ys)

let rec iter2 f xs ys =
  match xs () with
  | Nil -> ()
  | Cons (x, xs) -> (
      match ys () with
      | Nil -> ()
      | Cons (y, ys) ->
          f x y;
          iter2 f xs ys)

let rec for_all2 p xs ys =
  match xs () with
  | Nil -> true
  | Cons (x, xs) -> (match ys () with Nil -> true | Cons (y, ys) -> p x y && for_all2 p xs ys)

let rec exists2 p xs ys =
  match xs () with
  | Nil -> false
  | Cons (x, xs) -> (match ys () with Nil -> false | Cons (y, ys) -> p x y || exists2 p xs ys)

let rec equal eq xs ys =
  match xs (), ys () with
  | Nil, Nil -> true
  | Cons (x, xs), Cons (y, ys) -> eq x y && equal eq xs ys
  | Nil, Cons _ | Cons _, Nil -> false

let rec compare cmp xs ys =
  match xs (), ys () with
  | Nil, Nil -> 0
  | Nil, Cons _ -> -1
  | Cons _, Nil -> 1
  | Cons (x, xs), Cons (y, ys) ->
      let c = cmp x y in
      if c <> 0 then c else compare cmp xs ys

(* Transforming *)

let rec map f xs () = match xs () with Nil -> Nil | Cons (x, rest) -> Cons (f x, map f rest)
let rec mapi_from f i xs () = match xs () with Nil -> Nil | Cons (x, rest) -> Cons (f i x, mapi_from f (i + 1) rest)
let mapi f xs = mapi_from f 0 xs

let rec filter p xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) -> if p x then Cons (x, filter p rest) else filter p rest ()

let rec filter_map f xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) -> (match f x with None -> filter_map f rest () | Some y -> Cons (y, filter_map f rest))

let rec scan_from f acc xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) ->
      let acc = f acc x in
      Cons (acc, scan_from f acc rest)

let scan f acc xs = cons acc (scan_from f acc xs)

let rec take_at_most n xs () =
  if n = 0 then Nil else match xs () with Nil -> Nil | Cons (x, rest) -> Cons (x, take_at_most (n - 1) rest)

let take n xs = if n < 0 then invalid_arg "Seq.take" else take_at_most n xs

let rec force_drop n xs =
  match xs () with
  | Nil -> Nil
  | Cons (_, rest) -> if n = 1 then rest () else force_drop (n - 1) rest

let drop n xs = if n < 0 then invalid_arg "Seq.drop" else if n = 0 then xs else fun () -> force_drop n xs

let rec take_while p xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) -> if p x then Cons (x, take_while p rest) else Nil

let rec drop_while p xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) as node -> if p x then drop_while p rest () else node

let rec group eq xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) -> Cons (cons x (take_while (eq x) rest), group eq (drop_while (eq x) rest))

let rec append xs ys () = match xs () with Nil -> ys () | Cons (x, rest) -> Cons (x, append rest ys)
let rec concat xss () = match xss () with Nil -> Nil | Cons (xs, rest) -> append xs (concat rest) ()
let rec flat_map f xs () = match xs () with Nil -> Nil | Cons (x, rest) -> append (f x) (flat_map f rest) ()
let concat_map = flat_map

let rec cycle_nonempty xs () = append xs (cycle_nonempty xs) ()

(* The test for emptiness is made once, so that a cycle of nothing ends. *)
let cycle xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) -> Cons (x, append rest (cycle_nonempty xs))

let rec map2 f xs ys () =
  match xs () with
  | Nil -> Nil
  | Cons (x, xs) -> (match ys () with Nil -> Nil | Cons (y, ys) -> Cons (f x y, map2 f xs ys))

let zip xs ys = map2 (fun x y -> (x, y)) xs ys
let rec interleave xs ys () = match xs () with Nil -> ys () | Cons (x, rest) -> Cons (x, interleave ys rest)

let rec merge_from cmp x xs y ys () =
  if cmp x y <= 0 then
    Cons (x, fun () -> match xs () with Nil -> Cons (y, ys) | Cons (x, xs) -> merge_from cmp x xs y ys ())
  else
    Cons (y, fun () -> match ys () with Nil -> Cons (x, xs) | Cons (y, ys) -> merge_from cmp x xs y ys ())

let sorted_merge cmp xs ys () =
  match xs (), ys () with
  | Nil, rest | rest, Nil -> rest
  | Cons (x, xs), Cons (y, ys) -> merge_from cmp x xs y ys ()

let unzip xys = (map fst xys, map snd xys)
let split = unzip

let partition_map f xs =
  let left x = match f x with Either.Left y -> Some y | Either.Right _ -> None in
  let right x = match f x with Either.Left _ -> None | Either.Right z -> Some z in
  (filter_map left xs, filter_map right xs)

let partition p xs = (filter p xs, filter (fun x -> not (p x)) xs)

(* The heads of the rows that have one, and the tails of the same rows. *)
let peel xss = unzip (filter_map uncons xss)

let rec transpose xss () =
  let heads, tails = peel xss in
  if is_empty heads then Nil else Cons (heads, transpose tails)

(* The diagonals of a matrix; [begun] holds the rows that have begun, the newest first. *)
let rec diagonals begun xss () =
  match xss () with
  | Nil -> transpose begun ()
  | Cons (xs, xss) -> (
      let heads, tails = peel begun in
      match xs () with
      | Nil -> Cons (heads, diagonals tails xss)
      | Cons (x, xs) -> Cons (cons x heads, diagonals (cons xs tails) xss))

let map_product f xs ys = concat (diagonals empty (map (fun x -> map (fun y -> f x y) ys) xs))
let product xs ys = map_product (fun x y -> (x, y)) xs ys

(* Sharing *)

let rec memoize xs =
  let forced =
    lazy (match xs () with Nil -> Nil | Cons (x, rest) -> Cons (x, memoize rest))
  in
  fun () -> CamlinternalLazy.force forced

exception Forced_twice

let rec once xs =
  let used = ref false in
  fun () ->
    if !used then raise Forced_twice
    else begin
      used := true;
      match xs () with
      | Nil -> Nil
      | Cons (x, rest) -> Cons (x, once rest)
    end

(* Dispensers *)

let of_dispenser next =
  let rec step () = match next () with None -> Nil | Some x -> Cons (x, step) in
  step

let to_dispenser xs =
  let remaining = ref xs in
  fun () ->
    match !remaining () with
    | Nil -> None
    | Cons (x, rest) ->
        remaining := rest;
        Some x
