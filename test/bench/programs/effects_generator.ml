(* OCaml 5. Generators: the leaves of a tree, each handed to its consumer by performing an effect. *)
open Effect
open Effect.Deep

type tree = Leaf of int | Node of tree * tree

let rec build depth n = if depth = 0 then Leaf n else Node (build (depth - 1) (2 * n), build (depth - 1) ((2 * n) + 1))

type _ Effect.t += Yield : int -> unit Effect.t

let rec walk = function
  | Leaf n -> perform (Yield n)
  | Node (a, b) ->
      walk a;
      walk b

type step = Done | More of int * (unit, step) continuation

let start f =
  match_with f ()
    {
      retc = (fun () -> Done);
      exnc = raise;
      effc = (fun (type a) (e : a Effect.t) -> match e with Yield n -> Some (fun (k : (a, step) continuation) -> More (n, k)) | _ -> None);
    }

(* Two walks in step. *)
let rec compare_leaves a b same =
  match (a, b) with
  | Done, Done -> same
  | More (m, k), More (n, l) -> compare_leaves (continue k ()) (continue l ()) (if m = n then same + 1 else same)
  | _ -> -1

let () =
  let t = build 16 1 in
  let total = ref 0 in
  for _ = 1 to 15 do
    total := !total + compare_leaves (start (fun () -> walk t)) (start (fun () -> walk t)) 0
  done;
  Printf.printf "%d\n" !total
