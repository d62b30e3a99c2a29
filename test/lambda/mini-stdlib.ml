(* The part of the standard library that test programs of test/lambda use, over externals of the interpreter. *)
external raise : exn -> 'a = "%raise"
external raise_notrace : exn -> 'a = "%raise_notrace"
external ( = ) : 'a -> 'a -> bool = "%equal"
external ( <> ) : 'a -> 'a -> bool = "%notequal"
external ( < ) : 'a -> 'a -> bool = "%lessthan"
external ( > ) : 'a -> 'a -> bool = "%greaterthan"
external ( <= ) : 'a -> 'a -> bool = "%lessequal"
external ( >= ) : 'a -> 'a -> bool = "%greaterequal"
external compare : 'a -> 'a -> int = "%compare"
external ( == ) : 'a -> 'a -> bool = "%eq"
external ( != ) : 'a -> 'a -> bool = "%noteq"
external not : bool -> bool = "%boolnot"
external ( && ) : bool -> bool -> bool = "%sequand"
external ( || ) : bool -> bool -> bool = "%sequor"
external __LOC__ : string = "%loc_LOC"
external __FILE__ : string = "%loc_FILE"
external __LINE__ : int = "%loc_LINE"
external __MODULE__ : string = "%loc_MODULE"
external __POS__ : string * int * int * int = "%loc_POS"
external __FUNCTION__ : string = "%loc_FUNCTION"
external ( |> ) : 'a -> ('a -> 'b) -> 'b = "%revapply"
external ( @@ ) : ('a -> 'b) -> 'a -> 'b = "%apply"
external ( ~- ) : int -> int = "%negint"
external ( ~-. ) : float -> float = "%negfloat"
external succ : int -> int = "%succint"
external pred : int -> int = "%predint"
external ( + ) : int -> int -> int = "%addint"
external ( - ) : int -> int -> int = "%subint"
external ( * ) : int -> int -> int = "%mulint"
external ( / ) : int -> int -> int = "%divint"
external ( mod ) : int -> int -> int = "%modint"
external ( land ) : int -> int -> int = "%andint"
external ( lor ) : int -> int -> int = "%orint"
external ( lxor ) : int -> int -> int = "%xorint"
external ( lsl ) : int -> int -> int = "%lslint"
external ( lsr ) : int -> int -> int = "%lsrint"
external ( asr ) : int -> int -> int = "%asrint"
external ( +. ) : float -> float -> float = "%addfloat"
external ( -. ) : float -> float -> float = "%subfloat"
external ( *. ) : float -> float -> float = "%mulfloat"
external ( /. ) : float -> float -> float = "%divfloat"
external sqrt : float -> float = "caml_sqrt_float" "sqrt" [@@unboxed] [@@noalloc]
external float : int -> float = "%floatofint"
external float_of_int : int -> float = "%floatofint"
external int_of_float : float -> int = "%intoffloat"
external truncate : float -> int = "%intoffloat"
external fst : 'a * 'b -> 'a = "%field0"
external snd : 'a * 'b -> 'b = "%field1"
external ignore : 'a -> unit = "%ignore"
external int_of_char : char -> int = "%identity"
external unsafe_char_of_int : int -> char = "%identity"

type 'a ref = { mutable contents : 'a }
external ref : 'a -> 'a ref = "%makemutable"
external ( ! ) : 'a ref -> 'a = "%field0"
external ( := ) : 'a ref -> 'a -> unit = "%setfield0"
external incr : int ref -> unit = "%incr"
external decr : int ref -> unit = "%decr"
type ('a, 'b) result = Ok of 'a | Error of 'b

external print_string : string -> unit = "test_print_string"
external string_of_int : int -> string = "test_string_of_int"
external string_of_float : float -> string = "test_string_of_float"
external ( ^ ) : string -> string -> string = "test_concat"
let print_int n = print_string (string_of_int n)
let print_float x = print_string (string_of_float x)
let print_newline () = print_string "\n"
let print_endline s = print_string s; print_newline ()
let print_char c = if c = '\n' then print_newline () else print_string "?"
let string_of_bool b = if b then "true" else "false"
let failwith s = raise (Failure s)
let invalid_arg s = raise (Invalid_argument s)
exception Exit
let max a b = if a >= b then a else b
let min a b = if a <= b then a else b
let abs x = if x >= 0 then x else - x
let rec ( @ ) a b = match a with [] -> b | x :: r -> x :: (r @ b)
let max_int = (-1) lsr 1
let min_int = max_int + 1

module List = struct
  let rec length_aux n = function [] -> n | _ :: r -> length_aux (n + 1) r
  let length l = length_aux 0 l
  let rec rev_append a b = match a with [] -> b | x :: r -> rev_append r (x :: b)
  let rev l = rev_append l []
  let rec map f = function [] -> [] | x :: r -> let y = f x in y :: map f r
  let rec iter f = function [] -> () | x :: r -> f x; iter f r
  let rec fold_left f acc = function [] -> acc | x :: r -> fold_left f (f acc x) r
  let rec fold_right f l acc = match l with [] -> acc | x :: r -> f x (fold_right f r acc)
  let rec mem x = function [] -> false | y :: r -> compare x y = 0 || mem x r
  let rec assoc x = function [] -> raise Not_found | (k, v) :: r -> if k = x then v else assoc x r
  let rec exists p = function [] -> false | x :: r -> p x || exists p r
  let rec filter p = function [] -> [] | x :: r -> if p x then x :: filter p r else filter p r
  let rec concat = function [] -> [] | l :: r -> l @ concat r
  let hd = function [] -> failwith "hd" | x :: _ -> x
end

module Array = struct
  external length : 'a array -> int = "%array_length"
  external get : 'a array -> int -> 'a = "%array_safe_get"
  external set : 'a array -> int -> 'a -> unit = "%array_safe_set"
  external unsafe_get : 'a array -> int -> 'a = "%array_unsafe_get"
  external unsafe_set : 'a array -> int -> 'a -> unit = "%array_unsafe_set"
  external make : int -> 'a -> 'a array = "test_array_make"
  let init n f =
    let a = make n (f 0) in
    for i = 1 to n - 1 do unsafe_set a i (f i) done;
    a
  let iter f a = for i = 0 to length a - 1 do f (unsafe_get a i) done
  let fold_left f x a =
    let r = ref x in
    for i = 0 to length a - 1 do r := f !r (unsafe_get a i) done;
    !r
end

module String = struct
  external length : string -> int = "%string_length"
  external get : string -> int -> char = "%string_safe_get"
  external unsafe_get : string -> int -> char = "%string_unsafe_get"
end

module Lazy = struct
  type 'a t = 'a lazy_t
  external force : 'a t -> 'a = "%lazy_force"
end

module Int64 = struct
  external add : int64 -> int64 -> int64 = "%int64_add"
  external mul : int64 -> int64 -> int64 = "%int64_mul"
  external of_int : int -> int64 = "%int64_of_int"
  external to_int : int64 -> int = "%int64_to_int"
end

module Option = struct
  let map f = function None -> None | Some x -> Some (f x)
end
