let f1 = function Some x -> x [@@ocaml.warning "-8"]
let f2 = function Some x -> x [@@warning "-11"]
let f3 x = (match x with Some x -> x | Some _ -> 2) [@warning "-8"]
let f4 x = (match x with Some x -> x | Some _ -> 2) [@warning "-8..11"]
let f5 x = let y = (function 1 -> 2) [@ocaml.warning "-a"] in (function 1 -> y x | 1 -> 3)
