(* The values of names. *)

let table : (string, float) Hashtbl.t = Hashtbl.create 16
