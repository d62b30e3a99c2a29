(* What can be finalised: anything that is a block of the heap and stays one. *)

let deaths = ref 0

let attempt name v =
  let answer =
    match Gc.finalise (fun _ -> incr deaths) v with
    | () -> "accepted"
    | exception Invalid_argument m -> "refused: " ^ m
  in
  let last =
    match Gc.finalise_last (fun () -> incr deaths) v with
    | () -> "accepted"
    | exception Invalid_argument m -> "refused: " ^ m
  in
  Printf.printf "%s: %s, %s\n" name answer last

type record = { mutable a : int; b : string }
type floats = { mutable x : float; y : float }
type variant = Constant | Args of int * string | Inline of { n : int }
type _ gadt = Int : int -> int gadt | Pair : 'a * 'b -> ('a * 'b) gadt

exception E of int

class counter (n : int) =
  object
    val mutable n = n
    method get = n
  end

let n = Array.length Sys.argv
let dynamic = string_of_int n

let[@inline never] blocks n =
  attempt "record" { a = n; b = dynamic };
  attempt "floats" { x = float n; y = 2. };
  attempt "tuple" (n, dynamic);
  attempt "variant" (Args (n, dynamic));
  attempt "inline" (Inline { n });
  attempt "polymorphic variant" (`A n);
  attempt "some" (Some n);
  attempt "list" [ n ];
  attempt "array" (Array.make n dynamic);
  attempt "float array" (Array.make n 1.5);
  attempt "big array of values" (Array.make 1000 dynamic);
  attempt "string" (String.make n 'c');
  attempt "bytes" (Bytes.create 10);
  attempt "big bytes" (Bytes.create 100_000);
  attempt "closure" (fun x -> x + n);
  attempt "partial application" (List.map (fun x -> x + n));
  attempt "object" (new counter n);
  attempt "exception" (E n);
  attempt "gadt" (Pair (n, dynamic));
  attempt "ref" (ref n);
  attempt "int64" (Int64.of_int n);
  attempt "int32" (Int32.of_int n);
  attempt "nativeint" (Nativeint.of_int n);
  attempt "hash table" (Hashtbl.create n : (int, int) Hashtbl.t);
  attempt "buffer" (Buffer.create n);
  attempt "weak array" (Weak.create n : string Weak.t);
  attempt "big array" (Bigarray.Array1.create Bigarray.float64 Bigarray.c_layout 10)

let[@inline never] others () =
  attempt "int" n;
  attempt "char" 'c';
  attempt "unit" ();
  attempt "bool" (n > 0);
  attempt "constant constructor" (if n > 0 then Constant else Args (1, ""));
  attempt "none" (if n > 0 then None else Some n);
  attempt "empty list" (if n > 0 then [] else [ n ]);
  attempt "float" (float_of_int n);
  attempt "lazy" (lazy (n + 1));
  attempt "lazy float" (lazy (float_of_int n +. 1.))

let () =
  blocks (Array.length Sys.argv);
  let registered = 2 * 27 in
  Gc.full_major ();
  Gc.full_major ();
  Printf.printf "%d of %d\n" !deaths registered;
  deaths := 0;
  others ();
  Gc.full_major ();
  Printf.printf "%d of 0\n" !deaths

(* stdout {expected|
record: accepted, accepted
floats: accepted, accepted
tuple: accepted, accepted
variant: accepted, accepted
inline: accepted, accepted
polymorphic variant: accepted, accepted
some: accepted, accepted
list: accepted, accepted
array: accepted, accepted
float array: accepted, accepted
big array of values: accepted, accepted
string: accepted, accepted
bytes: accepted, accepted
big bytes: accepted, accepted
closure: accepted, accepted
partial application: accepted, accepted
object: accepted, accepted
exception: accepted, accepted
gadt: accepted, accepted
ref: accepted, accepted
int64: accepted, accepted
int32: accepted, accepted
nativeint: accepted, accepted
hash table: accepted, accepted
buffer: accepted, accepted
weak array: accepted, accepted
big array: accepted, accepted
54 of 54
int: refused: Gc.finalise, refused: Gc.finalise
char: refused: Gc.finalise, refused: Gc.finalise
unit: refused: Gc.finalise, refused: Gc.finalise
bool: refused: Gc.finalise, refused: Gc.finalise
constant constructor: refused: Gc.finalise, refused: Gc.finalise
none: refused: Gc.finalise, refused: Gc.finalise
empty list: refused: Gc.finalise, refused: Gc.finalise
float: refused: Gc.finalise, refused: Gc.finalise
lazy: refused: Gc.finalise, refused: Gc.finalise
lazy float: refused: Gc.finalise, refused: Gc.finalise
0 of 0
|expected} *)
