(* How values are represented, seen through Obj: tags, sizes, sharing of constants, copies. *)

type t = A | B of int | C | D of int * int | E of { x : int; y : string } | F of (int * int)
type flat = { a : float; b : float }
type boxed = { c : float; d : int }

let describe name (v : Obj.t) =
  if Obj.is_int v then Printf.printf "%s: int %d\n" name (Obj.obj v : int)
  else Printf.printf "%s: tag %d size %d\n" name (Obj.tag v) (Obj.size v)

let r = Obj.repr

let () =
  describe "unit" (r ()); describe "true" (r true); describe "char" (r 'a'); describe "[]" (r []); describe "None" (r None);
  describe "A" (r A); describe "B" (r (B 1)); describe "C" (r C); describe "D" (r (D (1, 2))); describe "E" (r (E { x = 1; y = "" })); describe "F" (r (F (1, 2)));
  describe "tuple" (r (1, 2, 3)); describe "list" (r [ 1; 2 ]); describe "array" (r [| 1; 2; 3; 4 |]); describe "ref" (r (ref 0));
  describe "floats" (r { a = 1.; b = 2. }); describe "boxed" (r { c = 1.; d = 2 }); describe "float array" (r [| 1.; 2.; 3. |]); describe "empty" (r [||]);
  describe "lazy" (r (lazy (print_string "")));
  describe "`A" (r `Poly); describe "`A 1" (r (`Poly 1)); describe "exception" (r Not_found); describe "Failure" (r (Failure "x"));
  Printf.printf "%b %b %b\n" (Obj.tag (r "s") = Obj.string_tag) (Obj.tag (r 1.5) = Obj.double_tag) (Obj.tag (r [| 1.5 |]) = Obj.double_array_tag);
  Printf.printf "%b %b\n" (Obj.tag (r (fun x -> x + 1)) = Obj.closure_tag) (Obj.tag (r 5L) = Obj.custom_tag);
  Printf.printf "%b %b\n" (Obj.tag (r 5) = Obj.int_tag) (Obj.is_block (r "x"))

let () =
  let pair = (ref 1, "shared") in
  let copy : int ref * string = Obj.obj (Obj.dup (r pair)) in
  Printf.printf "%b %b %b\n" (copy == pair) (fst copy == fst pair) (copy = pair);
  let block = Obj.new_block 3 2 in
  Obj.set_field block 0 (r 10);
  Obj.set_field block 1 (r "text");
  describe "made" block;
  Printf.printf "%d %s\n" (Obj.obj (Obj.field block 0)) (Obj.obj (Obj.field block 1));
  let e : t = Obj.obj (Obj.with_tag 1 (r (1, 2))) in
  (match e with D (a, b) -> Printf.printf "D %d %d\n" a b | _ -> print_endline "another");
  Printf.printf "%b %b\n" (Obj.reachable_words (r [ 1; 2 ]) = 6) (Obj.reachable_words (r 1) = 0);
  Printf.printf "%d\n" (Obj.magic 'A' : int);
  Printf.printf "%s\n" (Obj.Extension_constructor.name (Obj.Extension_constructor.of_val Not_found))

(* stdout {expected|
unit: int 0
true: int 1
char: int 97
[]: int 0
None: int 0
A: int 0
B: tag 0 size 1
C: int 1
D: tag 1 size 2
E: tag 2 size 2
F: tag 3 size 1
tuple: tag 0 size 3
list: tag 0 size 2
array: tag 0 size 4
ref: tag 0 size 1
floats: tag 254 size 2
boxed: tag 0 size 2
float array: tag 254 size 3
empty: tag 0 size 0
lazy: tag 246 size 1
`A: int 892709484
`A 1: tag 0 size 2
exception: tag 248 size 2
Failure: tag 0 size 2
true true true
true true
true true
false true true
made: tag 3 size 2
10 text
D 1 2
true true
65
Not_found
|expected} *)
