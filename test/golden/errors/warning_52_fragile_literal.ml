(* options -w -a+52 *)
let f g = try g () with Failure "x" -> 1
let h = function Invalid_argument "y" -> 1 | Failure _ -> 2 | Sys_error "z" -> 3 | _ -> 4
let i = function Match_failure ("a", 1, 2) -> 1 | Match_failure (_, _, 3) -> 2 | _ -> 3
let j = function Failure ("a" | "b") -> 1 | _ -> 2
let k = function Failure ("a" as x) -> x | _ -> ""
let l = function Assert_failure ("f", _, _) -> 1 | _ -> 2
let m = function Undefined_recursive_module ("f", _, _) -> 1 | _ -> 2
let n = function Failure (("a" : string)) -> 1 | _ -> 2
type t = K of int [@ocaml.warn_on_literal_pattern] | L of string * int [@warn_on_literal_pattern]
let p = function K 3 -> 1 | L ("a", _) -> 2 | _ -> 3
