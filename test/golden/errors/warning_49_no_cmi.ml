(* options -w -a+49 *)
module A = Nothere
module B = List
