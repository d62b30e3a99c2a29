(* Arrays. Loops with unsafe accesses stay inside bounds that they have checked themselves. *)

type 'a t = 'a array

external length : 'a array -> int = "%array_length"
external get : 'a array -> int -> 'a = "%array_safe_get"
external set : 'a array -> int -> 'a -> unit = "%array_safe_set"
external unsafe_get : 'a array -> int -> 'a = "%array_unsafe_get"
external unsafe_set : 'a array -> int -> 'a -> unit = "%array_unsafe_set"
external make : int -> 'a -> 'a array = "caml_make_vect"
external create_float : int -> float array = "caml_make_float_vect"
external unsafe_sub : 'a array -> int -> int -> 'a array = "caml_array_sub"
external append_prim : 'a array -> 'a array -> 'a array = "caml_array_append"
external concat : 'a array list -> 'a array = "caml_array_concat"
external unsafe_blit : 'a array -> int -> 'a array -> int -> int -> unit = "caml_array_blit"
external unsafe_fill : 'a array -> int -> int -> 'a -> unit = "caml_array_fill"

let valid_range a offset n = offset >= 0 && n >= 0 && offset <= length a - n

(* Making *)

let init n f =
  if n = 0 then [||]
  else if n < 0 then invalid_arg "Array.init"
  else begin
    let result = make n (f 0) in
    for i = 1 to n - 1 do
      unsafe_set result i (f i)
    done;
    result
  end

let make_matrix rows columns v =
  let result = make rows [||] in
  for i = 0 to rows - 1 do
    unsafe_set result i (make columns v)
  done;
  result

let init_matrix rows columns f =
  if columns < 0 then invalid_arg "Array.init_matrix"
  else
    let result = make rows [||] in
    for i = 0 to rows - 1 do
      unsafe_set result i (init columns (f i))
    done;
    result

let copy a = if length a = 0 then [||] else unsafe_sub a 0 (length a)

let append a b =
  if length a = 0 then copy b else if length b = 0 then unsafe_sub a 0 (length a) else append_prim a b

let sub a offset n = if valid_range a offset n then unsafe_sub a offset n else invalid_arg "Array.sub"
let fill a offset n v = if valid_range a offset n then unsafe_fill a offset n v else invalid_arg "Array.fill"

let blit a1 offset1 a2 offset2 n =
  if valid_range a1 offset1 n && valid_range a2 offset2 n then unsafe_blit a1 offset1 a2 offset2 n
  else invalid_arg "Array.blit"

(* Lists *)

let to_list a =
  let rec go i acc = if i < 0 then acc else go (i - 1) (unsafe_get a i :: acc) in
  go (length a - 1) []

let rec list_length n = function [] -> n | _ :: rest -> list_length (n + 1) rest

let of_list = function
  | [] -> [||]
  | x :: rest as l ->
      let result = make (list_length 0 l) x in
      let rec fill i = function
        | [] -> result
        | x :: rest ->
            unsafe_set result i x;
            fill (i + 1) rest
      in
      fill 1 rest

(* Traversals *)

let iter f a =
  for i = 0 to length a - 1 do
    f (unsafe_get a i)
  done

let iteri f a =
  for i = 0 to length a - 1 do
    f i (unsafe_get a i)
  done

let map f a =
  let n = length a in
  if n = 0 then [||]
  else begin
    let result = make n (f (unsafe_get a 0)) in
    for i = 1 to n - 1 do
      unsafe_set result i (f (unsafe_get a i))
    done;
    result
  end

let mapi f a =
  let n = length a in
  if n = 0 then [||]
  else begin
    let result = make n (f 0 (unsafe_get a 0)) in
    for i = 1 to n - 1 do
      unsafe_set result i (f i (unsafe_get a i))
    done;
    result
  end

let map_inplace f a =
  for i = 0 to length a - 1 do
    unsafe_set a i (f (unsafe_get a i))
  done

let mapi_inplace f a =
  for i = 0 to length a - 1 do
    unsafe_set a i (f i (unsafe_get a i))
  done

let fold_left f acc a =
  let acc = ref acc in
  for i = 0 to length a - 1 do
    acc := f !acc (unsafe_get a i)
  done;
  !acc

let fold_right f a acc =
  let acc = ref acc in
  for i = length a - 1 downto 0 do
    acc := f (unsafe_get a i) !acc
  done;
  !acc

