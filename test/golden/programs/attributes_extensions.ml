(* Attributes and extensions that a compiler knows, everywhere they may stand. *)
[@@@warning "-32"]
type t = A of int [@unboxed]
type immediate = Off | On [@@immediate]
type boxed = { value : string } [@@unboxed] [@@deriving_nothing]
type doc = { a : int; [@doc "a"] b : string [@doc "b"] }
(** A documentation comment. *)
let[@inline] add a b = a + b
let[@inline never] sub a b = a - b
let rec fact n acc = if n = 0 then acc else (fact [@tailcall]) (n - 1) (n * acc)
let[@warning "-8"] head (x :: _) = x
let[@specialise] id x = x
let f = fun [@inline] x -> x + 1
external length : string -> int = "%string_length"
external id_prim : 'a -> 'a = "%identity"
external seq_or : bool -> bool -> bool = "%sequor"
let old = 1 [@@ocaml.deprecated "use new"]
[@@@ocaml.warning "+a-4-9-21-26-27-32..70"]
module M = struct
  [@@@text "floating"]
  let x = (1 [@a] + 2) [@b]
end [@@modified]
let choose = function[@ocaml.warning "-8"] 0 -> "zero" | 1 -> "one"
let () = begin[@attr] print_endline "begin" end
let () =
  (match[@warning "-8"] [ 1 ] with [ x ] -> Printf.printf "%d\n" x);
  Printf.printf "%d %d %d %d\n" (add 1 2) (sub 5 3) (fact 10 1) (head [ 7 ]);
  Printf.printf "%d %d %b %d\n" (length "four") (id_prim 4) (seq_or false true) M.x;
  let { value } = { value = "unboxed" } in
  print_endline value;
  let (A n) = A 9 in
  Printf.printf "%d %d %s %d\n" n (f 1) (choose 1) (id 3);
  (if[@x] true then print_endline "if");
  let open[@y] List in
  Printf.printf "%d\n" (length [ 1; 2 ]);
  ignore (On, Off);
  assert (1 < 2);
  try assert (1 > 2) with Assert_failure (_, line, column) -> Printf.printf "%d %d\n" line column

(* stdout {expected|
begin
1
3 2 3628800 7
4 4 true 3
unboxed
9 2 one 3
if
2
38 6
|expected} *)
