(* Payloads that warning attributes cannot mean anything by. *)
let y = (1 [@warning 3])

[@@@warning]

type t = A [@warning 4] | B [@ocaml.warnerror]

class c = object method m = 1 [@@warning "+zz!"] end

let x = (1 [@alert 3])
let w = (0 [@alert "-"])
let z = (2 [@alert all "text"])
let fine = (3 [@warning "-8"] [@alert "-deprecated"] [@alert kind "text"])
