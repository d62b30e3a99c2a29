(* Bigarrays. The runtime makes and reads the blocks (src/runtime/bigarray-block.ts); the compiler reads and writes the
   elements of one to three dimensions where it knows kind and layout. *)

type float16_elt = Float16_elt
type float32_elt = Float32_elt
type float64_elt = Float64_elt
type int8_signed_elt = Int8_signed_elt
type int8_unsigned_elt = Int8_unsigned_elt
type int16_signed_elt = Int16_signed_elt
type int16_unsigned_elt = Int16_unsigned_elt
type int32_elt = Int32_elt
type int64_elt = Int64_elt
type int_elt = Int_elt
type nativeint_elt = Nativeint_elt
type complex32_elt = Complex32_elt
type complex64_elt = Complex64_elt
type ('a, 'b) kind =
  | Float32 : (float, float32_elt) kind
  | Float64 : (float, float64_elt) kind
  | Int8_signed : (int, int8_signed_elt) kind
  | Int8_unsigned : (int, int8_unsigned_elt) kind
  | Int16_signed : (int, int16_signed_elt) kind
  | Int16_unsigned : (int, int16_unsigned_elt) kind
  | Int32 : (int32, int32_elt) kind
  | Int64 : (int64, int64_elt) kind
  | Int : (int, int_elt) kind
  | Nativeint : (nativeint, nativeint_elt) kind
  | Complex32 : (Complex.t, complex32_elt) kind
  | Complex64 : (Complex.t, complex64_elt) kind
  | Char : (char, int8_unsigned_elt) kind
  | Float16 : (float, float16_elt) kind

let float16 = Float16
let float32 = Float32
let float64 = Float64
let complex32 = Complex32
let complex64 = Complex64
let int8_signed = Int8_signed
let int8_unsigned = Int8_unsigned
let int16_signed = Int16_signed
let int16_unsigned = Int16_unsigned
let int = Int
let int32 = Int32
let int64 = Int64
let nativeint = Nativeint
let char = Char

let kind_size_in_bytes : type a b. (a, b) kind -> int = function
  | Int8_signed | Int8_unsigned | Char -> 1
  | Int16_signed | Int16_unsigned | Float16 -> 2
  | Int32 | Float32 -> 4
  | Int64 | Int | Nativeint | Float64 | Complex32 -> 8
  | Complex64 -> 16

type c_layout = C_layout_typ
type fortran_layout = Fortran_layout_typ
type 'a layout = C_layout : c_layout layout | Fortran_layout : fortran_layout layout

let c_layout = C_layout
let fortran_layout = Fortran_layout

(* The first index of a dimension. *)
let origin : type c. c layout -> int = function C_layout -> 0 | Fortran_layout -> 1

