(* What preprocessors have to say stands in attributes. *)
let z = (2 [@ppwarning "an expression"])

[@@@ppwarning "floating"]

module M = struct let q = 1 [@@ppwarning "inner"] end [@@ppwarning "a module"]

type t = A [@ppwarning "a constructor"] | B [@@ppwarning "a type"]
type v = { l : int [@ocaml.ppwarning "a label"] }

let f x = match x with A -> (1 [@ppwarning "a branch"]) | B -> 2
let h (x [@ppwarning "a pattern"]) = (x : (int [@ppwarning "a type expression"]))

class c = object method m = 1 [@@ppwarning "a method"] end

external e : int -> int = "%identity" [@@ppwarning "a primitive"]

exception E [@ppwarning "an exception"]

module type S = sig val x : int [@@ppwarning "a declaration"] [@@@ppwarning "floating inside"] end

let silent = (1 [@ppwarning "never told"]) [@@warning "-22"]
let none = 1 [@@ppwarning]
