(* Arrays that grow at their end.

   [cells] has the elements in its first [length] places and [vacant] in the others. It is an array of Obj.t that is made
   with [vacant], so it is never an array of unboxed floats, and a place that should have an element but is vacant shows that
   the length has changed meanwhile. *)

type 'a t = { mutable length : int; mutable cells : Obj.t array }

let vacant = Obj.repr (ref 0)

(* Errors *)

let error name format = Printf.ksprintf (fun message -> invalid_arg ("Dynarray." ^ name ^ ": " ^ message)) format

let out_of_bounds name i length =
  if length = 0 then error name "index %d out of bounds (empty dynarray)" i
  else error name "index %d out of bounds (0..%d)" i (length - 1)

let missing i length =
  invalid_arg
    (Printf.sprintf
       "Invalid dynarray (unsynchronized concurrent length change): missing element at position %d < length %d" i length)

let check_length name a length =
  if a.length <> length then error name "a length change from %d to %d occurred during iteration" length a.length

let check_not_negative name n = if n < 0 then error name "negative length %d requested" n

(* Places *)

let make_cells n = Array.make n vacant

(* The element at [i], which is below the length [length] that the caller goes by. *)
let element a i length : 'a =
  let cell = if i < Array.length a.cells then Array.unsafe_get a.cells i else vacant in
  if cell == vacant then missing i length else Obj.obj cell

let length a = a.length
let is_empty a = a.length = 0
let capacity a = Array.length a.cells

let get a i : 'a =
  let cell = a.cells.(i) in
  if cell == vacant then out_of_bounds "get" i a.length else Obj.obj cell

let set a i x = if i < 0 || i >= a.length then out_of_bounds "set" i a.length else a.cells.(i) <- Obj.repr x
let find_last a = if a.length = 0 then None else Some (element a (a.length - 1) a.length)
let get_last a = match find_last a with Some x -> x | None -> error "get_last" "empty array"

(* Capacity *)

let resize a n =
  let cells = make_cells n in
  Array.blit a.cells 0 cells 0 (min a.length n);
  a.cells <- cells

let next_capacity n = max 8 (if n <= 512 then 2 * n else n + (n / 2))

let ensure_capacity a n =
  if n < 0 then error "ensure_capacity" "negative capacity %d requested" n;
  if n > capacity a then begin
    if n > Sys.max_array_length then
      error "ensure_capacity" "cannot grow to requested length %d (max_array_length is %d)" n Sys.max_array_length;
    resize a (max n (min (next_capacity (capacity a)) Sys.max_array_length))
  end

let ensure_extra_capacity a extra = ensure_capacity a (a.length + extra)

let set_capacity a n =
  if n < 0 then error "set_capacity" "negative capacity %d requested" n;
  if n <> capacity a then begin
    if n < a.length then a.length <- n;
    resize a n
  end

let fit_capacity a = set_capacity a a.length
let reset a = set_capacity a 0

(* Making *)

let create () = { length = 0; cells = [||] }

let init n f =
  check_not_negative "init" n;
  let cells = make_cells n in
  for i = 0 to n - 1 do
    cells.(i) <- Obj.repr (f i)
  done;
  { length = n; cells }

let make n x =
  check_not_negative "make" n;
  init n (fun _ -> x)

let copy a = { length = a.length; cells = Array.sub a.cells 0 a.length }

(* Adding *)

let add_last a x =
  let n = a.length in
  if n = capacity a then ensure_capacity a (n + 1);
  Array.unsafe_set a.cells n (Obj.repr x);
  a.length <- n + 1

let append_list a l = List.iter (add_last a) l
let append_seq a xs = Seq.iter (add_last a) xs
let append_iter a iter x = iter (add_last a) x

let append_array a b =
  ensure_extra_capacity a (Array.length b);
  Array.iter (add_last a) b

let append a b =
  let n = b.length in
  ensure_extra_capacity a n;
  for i = 0 to n - 1 do
    add_last a (element b i n)
  done;
  check_length "append" b n

let blit ~src ~src_pos ~dst ~dst_pos ~len =
  if len < 0 then error "blit" "invalid blit length (%d)" len;
  if src_pos < 0 || src_pos > src.length - len then
    error "blit" "invalid source region (%d..%d) in source dynarray of length %d" src_pos (src_pos + len) src.length;
  if dst_pos < 0 || dst_pos > dst.length then
    error "blit" "invalid target region (%d..%d) in target dynarray of length %d" dst_pos (dst_pos + len) dst.length;
  ensure_capacity dst (dst_pos + len);
  Array.blit src.cells src_pos dst.cells dst_pos len;
  dst.length <- max dst.length (dst_pos + len)

(* Removing *)

