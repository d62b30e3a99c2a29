(* Many lists, about a gigabyte, replaced one after the other; each is reached by a long way through a list of lists. *)

let lists = 200_000
let length = 200

let rec make n acc = if n = 0 then acc else make (n - 1) (n :: acc)

let () =
  let rec build n acc = if n = 0 then acc else build (n - 1) (ref (make length []) :: acc) in
  let all = build lists [] in
  let rest = ref all in
  let total = ref 0 in
  Steady.run (fun i ->
      (match !rest with
      | [] -> rest := all
      | cell :: tail ->
          if i land 1 = 0 then cell := make length [] else total := !total + List.length (List.map succ !cell);
          rest := tail));
  ignore (Sys.opaque_identity (all, !total))