let fold_left_map f acc a =
  let n = length a in
  if n = 0 then (acc, [||])
  else begin
    let acc, y = f acc (unsafe_get a 0) in
    let result = make n y in
    let acc = ref acc in
    for i = 1 to n - 1 do
      let next, y = f !acc (unsafe_get a i) in
      acc := next;
      unsafe_set result i y
    done;
    (!acc, result)
  end

let iter2 f a b =
  if length a <> length b then invalid_arg "Array.iter2: arrays must have the same length"
  else
    for i = 0 to length a - 1 do
      f (unsafe_get a i) (unsafe_get b i)
    done

let map2 f a b =
  let n = length a in
  if n <> length b then invalid_arg "Array.map2: arrays must have the same length"
  else if n = 0 then [||]
  else begin
    let result = make n (f (unsafe_get a 0) (unsafe_get b 0)) in
    for i = 1 to n - 1 do
      unsafe_set result i (f (unsafe_get a i) (unsafe_get b i))
    done;
    result
  end

(* Searching *)

let for_all p a =
  let n = length a in
  let rec go i = i = n || (p (unsafe_get a i) && go (i + 1)) in
  go 0

let exists p a =
  let n = length a in
  let rec go i = i < n && (p (unsafe_get a i) || go (i + 1)) in
  go 0

let for_all2 p a b =
  let n = length a in
  let rec go i = i = n || (p (unsafe_get a i) (unsafe_get b i) && go (i + 1)) in
  if n <> length b then invalid_arg "Array.for_all2" else go 0

let exists2 p a b =
  let n = length a in
  let rec go i = i < n && (p (unsafe_get a i) (unsafe_get b i) || go (i + 1)) in
  if n <> length b then invalid_arg "Array.exists2" else go 0

let mem x a = exists (fun y -> compare y x = 0) a
let memq x a = exists (fun y -> x == y) a

let find_index p a =
  let n = length a in
  let rec go i = if i = n then None else if p (unsafe_get a i) then Some i else go (i + 1) in
  go 0

let find_opt p a =
  let n = length a in
  let rec go i =
    if i = n then None
    else
      let x = unsafe_get a i in
      if p x then Some x else go (i + 1)
  in
  go 0

let find_mapi f a =
  let n = length a in
  let rec go i =
    if i = n then None else match f i (unsafe_get a i) with None -> go (i + 1) | found -> found
  in
  go 0

let find_map f a = find_mapi (fun _ x -> f x) a

(* Pairs *)

let split a =
  if length a = 0 then ([||], [||])
  else begin
    let x, y = unsafe_get a 0 in
    let xs = make (length a) x and ys = make (length a) y in
    for i = 1 to length a - 1 do
      let x, y = unsafe_get a i in
      unsafe_set xs i x;
      unsafe_set ys i y
    done;
    (xs, ys)
  end

let combine a b =
  if length a <> length b then invalid_arg "Array.combine" else map2 (fun x y -> (x, y)) a b

