(* Digests. An algorithm says how it digests a range of a string and the rest of a channel; [Make] adds what all
   have in common. *)

module type S =
  sig
    type t = string
    val hash_length : int
    val compare : t -> t -> int
    val equal : t -> t -> bool
    val string : string -> t
    val bytes : bytes -> t
    val substring : string -> int -> int -> t
    val subbytes : bytes -> int -> int -> t
    val channel : in_channel -> int -> t
    val file : string -> t
    val output : out_channel -> t -> unit
    val input : in_channel -> t
    val to_hex : t -> string
    val of_hex : string -> t
  end

module type Algorithm = sig
  val hash_length : int

  (* The range is inside the string. *)
  val substring : string -> int -> int -> string

  (* The next so many bytes, all if negative. *)
  val channel : in_channel -> int -> string
end

(* Hexadecimal *)

let hex_digit n = Char.unsafe_chr (n + if n < 10 then 48 else 87)

let hex_of_string s =
  String.init (2 * String.length s) (fun i ->
      let byte = Char.code s.[i / 2] in
      hex_digit (if i land 1 = 0 then byte lsr 4 else byte land 15))

let value_of_digit = function
  | '0' .. '9' as c -> Char.code c - 48
  | 'A' .. 'F' as c -> Char.code c - 55
  | 'a' .. 'f' as c -> Char.code c - 87
  | _ -> invalid_arg "Digest.of_hex"

let string_of_hex s =
  String.init (String.length s / 2) (fun i ->
      Char.unsafe_chr ((value_of_digit s.[2 * i] lsl 4) lor value_of_digit s.[(2 * i) + 1]))

module Make (A : Algorithm) = struct
  type t = string

  let hash_length = A.hash_length
  let compare = String.compare
  let equal = String.equal
  let string s = A.substring s 0 (String.length s)
  let bytes b = string (Bytes.unsafe_to_string b)
  let is_range s offset n = offset >= 0 && n >= 0 && offset <= String.length s - n

  let substring s offset n =
    if is_range s offset n then A.substring s offset n else invalid_arg "Digest.substring"

  let subbytes b offset n =
    let s = Bytes.unsafe_to_string b in
    if is_range s offset n then A.substring s offset n else invalid_arg "Digest.subbytes"

  let channel = A.channel

  let file name =
    let input = open_in_bin name in
    Fun.protect ~finally:(fun () -> close_in input) (fun () -> channel input (-1))

  let output out digest = output_string out digest
  let input channel = really_input_string channel hash_length

  let to_hex digest =
    if String.length digest <> hash_length then invalid_arg "Digest.to_hex" else hex_of_string digest

  let of_hex s = if String.length s <> 2 * hash_length then invalid_arg "Digest.of_hex" else string_of_hex s
end

(* OCaml's message about the length is an older one. *)
module MD5 = struct
  include Make (struct
    external substring : string -> int -> int -> string = "caml_md5_string"
    external channel : in_channel -> int -> string = "caml_md5_chan"

    let hash_length = 16
  end)

  let of_hex s = if String.length s <> 2 * hash_length then invalid_arg "Digest.from_hex" else string_of_hex s
end

(* BLAKE2b without a key. *)
module Blake (Length : sig
  val hash_length : int
end) =
Make (struct
  type state

  external create : int -> string -> state = "caml_blake2_create"
  external update : state -> bytes -> int -> int -> unit = "caml_blake2_update"
  external final : state -> int -> string = "caml_blake2_final"
  external of_string : int -> string -> string -> int -> int -> string = "caml_blake2_string"

  let hash_length = Length.hash_length
  let substring s offset n = of_string hash_length "" s offset n
  let buffer_length = 4096

  let channel input n =
    let state = create hash_length "" and buffer = Bytes.create buffer_length in
    let rec digest_next left =
      if left <> 0 then begin
        let wanted = if left < 0 then buffer_length else min left buffer_length in
        let count = Stdlib.input input buffer 0 wanted in
        if count > 0 then begin
          update state buffer 0 count;
          digest_next (if left < 0 then left else left - count)
        end
        else if left > 0 then raise End_of_file
      end
    in
    digest_next n;
    final state hash_length
end)

module BLAKE128 = Blake (struct
  let hash_length = 16
end)

module BLAKE256 = Blake (struct
  let hash_length = 32
end)

module BLAKE512 = Blake (struct
  let hash_length = 64
end)

include MD5

let from_hex = of_hex