let truncate a n =
  check_not_negative "truncate" n;
  if n < a.length then begin
    Array.fill a.cells n (a.length - n) vacant;
    a.length <- n
  end

let clear a = truncate a 0
let remove_last a = if a.length > 0 then truncate a (a.length - 1)

let pop_last_opt a =
  let last = find_last a in
  remove_last a;
  last

let pop_last a = match pop_last_opt a with Some x -> x | None -> raise Not_found

(* Going through. The length is that of the beginning; in the end it must still be that. *)

let iteri_as name f a =
  let n = a.length in
  for i = 0 to n - 1 do
    f i (element a i n)
  done;
  check_length name a n

let iteri f a = iteri_as "iteri" f a
let iter f a = iteri_as "iter" (fun _ x -> f x) a

let mapi_as name f a =
  let n = a.length in
  let cells = make_cells n in
  iteri_as name (fun i x -> cells.(i) <- Obj.repr (f i x)) a;
  { length = n; cells }

let mapi f a = mapi_as "mapi" f a
let map f a = mapi_as "map" (fun _ x -> f x) a

let fold_left_as name f acc a =
  let acc = ref acc in
  iteri_as name (fun _ x -> acc := f !acc x) a;
  !acc

let fold_left f acc a = fold_left_as "fold_left" f acc a

let fold_right f a acc =
  let n = a.length in
  let acc = ref acc in
  for i = n - 1 downto 0 do
    acc := f (element a i n) !acc
  done;
  check_length "fold_right" a n;
  !acc

let filter p a =
  let result = create () in
  iteri_as "filter" (fun _ x -> if p x then add_last result x) a;
  result

let filter_map f a =
  let result = create () in
  iteri_as "filter_map" (fun _ x -> match f x with None -> () | Some y -> add_last result y) a;
  result

(* The first result of [f] that is something. *)
let find_first name f a =
  let n = a.length in
  let rec from i =
    if i = n then None else match f i (element a i n) with None -> from (i + 1) | found -> found
  in
  let found = from 0 in
  check_length name a n;
  found

let find_mapi f a = find_first "find_mapi" f a
let find_map f a = find_first "find_map" (fun _ x -> f x) a
let find_opt p a = find_first "find_opt" (fun _ x -> if p x then Some x else None) a
let find_index p a = find_first "find_index" (fun i x -> if p x then Some i else None) a
let exists_as name p a = find_first name (fun _ x -> if p x then Some () else None) a <> None
let exists p a = exists_as "exists" p a
let for_all p a = not (exists_as "for_all" (fun x -> not (p x)) a)
let mem x a = exists_as "mem" (fun y -> Stdlib.compare y x = 0) a
let memq x a = exists_as "memq" (fun y -> y == x) a

(* The first result of [f] on the elements of two arrays of one length that is not [same]. *)
let compare_elements name same f a b =
  let n = a.length in
  let rec from i =
    if i = n then same
    else
      let result = f (element a i n) (element b i n) in
      if result <> same then result else from (i + 1)
  in
  let result = from 0 in
  check_length name a n;
  check_length name b n;
  result

let equal eq a b = a.length = b.length && compare_elements "equal" true eq a b

let compare cmp a b =
  let by_length = Int.compare a.length b.length in
  if by_length <> 0 then by_length else compare_elements "compare" 0 cmp a b

(* Conversions *)

let of_array a = init (Array.length a) (Array.unsafe_get a)

let of_list l =
  let a = create () in
  ensure_capacity a (List.length l);
  append_list a l;
  fit_capacity a;
  a

let of_seq xs =
  let a = create () in
  append_seq a xs;
  a

let to_array a =
  let n = a.length in
  let result = Array.init n (fun i -> element a i n) in
  check_length "to_array" a n;
  result

let to_list a =
  let n = a.length in
  let rec before i l = if i < 0 then l else before (i - 1) (element a i n :: l) in
  let l = before (n - 1) [] in
  check_length "to_list" a n;
  l

let to_seq a =
  let n = a.length in
  let rec from i () =
    check_length "to_seq" a n;
    if i = n then Seq.Nil else Seq.Cons (element a i n, from (i + 1))
  in
  from 0

let to_seq_rev a =
  let n = a.length in
  let rec from i () =
    check_length "to_seq_rev" a n;
    if i < 0 then Seq.Nil else Seq.Cons (element a i n, from (i - 1))
  in
  from (n - 1)

let to_seq_reentrant a =
  let rec from i () = if i >= a.length then Seq.Nil else Seq.Cons (element a i a.length, from (i + 1)) in
  from 0

let to_seq_rev_reentrant a =
  let rec from i () =
    if i < 0 then Seq.Nil
    else if i >= a.length then from (a.length - 1) ()
    else Seq.Cons (element a i a.length, from (i - 1))
  in
  from (a.length - 1)