(* Sorting in place: heap sort with three sons to a node. Going down looks at the sons only, all the way to a
   leaf; the displaced element then climbs back to its place (Wegener's bottom-up variant). *)

(* The greatest son of node [i] in a heap of [n] elements; [i] itself when it is a leaf. *)
let greatest_son cmp a n i =
  let first = (3 * i) + 1 in
  if first + 2 < n then begin
    let best = if cmp (unsafe_get a first) (unsafe_get a (first + 1)) < 0 then first + 1 else first in
    if cmp (unsafe_get a best) (unsafe_get a (first + 2)) < 0 then first + 2 else best
  end
  else if first + 1 < n && cmp (unsafe_get a first) (unsafe_get a (first + 1)) < 0 then first + 1
  else if first < n then first
  else i

let rec sift_down cmp a n i x =
  let son = greatest_son cmp a n i in
  if son <> i && cmp (unsafe_get a son) x > 0 then begin
    unsafe_set a i (unsafe_get a son);
    sift_down cmp a n son x
  end
  else unsafe_set a i x

let rec pull_to_leaf cmp a n i =
  let son = greatest_son cmp a n i in
  if son = i then i
  else begin
    unsafe_set a i (unsafe_get a son);
    pull_to_leaf cmp a n son
  end

let rec climb cmp a i x =
  let father = (i - 1) / 3 in
  if i > 0 && cmp (unsafe_get a father) x < 0 then begin
    unsafe_set a i (unsafe_get a father);
    climb cmp a father x
  end
  else unsafe_set a i x

let sort cmp a =
  let n = length a in
  for i = ((n + 1) / 3) - 1 downto 0 do
    sift_down cmp a n i (unsafe_get a i)
  done;
  for last = n - 1 downto 2 do
    let x = unsafe_get a last in
    unsafe_set a last (unsafe_get a 0);
    climb cmp a (pull_to_leaf cmp a last 0) x
  done;
  if n > 1 then begin
    let x = unsafe_get a 1 in
    unsafe_set a 1 (unsafe_get a 0);
    unsafe_set a 0 x
  end

(* Stable sorting: merge sort with insertion sort for short runs. *)

let insertion_cutoff = 5

(* Merges [n1] elements of [a1] with [n2] of [a2], both sorted, into [target]. *)
let merge_runs cmp a1 start1 n1 a2 start2 n2 target start =
  let stop1 = start1 + n1 and stop2 = start2 + n2 in
  let rec go i1 x1 i2 x2 j =
    if cmp x1 x2 <= 0 then begin
      set target j x1;
      if i1 + 1 < stop1 then go (i1 + 1) (get a1 (i1 + 1)) i2 x2 (j + 1)
      else blit a2 i2 target (j + 1) (stop2 - i2)
    end
    else begin
      set target j x2;
      if i2 + 1 < stop2 then go i1 x1 (i2 + 1) (get a2 (i2 + 1)) (j + 1)
      else blit a1 i1 target (j + 1) (stop1 - i1)
    end
  in
  go start1 (get a1 start1) start2 (get a2 start2) start

let insertion_sort_to cmp a start target target_start n =
  for i = 0 to n - 1 do
    let x = get a (start + i) in
    let j = ref (target_start + i - 1) in
    while !j >= target_start && cmp (get target !j) x > 0 do
      set target (!j + 1) (get target !j);
      decr j
    done;
    set target (!j + 1) x
  done

let stable_sort cmp a =
  (* Sorts [n] elements at [start] of [a] into [target]; overwrites the source. The first half is no longer than the
     second, so it can be sorted into the place of the second without touching its own. *)
  let rec sort_to start target target_start n =
    if n <= insertion_cutoff then insertion_sort_to cmp a start target target_start n
    else begin
      let n1 = n / 2 in
      let n2 = n - n1 in
      sort_to (start + n1) target (target_start + n1) n2;
      sort_to start a (start + n2) n1;
      merge_runs cmp a (start + n2) n1 target (target_start + n1) n2 target target_start
    end
  in
  let n = length a in
  if n <= insertion_cutoff then insertion_sort_to cmp a 0 a 0 n
  else begin
    let n1 = n / 2 in
    let n2 = n - n1 in
    let second = make n2 (get a 0) in
    sort_to n1 second 0 n2;
    sort_to 0 a n2 n1;
    merge_runs cmp a n2 n1 second 0 n2 a 0
  end

let fast_sort = stable_sort

(* Shuffling: Fisher and Yates, from the end. *)

let shuffle ~rand a =
  for i = length a - 1 downto 1 do
    let j = rand (i + 1) in
    if j < 0 || j > i then
      invalid_arg
        ("Array.shuffle: 'rand " ^ string_of_int (i + 1) ^ "' returned " ^ string_of_int j
       ^ ", out of expected range [0; " ^ string_of_int i ^ "]");
    let x = unsafe_get a i in
    unsafe_set a i (unsafe_get a j);
    unsafe_set a j x
  done

(* Sequences *)

let to_seqi a =
  let rec from i () = if i < length a then Seq.Cons ((i, unsafe_get a i), from (i + 1)) else Seq.Nil in
  from 0

let to_seq a =
  let rec from i () = if i < length a then Seq.Cons (unsafe_get a i, from (i + 1)) else Seq.Nil in
  from 0

let of_seq xs =
  let reversed = Seq.fold_left (fun acc x -> x :: acc) [] xs in
  match reversed with
  | [] -> [||]
  | x :: _ ->
      let n = list_length 0 reversed in
      let result = make n x in
      let rec fill i = function
        | [] -> result
        | x :: rest ->
            unsafe_set result i x;
            fill (i - 1) rest
      in
      fill (n - 1) reversed

module Floatarray = struct
  external create : int -> floatarray = "caml_floatarray_create"
  external length : floatarray -> int = "%floatarray_length"
  external get : floatarray -> int -> float = "%floatarray_safe_get"
  external set : floatarray -> int -> float -> unit = "%floatarray_safe_set"
  external unsafe_get : floatarray -> int -> float = "%floatarray_unsafe_get"
  external unsafe_set : floatarray -> int -> float -> unit
      = "%floatarray_unsafe_set"
end