module Genarray = struct
  type (!'a, !'b, !'c) t

  external create : ('a, 'b) kind -> 'c layout -> int array -> ('a, 'b, 'c) t = "caml_ba_create"
  external get : ('a, 'b, 'c) t -> int array -> 'a = "caml_ba_get_generic"
  external set : ('a, 'b, 'c) t -> int array -> 'a -> unit = "caml_ba_set_generic"
  external num_dims : ('a, 'b, 'c) t -> int = "caml_ba_num_dims"
  external nth_dim : ('a, 'b, 'c) t -> int -> int = "caml_ba_dim"
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"
  external change_layout : ('a, 'b, 'c) t -> 'd layout -> ('a, 'b, 'd) t = "caml_ba_change_layout"
  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"
  external slice_left : ('a, 'b, c_layout) t -> int array -> ('a, 'b, c_layout) t = "caml_ba_slice"
  external slice_right : ('a, 'b, fortran_layout) t -> int array -> ('a, 'b, fortran_layout) t = "caml_ba_slice"
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let dims a = Array.init (num_dims a) (nth_dim a)
  let size_in_bytes a = kind_size_in_bytes (kind a) * Array.fold_left ( * ) 1 (dims a)

  (* In the order of the elements in memory; [f] always sees the same array of indices. *)
  let init (type c) kind (layout : c layout) dims f =
    let a = create kind layout dims in
    let n = Array.length dims in
    let first = origin layout in
    let index = Array.make n first in
    let rec fill_from k =
      if k = n then set a index (f index)
      else
        let dimension = match layout with C_layout -> k | Fortran_layout -> n - 1 - k in
        for i = first to dims.(dimension) + first - 1 do
          index.(dimension) <- i;
          fill_from (k + 1)
        done
    in
    fill_from 0;
    a
end

module Array0 = struct
  type (!'a, !'b, !'c) t = ('a, 'b, 'c) Genarray.t

  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let create kind layout = Genarray.create kind layout [||]
  let change_layout = Genarray.change_layout
  let get a = Genarray.get a [||]
  let set a x = Genarray.set a [||] x
  let size_in_bytes a = kind_size_in_bytes (kind a)

  let of_value kind layout x =
    let a = create kind layout in
    set a x;
    a

  let init = of_value
end

module Array1 = struct
  type (!'a, !'b, !'c) t = ('a, 'b, 'c) Genarray.t

  external get : ('a, 'b, 'c) t -> int -> 'a = "%caml_ba_ref_1"
  external set : ('a, 'b, 'c) t -> int -> 'a -> unit = "%caml_ba_set_1"
  external unsafe_get : ('a, 'b, 'c) t -> int -> 'a = "%caml_ba_unsafe_ref_1"
  external unsafe_set : ('a, 'b, 'c) t -> int -> 'a -> unit = "%caml_ba_unsafe_set_1"
  external dim : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"
  external sub : ('a, 'b, 'c) t -> int -> int -> ('a, 'b, 'c) t = "caml_ba_sub"
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let create kind layout n = Genarray.create kind layout [| n |]
  let change_layout = Genarray.change_layout
  let size_in_bytes a = kind_size_in_bytes (kind a) * dim a

  let slice (type c) (a : (_, _, c) t) i =
    match layout a with C_layout -> (Genarray.slice_left a [| i |] : (_, _, c) t) | Fortran_layout -> Genarray.slice_right a [| i |]

  let init kind layout n f =
    let a = create kind layout n in
    let first = origin layout in
    for i = first to n + first - 1 do
      unsafe_set a i (f i)
    done;
    a

  let of_array kind layout values =
    let first = origin layout in
    init kind layout (Array.length values) (fun i -> values.(i - first))
end

module Array2 = struct
  type (!'a, !'b, !'c) t = ('a, 'b, 'c) Genarray.t

  external get : ('a, 'b, 'c) t -> int -> int -> 'a = "%caml_ba_ref_2"
  external set : ('a, 'b, 'c) t -> int -> int -> 'a -> unit = "%caml_ba_set_2"
  external unsafe_get : ('a, 'b, 'c) t -> int -> int -> 'a = "%caml_ba_unsafe_ref_2"
  external unsafe_set : ('a, 'b, 'c) t -> int -> int -> 'a -> unit = "%caml_ba_unsafe_set_2"
  external dim1 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"
  external dim2 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_2"
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"
  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let create kind layout n1 n2 = Genarray.create kind layout [| n1; n2 |]
  let change_layout = Genarray.change_layout
  let size_in_bytes a = kind_size_in_bytes (kind a) * dim1 a * dim2 a
  let slice_left a i = Genarray.slice_left a [| i |]
  let slice_right a i = Genarray.slice_right a [| i |]

  let init (type c) kind (layout : c layout) n1 n2 f =
    let a = create kind layout n1 n2 in
    (match layout with
    | C_layout ->
        for i = 0 to n1 - 1 do
          for j = 0 to n2 - 1 do
            unsafe_set a i j (f i j)
          done
        done
    | Fortran_layout ->
        for j = 1 to n2 do
          for i = 1 to n1 do
            unsafe_set a i j (f i j)
          done
        done);
    a

  let of_array kind layout rows =
    let n1 = Array.length rows in
    let n2 = if n1 = 0 then 0 else Array.length rows.(0) in
    let first = origin layout in
    let a = create kind layout n1 n2 in
    let fill_row i row =
      if Array.length row <> n2 then invalid_arg "Bigarray.Array2.of_array: non-rectangular data";
      Array.iteri (fun j x -> unsafe_set a (i + first) (j + first) x) row
    in
    Array.iteri fill_row rows;
    a
end

module Array3 = struct
  type (!'a, !'b, !'c) t = ('a, 'b, 'c) Genarray.t

  external get : ('a, 'b, 'c) t -> int -> int -> int -> 'a = "%caml_ba_ref_3"
  external set : ('a, 'b, 'c) t -> int -> int -> int -> 'a -> unit = "%caml_ba_set_3"
  external unsafe_get : ('a, 'b, 'c) t -> int -> int -> int -> 'a = "%caml_ba_unsafe_ref_3"
  external unsafe_set : ('a, 'b, 'c) t -> int -> int -> int -> 'a -> unit = "%caml_ba_unsafe_set_3"
  external dim1 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"
  external dim2 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_2"
  external dim3 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_3"
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"
  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let create kind layout n1 n2 n3 = Genarray.create kind layout [| n1; n2; n3 |]
  let change_layout = Genarray.change_layout
  let size_in_bytes a = kind_size_in_bytes (kind a) * dim1 a * dim2 a * dim3 a
  let slice_left_1 a i j = Genarray.slice_left a [| i; j |]
  let slice_right_1 a i j = Genarray.slice_right a [| i; j |]
  let slice_left_2 a i = Genarray.slice_left a [| i |]
  let slice_right_2 a i = Genarray.slice_right a [| i |]

  let init (type c) kind (layout : c layout) n1 n2 n3 f =
    let a = create kind layout n1 n2 n3 in
    (match layout with
    | C_layout ->
        for i = 0 to n1 - 1 do
          for j = 0 to n2 - 1 do
            for k = 0 to n3 - 1 do
              unsafe_set a i j k (f i j k)
            done
          done
        done
    | Fortran_layout ->
        for k = 1 to n3 do
          for j = 1 to n2 do
            for i = 1 to n1 do
              unsafe_set a i j k (f i j k)
            done
          done
        done);
    a

  let of_array kind layout planes =
    let n1 = Array.length planes in
    let n2 = if n1 = 0 then 0 else Array.length planes.(0) in
    let n3 = if n2 = 0 then 0 else Array.length planes.(0).(0) in
    let first = origin layout in
    let a = create kind layout n1 n2 n3 in
    let check array n = if Array.length array <> n then invalid_arg "Bigarray.Array3.of_array: non-cubic data" in
    let fill_row i j row =
      check row n3;
      Array.iteri (fun k x -> unsafe_set a (i + first) (j + first) (k + first) x) row
    in
    let fill_plane i plane =
      check plane n2;
      Array.iteri (fill_row i) plane
    in
    Array.iteri fill_plane planes;
    a
end

external genarray_of_array0 : ('a, 'b, 'c) Array0.t -> ('a, 'b, 'c) Genarray.t = "%identity"
external genarray_of_array1 : ('a, 'b, 'c) Array1.t -> ('a, 'b, 'c) Genarray.t = "%identity"
external genarray_of_array2 : ('a, 'b, 'c) Array2.t -> ('a, 'b, 'c) Genarray.t = "%identity"
external genarray_of_array3 : ('a, 'b, 'c) Array3.t -> ('a, 'b, 'c) Genarray.t = "%identity"

let with_dimensions n name a = if Genarray.num_dims a = n then a else invalid_arg name
let array0_of_genarray a = with_dimensions 0 "Bigarray.array0_of_genarray" a
let array1_of_genarray a = with_dimensions 1 "Bigarray.array1_of_genarray" a
let array2_of_genarray a = with_dimensions 2 "Bigarray.array2_of_genarray" a
let array3_of_genarray a = with_dimensions 3 "Bigarray.array3_of_genarray" a

external reshape : ('a, 'b, 'c) Genarray.t -> int array -> ('a, 'b, 'c) Genarray.t = "caml_ba_reshape"

let reshape_0 a = reshape a [||]
let reshape_1 a n = reshape a [| n |]
let reshape_2 a n1 n2 = reshape a [| n1; n2 |]
let reshape_3 a n1 n2 n3 = reshape a [| n1; n2; n3 |]

