(* Structures that are long, deep and wide: marking them does not depend on their shape. *)

type tree = Leaf | Left of tree * int | Right of int * tree | Both of tree * tree

let rec zigzag n t = if n = 0 then t else zigzag (n - 1) (if n mod 2 = 0 then Left (t, n) else Right (n, t))

let rec depth d = function
  | Leaf -> d
  | Left (t, _) | Right (_, t) -> depth (d + 1) t
  | Both (a, b) -> max (depth (d + 1) a) (depth (d + 1) b)

let kept = ref []
let keep v = kept := Obj.repr v :: !kept

let check name f =
  Gc.full_major ();
  Printf.printf "%s: %d\n" name (f ())

let () =
  let l = List.init 300_000 (fun i -> i) in
  keep l;
  check "list" (fun () -> List.fold_left ( + ) 0 l);
  let t = zigzag 300_000 Leaf in
  keep t;
  check "zigzag" (fun () -> depth 0 t);
  let ll = List.init 500 (fun i -> List.init 500 (fun j -> [ i; j ])) in
  keep ll;
  check "lists of lists" (fun () -> List.fold_left (fun n l -> n + List.length (List.concat l)) 0 ll);
  let wide = Array.init 200_000 (fun i -> ref i) in
  keep wide;
  check "wide" (fun () -> Array.fold_left (fun n r -> n + !r) 0 wide);
  let chain = Array.make 2 (Obj.repr 0) in
  let last = ref chain in
  for _ = 1 to 100_000 do
    let next = Array.make 2 (Obj.repr !last) in
    last := next
  done;
  let first = !last in
  keep first;
  let rec length n (a : Obj.t array) = if Obj.is_int a.(0) then n else length (n + 1) (Obj.obj a.(0)) in
  check "chain of arrays" (fun () -> length 0 first);
  let rec nest n f = if n = 0 then f else nest (n - 1) (fun x -> if x < 0 then f x else x + n) in
  let f = nest 100_000 Fun.id in
  keep f;
  check "closures" (fun () -> f 1);
  check "all kept" (fun () -> List.length !kept);
  kept := [];
  let s = Gc.quick_stat () in
  Printf.printf "%b\n" (s.heap_words > 0)

(* A sequence whose cells are forced one after the other, each pointing to the next. *)
let () =
  let rec from n () = if n = 0 then Seq.Nil else Seq.Cons (n, from (n - 1)) in
  let seq = List.to_seq (List.of_seq (from 50_000)) in
  check "sequence" (fun () -> Seq.fold_left ( + ) 0 seq)

(* stdout {expected|
list: 44999850000
zigzag: 300000
lists of lists: 500000
wide: 19999900000
chain of arrays: 100000
closures: 2
all kept: 6
true
sequence: 1250025000
|expected} *)
