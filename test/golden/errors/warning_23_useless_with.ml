(* options -w -a+23 *)
type t = { a : int; b : int }
type s = { only : int }
let f r = { r with a = 1; b = 2 }
let g r = { r with only = 1 }
let h r = { r with a = 1 }
let i r = { (r : t) with a = 1; b = 2 }
type v = V of { x : int }
let j = function V r -> V { r with x = 1 }
