(* Pseudo-random numbers: LXM, variant L64X128 (Steele and Vigna, "LXM: better splittable pseudorandom number
   generators", 2021): a linear congruential generator and a xor-based one, added and mixed.

   A state is 32 bytes: the increment (odd) and the state of the first generator, then the two words of the
   second, which are not both zero. *)

external random_seed : unit -> int array = "caml_sys_random_seed"

module State = struct
  type t = bytes

  external word : t -> int -> int64 = "%caml_bytes_get64u"
  external set_word : t -> int -> int64 -> unit = "%caml_bytes_set64u"

  let rotate_left x n = Int64.logor (Int64.shift_left x n) (Int64.shift_right_logical x (64 - n))
  let fold_half x = Int64.logxor x (Int64.shift_right_logical x 32)

  let bits64 s =
    let increment = word s 0 and linear = word s 8 and x0 = word s 16 and x1 = word s 24 in
    let z = Int64.mul (fold_half (Int64.add linear x0)) 0xdaba0b6eb09322e3L in
    let z = Int64.mul (fold_half z) 0xdaba0b6eb09322e3L in
    set_word s 8 (Int64.add (Int64.mul linear 0xd1342543de82ef95L) increment);
    let x1 = Int64.logxor x1 x0 in
    set_word s 16 (Int64.logxor (Int64.logxor (rotate_left x0 24) x1) (Int64.shift_left x1 16));
    set_word s 24 (rotate_left x1 37);
    fold_half z

  (* Making *)

  let of_words increment linear x0 x1 =
    let s = Bytes.create 32 in
    set_word s 0 (Int64.logor increment 1L);
    set_word s 8 linear;
    set_word s 16 (if x0 = 0L then 1L else x0);
    set_word s 24 (if x1 = 0L then 2L else x1);
    s

  (* The 256 bits are two digests of the seed. *)
  let make seed =
    let n = Array.length seed in
    let text = Bytes.create ((8 * n) + 1) in
    Array.iteri (fun i x -> Bytes.set_int64_le text (8 * i) (Int64.of_int x)) seed;
    let digest last =
      Bytes.set text (8 * n) last;
      Digest.bytes text
    in
    let first = digest '\x01' in
    let second = digest '\x02' in
    of_words (String.get_int64_le first 0) (String.get_int64_le first 8) (String.get_int64_le second 0)
      (String.get_int64_le second 8)

  let make_self_init () = make (random_seed ())
  let copy = Bytes.copy
  let assign target s = Bytes.blit s 0 target 0 32

  let split s =
    let increment = bits64 s in
    let linear = bits64 s in
    let x0 = bits64 s in
    let x1 = bits64 s in
    of_words increment linear x0 x1

  (* As text: a prefix, and the words in little-endian order. *)

  let prefix = "lxm1:"

  let to_binary_string s =
    let text = Bytes.create (5 + 32) in
    Bytes.blit_string prefix 0 text 0 5;
    for i = 0 to 3 do
      Bytes.set_int64_le text (5 + (8 * i)) (word s (8 * i))
    done;
    Bytes.unsafe_to_string text

  let of_binary_string text =
    if String.length text <> 37 || not (String.starts_with ~prefix text) then
      failwith ("Random.State.of_binary_string: expected a format compatible with OCaml " ^ Sys.ocaml_version);
    let get i = String.get_int64_le text (5 + (8 * i)) in
    of_words (get 0) (get 1) (get 2) (get 3)

  (* Integers. A draw of so many bits is refused when it falls into the last, incomplete multiple of the bound. *)

  let bits s = Int64.to_int (bits64 s) land 0x3FFF_FFFF
  let bits32 s = Int64.to_int32 (bits64 s)
  let nativebits s = Int64.to_nativeint (bits64 s)
  let max_int31 = 0x3FFF_FFFF
  let max_int32 = 0x7FFF_FFFF

  let rec below s bound mask =
    let drawn = Int64.to_int (bits64 s) land mask in
    let result = drawn mod bound in
    if drawn - result > mask - bound + 1 then below s bound mask else result

  let int s bound =
    if bound <= 0 || bound > max_int31 then invalid_arg "Random.int" else below s bound max_int31

  let full_int s bound =
    if bound <= 0 then invalid_arg "Random.full_int"
    else below s bound (if bound <= max_int31 then max_int31 else if bound <= max_int32 then max_int32 else max_int)

  (* A signed number of [width] bits in the range, drawn until it is. *)
  let rec inside s ~min ~max width =
    let unused = Sys.int_size - width in
    let drawn = (Int64.to_int (bits64 s) lsl unused) asr unused in
    if drawn < min || drawn > max then inside s ~min ~max width else drawn

  let in_range s ~min ~max mask width =
    let span = max - min + 1 in
    if span > 0 && span <= mask then min + below s span mask else inside s ~min ~max width

  let int_in_range s ~min ~max =
    if min > max then invalid_arg "Random.int_in_range"
    else if min >= -max_int31 - 1 && max <= max_int31 then in_range s ~min ~max max_int31 31
    else if min >= -max_int32 - 1 && max <= max_int32 then in_range s ~min ~max max_int32 32
    else in_range s ~min ~max max_int Sys.int_size

  let rec below32 s bound =
    let drawn = Int32.shift_right_logical (bits32 s) 1 in
    let result = Int32.rem drawn bound in
    if Int32.sub drawn result > Int32.add (Int32.sub Int32.max_int bound) 1l then below32 s bound else result

  let int32 s bound = if bound <= 0l then invalid_arg "Random.int32" else below32 s bound

  let rec inside32 s ~min ~max =
    let drawn = bits32 s in
    if drawn < min || drawn > max then inside32 s ~min ~max else drawn

  let int32_in_range s ~min ~max =
    if min > max then invalid_arg "Random.int32_in_range"
    else
      let span = Int32.succ (Int32.sub max min) in
      if span > 0l then Int32.add min (below32 s span) else inside32 s ~min ~max

  let rec below64 s bound =
    let drawn = Int64.shift_right_logical (bits64 s) 1 in
    let result = Int64.rem drawn bound in
    if Int64.sub drawn result > Int64.add (Int64.sub Int64.max_int bound) 1L then below64 s bound else result

  let int64 s bound = if bound <= 0L then invalid_arg "Random.int64" else below64 s bound

  let rec inside64 s ~min ~max =
    let drawn = bits64 s in
    if drawn < min || drawn > max then inside64 s ~min ~max else drawn

  let int64_in_range s ~min ~max =
    if min > max then invalid_arg "Random.int64_in_range"
    else
      let span = Int64.succ (Int64.sub max min) in
      if span > 0L then Int64.add min (below64 s span) else inside64 s ~min ~max

  let nativeint s bound = Int64.to_nativeint (int64 s (Int64.of_nativeint bound))

  let nativeint_in_range s ~min ~max =
    Int64.to_nativeint (int64_in_range s ~min:(Int64.of_nativeint min) ~max:(Int64.of_nativeint max))

  (* 53 bits, but not zero: the bounds of the interval have probability 0, or almost. *)
  let rec unit_float s =
    let drawn = Int64.shift_right_logical (bits64 s) 11 in
    if drawn = 0L then unit_float s else Int64.to_float drawn *. 0x1p-53

  let float s bound = unit_float s *. bound
  let bool s = bits64 s < 0L
end

(* The default generator. *)

let default = State.make [| 314159265 |]
let bits () = State.bits default
let int bound = State.int default bound
let full_int bound = State.full_int default bound
let int_in_range ~min ~max = State.int_in_range default ~min ~max
let int32 bound = State.int32 default bound
let int32_in_range ~min ~max = State.int32_in_range default ~min ~max
let nativeint bound = State.nativeint default bound
let nativeint_in_range ~min ~max = State.nativeint_in_range default ~min ~max
let int64 bound = State.int64 default bound
let int64_in_range ~min ~max = State.int64_in_range default ~min ~max
let float bound = State.float default bound
let bool () = State.bool default
let bits32 () = State.bits32 default
let bits64 () = State.bits64 default
let nativebits () = State.nativebits default
let full_init seed = State.assign default (State.make seed)
let init seed = full_init [| seed |]
let self_init () = full_init (random_seed ())
let get_state () = State.copy default
let set_state s = State.assign default s
let split () = State.split default
