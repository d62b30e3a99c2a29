(* The numeric functions are the runtime's. *)

external neg : float -> float = "%negfloat"
external add : float -> float -> float = "%addfloat"
external sub : float -> float -> float = "%subfloat"
external mul : float -> float -> float = "%mulfloat"
external div : float -> float -> float = "%divfloat"
external fma : float -> float -> float -> float = "caml_fma_float" "caml_fma" [@@unboxed] [@@noalloc]
external rem : float -> float -> float = "caml_fmod_float" "fmod" [@@unboxed] [@@noalloc]
external abs : float -> float = "%absfloat"
external of_int : int -> float = "%floatofint"
external to_int : float -> int = "%intoffloat"
external of_string : string -> float = "caml_float_of_string"
external pow : float -> float -> float = "caml_power_float" "pow" [@@unboxed] [@@noalloc]
external sqrt : float -> float = "caml_sqrt_float" "sqrt" [@@unboxed] [@@noalloc]
external cbrt : float -> float = "caml_cbrt_float" "caml_cbrt" [@@unboxed] [@@noalloc]
external exp : float -> float = "caml_exp_float" "exp" [@@unboxed] [@@noalloc]
external exp2 : float -> float = "caml_exp2_float" "caml_exp2" [@@unboxed] [@@noalloc]
external log : float -> float = "caml_log_float" "log" [@@unboxed] [@@noalloc]
external log10 : float -> float = "caml_log10_float" "log10" [@@unboxed] [@@noalloc]
external log2 : float -> float = "caml_log2_float" "caml_log2" [@@unboxed] [@@noalloc]
external expm1 : float -> float = "caml_expm1_float" "caml_expm1" [@@unboxed] [@@noalloc]
external log1p : float -> float = "caml_log1p_float" "caml_log1p" [@@unboxed] [@@noalloc]
external cos : float -> float = "caml_cos_float" "cos" [@@unboxed] [@@noalloc]
external sin : float -> float = "caml_sin_float" "sin" [@@unboxed] [@@noalloc]
external tan : float -> float = "caml_tan_float" "tan" [@@unboxed] [@@noalloc]
external acos : float -> float = "caml_acos_float" "acos" [@@unboxed] [@@noalloc]
external asin : float -> float = "caml_asin_float" "asin" [@@unboxed] [@@noalloc]
external atan : float -> float = "caml_atan_float" "atan" [@@unboxed] [@@noalloc]
external atan2 : float -> float -> float = "caml_atan2_float" "atan2" [@@unboxed] [@@noalloc]
external hypot : float -> float -> float = "caml_hypot_float" "caml_hypot" [@@unboxed] [@@noalloc]
external cosh : float -> float = "caml_cosh_float" "cosh" [@@unboxed] [@@noalloc]
external sinh : float -> float = "caml_sinh_float" "sinh" [@@unboxed] [@@noalloc]
external tanh : float -> float = "caml_tanh_float" "tanh" [@@unboxed] [@@noalloc]
external acosh : float -> float = "caml_acosh_float" "caml_acosh" [@@unboxed] [@@noalloc]
external asinh : float -> float = "caml_asinh_float" "caml_asinh" [@@unboxed] [@@noalloc]
external atanh : float -> float = "caml_atanh_float" "caml_atanh" [@@unboxed] [@@noalloc]
external erf : float -> float = "caml_erf_float" "caml_erf" [@@unboxed] [@@noalloc]
external erfc : float -> float = "caml_erfc_float" "caml_erfc" [@@unboxed] [@@noalloc]
external trunc : float -> float = "caml_trunc_float" "caml_trunc" [@@unboxed] [@@noalloc]
external round : float -> float = "caml_round_float" "caml_round" [@@unboxed] [@@noalloc]
external ceil : float -> float = "caml_ceil_float" "ceil" [@@unboxed] [@@noalloc]
external floor : float -> float = "caml_floor_float" "floor" [@@unboxed] [@@noalloc]
external next_after : float -> float -> float = "caml_nextafter_float" "caml_nextafter" [@@unboxed] [@@noalloc]
external copy_sign : float -> float -> float = "caml_copysign_float" "caml_copysign" [@@unboxed] [@@noalloc]
external sign_bit : (float[@unboxed]) -> bool = "caml_signbit_float" "caml_signbit" [@@noalloc]
external frexp : float -> float * int = "caml_frexp_float"

external ldexp : (float[@unboxed]) -> (int[@untagged]) -> (float[@unboxed])
  = "caml_ldexp_float" "caml_ldexp_float_unboxed" [@@noalloc]

external modf : float -> float * float = "caml_modf_float"

type t = float
type fpclass = Stdlib.fpclass = FP_normal | FP_subnormal | FP_zero | FP_infinite | FP_nan

external classify_float : (float[@unboxed]) -> fpclass = "caml_classify_float" "caml_classify_float_unboxed"
  [@@noalloc]

let zero = 0.
let one = 1.
let minus_one = -1.
let infinity = Stdlib.infinity
let neg_infinity = Stdlib.neg_infinity
let nan = Stdlib.nan
let quiet_nan = nan

external float_of_bits : int64 -> float = "caml_int64_float_of_bits" "caml_int64_float_of_bits_unboxed"
  [@@unboxed] [@@noalloc]

let signaling_nan = float_of_bits 0x7FF0000000000001L
let pi = 0x1.921fb54442d18p+1
let max_float = Stdlib.max_float
let min_float = Stdlib.min_float
let epsilon = Stdlib.epsilon_float
let succ x = next_after x infinity
let pred x = next_after x neg_infinity
let is_finite (x : float) = x -. x = 0.
let is_infinite (x : float) = 1. /. x = 0.
let is_nan (x : float) = x <> x
let is_integer x = x = trunc x && is_finite x
let of_string_opt = float_of_string_opt
let to_string = string_of_float

let compare (x : float) y = Stdlib.compare x y

let equal x y = compare x y = 0

(* -0. is less than 0. here. *)
let less x y = x < y || (sign_bit x && not (sign_bit y))

let min (x : float) y = if less x y then if is_nan y then y else x else if is_nan x then x else y
let max (x : float) y = if less x y then if is_nan x then x else y else if is_nan y then y else x
let min_num x y = if is_nan x then y else if is_nan y then x else min x y
let max_num x y = if is_nan x then y else if is_nan y then x else max x y

let min_max (x : float) y =
  if is_nan x || is_nan y then (nan, nan) else if less x y then (x, y) else (y, x)

let min_max_num (x : float) y =
  if is_nan x then (y, y) else if is_nan y then (x, x) else if less x y then (x, y) else (y, x)

external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed x = seeded_hash_param 10 100 seed x
let hash x = seeded_hash 0 x

(* Inside Float.Array the name Array is its own. *)
module Ordinary = Array

module Array = struct
  type t = floatarray

  external length : t -> int = "%floatarray_length"
  external get : t -> int -> float = "%floatarray_safe_get"
  external set : t -> int -> float -> unit = "%floatarray_safe_set"
  external create : int -> t = "caml_floatarray_create"
  external unsafe_get : t -> int -> float = "%floatarray_unsafe_get"
  external unsafe_set : t -> int -> float -> unit = "%floatarray_unsafe_set"

  let valid_range a offset n = offset >= 0 && n >= 0 && offset <= length a - n

  let unsafe_fill a offset n x =
    for i = offset to offset + n - 1 do
      unsafe_set a i x
    done

  (* Upwards or downwards, so that overlapping parts of one array are copied right. *)
  let unsafe_blit a offset1 b offset2 n =
    if offset1 >= offset2 then
      for i = 0 to n - 1 do
        unsafe_set b (offset2 + i) (unsafe_get a (offset1 + i))
      done
    else
      for i = n - 1 downto 0 do
        unsafe_set b (offset2 + i) (unsafe_get a (offset1 + i))
      done

  let make n x =
    let result = create n in
    unsafe_fill result 0 n x;
    result

  let init n f =
    if n < 0 then invalid_arg "Float.Array.init"
    else begin
      let result = create n in
      for i = 0 to n - 1 do
        unsafe_set result i (f i)
      done;
      result
    end

  let make_matrix rows columns x =
    if columns < 0 then invalid_arg "Float.Array.make_matrix";
    Ordinary.map (fun _ -> make columns x) (Ordinary.make rows ())

  let init_matrix rows columns f =
    if columns < 0 then invalid_arg "Float.Array.init_matrix";
    Ordinary.mapi (fun i () -> init columns (f i)) (Ordinary.make rows ())

  let unsafe_sub a offset n =
    let result = create n in
    unsafe_blit a offset result 0 n;
    result

  let append a b =
    let la = length a and lb = length b in
    let result = create (la + lb) in
    unsafe_blit a 0 result 0 la;
    unsafe_blit b 0 result la lb;
    result

  let concat parts =
    let result = create (List.fold_left (fun n a -> n + length a) 0 parts) in
    let put at a =
      unsafe_blit a 0 result at (length a);
      at + length a
    in
    ignore (List.fold_left put 0 parts);
    result

  let sub a offset n =
    if valid_range a offset n then unsafe_sub a offset n else invalid_arg "Float.Array.sub"

  let copy a = unsafe_sub a 0 (length a)

  let fill a offset n x =
    if valid_range a offset n then unsafe_fill a offset n x else invalid_arg "Float.Array.fill"

  let blit a offset1 b offset2 n =
    if valid_range a offset1 n && valid_range b offset2 n then unsafe_blit a offset1 b offset2 n
    else invalid_arg "Float.array.blit"

  let to_list a = List.init (length a) (unsafe_get a)

  let of_list l =
    let result = create (List.length l) in
    List.iteri (unsafe_set result) l;
    result

  let iter f a =
    for i = 0 to length a - 1 do
      f (unsafe_get a i)
    done

  let iteri f a =
    for i = 0 to length a - 1 do
      f i (unsafe_get a i)
    done

  let map f a = init (length a) (fun i -> f (unsafe_get a i))
  let mapi f a = init (length a) (fun i -> f i (unsafe_get a i))

  let mapi_inplace f a =
    for i = 0 to length a - 1 do
      unsafe_set a i (f i (unsafe_get a i))
    done

  let map_inplace f a = mapi_inplace (fun _ x -> f x) a

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

  let iter2 f a b =
    if length a <> length b then invalid_arg "Float.Array.iter2: arrays must have the same length"
    else
      for i = 0 to length a - 1 do
        f (unsafe_get a i) (unsafe_get b i)
      done

  let map2 f a b =
    if length a <> length b then invalid_arg "Float.Array.map2: arrays must have the same length"
    else init (length a) (fun i -> f (unsafe_get a i) (unsafe_get b i))

  let for_all p a =
    let rec go i = i = length a || (p (unsafe_get a i) && go (i + 1)) in
    go 0

  let exists p a =
    let rec go i = i < length a && (p (unsafe_get a i) || go (i + 1)) in
    go 0

  let mem x a = exists (fun y -> compare y x = 0) a
  let mem_ieee x a = exists (fun y -> x = y) a

  (* The first result that is something. *)
  let find_mapi f a =
    let rec go i =
      if i = length a then None else match f i (unsafe_get a i) with None -> go (i + 1) | found -> found
    in
    go 0

  let find_map f a = find_mapi (fun _ x -> f x) a
  let find_opt p a = find_map (fun x -> if p x then Some x else None) a
  let find_index p a = find_mapi (fun i x -> if p x then Some i else None) a

  let shuffle ~rand a =
    for i = length a - 1 downto 1 do
      let j = rand (i + 1) in
      let x = unsafe_get a i in
      unsafe_set a i (get a j);
      unsafe_set a j x
    done

  (* Sorting goes through an ordinary array, which Array sorts. *)
  let to_array a = Ordinary.init (length a) (unsafe_get a)
  let sort_with sort cmp a =
    let sorted = to_array a in
    sort cmp sorted;
    Ordinary.iteri (unsafe_set a) sorted

  let sort cmp a = sort_with Ordinary.sort cmp a
  let stable_sort cmp a = sort_with Ordinary.stable_sort cmp a
  let fast_sort = stable_sort

  let to_seq a =
    let rec from i () = if i < length a then Seq.Cons (unsafe_get a i, from (i + 1)) else Seq.Nil in
    from 0

  let to_seqi a =
    let rec from i () = if i < length a then Seq.Cons ((i, unsafe_get a i), from (i + 1)) else Seq.Nil in
    from 0

  let of_seq xs = of_list (List.of_seq xs)
  let map_to_array f a = Ordinary.init (length a) (fun i -> f (unsafe_get a i))
  let map_from_array f a = init (Ordinary.length a) (fun i -> f (Ordinary.unsafe_get a i))
end

module ArrayLabels = struct
  type t = floatarray

  external unsafe_get : t -> int -> float = "%floatarray_unsafe_get"
  external unsafe_set : t -> int -> float -> unit = "%floatarray_unsafe_set"

  let length = Array.length
  let get = Array.get
  let set = Array.set
  let make = Array.make
  let create = Array.create
  let init a ~f = Array.init a f
  let make_matrix ~dimx ~dimy a = Array.make_matrix dimx dimy a
  let init_matrix ~dimx ~dimy ~f = Array.init_matrix dimx dimy f
  let append = Array.append
  let concat = Array.concat
  let sub a ~pos ~len = Array.sub a pos len
  let copy = Array.copy
  let fill a ~pos ~len b = Array.fill a pos len b
  let blit ~src ~src_pos ~dst ~dst_pos ~len = Array.blit src src_pos dst dst_pos len
  let to_list = Array.to_list
  let of_list = Array.of_list
  let iter ~f a = Array.iter f a
  let iteri ~f a = Array.iteri f a
  let map ~f a = Array.map f a
  let map_inplace ~f a = Array.map_inplace f a
  let mapi ~f a = Array.mapi f a
  let mapi_inplace ~f a = Array.mapi_inplace f a
  let fold_left ~f ~init a = Array.fold_left f init a
  let fold_right ~f a ~init = Array.fold_right f a init
  let iter2 ~f a b = Array.iter2 f a b
  let map2 ~f a b = Array.map2 f a b
  let for_all ~f a = Array.for_all f a
  let exists ~f a = Array.exists f a
  let mem a ~set = Array.mem a set
  let mem_ieee a ~set = Array.mem_ieee a set
  let find_opt ~f a = Array.find_opt f a
  let find_index ~f a = Array.find_index f a
  let find_map ~f a = Array.find_map f a
  let find_mapi ~f a = Array.find_mapi f a
  let sort ~cmp a = Array.sort cmp a
  let stable_sort ~cmp a = Array.stable_sort cmp a
  let fast_sort ~cmp a = Array.fast_sort cmp a
  let shuffle = Array.shuffle
  let to_seq = Array.to_seq
  let to_seqi = Array.to_seqi
  let of_seq = Array.of_seq
  let map_to_array ~f a = Array.map_to_array f a
  let map_from_array ~f a = Array.map_from_array f a
end
