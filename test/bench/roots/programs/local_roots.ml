(* Roots that live as long as a call: a function from outside OCaml (stubs/local-roots.ts) looks for the fixpoint of a closure, calling
   itself n deep; nanoseconds per outer call. *)

external boxroot : (float -> float) -> float -> float = "boxroot_fixpoint"
external local : (float -> float) -> float -> float = "local_fixpoint"
external naive : (float -> float) -> float -> float = "naive_fixpoint"
external generational : (float -> float) -> float -> float = "generational_fixpoint"

let rec ocaml f x =
  let y = f x in
  if Float.compare x y = 0 then y else ocaml f y

let disciplines =
  [ ("boxroot", boxroot); ("local", local); ("naive", naive); ("generational", generational); ("ocaml", ocaml) ]

let () =
  let fixpoint = List.assoc Sys.argv.(1) disciplines in
  let n = int_of_string Sys.argv.(2) in
  let calls = int_of_string Sys.argv.(3) / n in
  let start = Sys.time () in
  for _ = 1 to calls do
    ignore (fixpoint (fun x -> if truncate x >= n then x else x +. 1.) 1.0)
  done;
  Printf.printf "%.3f\n" ((Sys.time () -. start) *. 1e9 /. float_of_int calls)
