(* options -w -a+4 *)
type t = A | B of int | C of t
let f = function A -> 1 | _ -> 2
let g = function B n -> n | _ -> 2
let h x = match x with C A -> 1 | C _ -> 2 | _ -> 3
let i = function Some _ -> 1 | _ -> 2
let j = function [] -> 1 | _ -> 2
let k = function true -> 1 | _ -> 2
let l = function A, _ -> 1 | _, B _ -> 2 | _ -> 3
type u = X | Y
let m = function A, X -> 1 | B _, _ -> 2 | _, _ -> 3
let n = function X -> 1 | _ -> 0
let o x = try ignore x with Not_found -> () | _ -> ()
let p = function `A -> 1 | _ -> 2
let q = function { contents = A } -> 1 | _ -> 2
let r = function lazy A -> 1 | _ -> 2
let s x = let A | _ = x in ()
let t = function A -> 1 | z -> ignore z; 2
let u = function A when true -> 1 | _ -> 2
let v = function B 1 -> 1 | A | B _ | C _ -> 3
let w = fun x -> match x with [| A |] -> 1 | _ -> 3
type op = ..
type op += P
let x = function P -> 1 | _ -> 2
let y = function Ok A -> 1 | Ok _ | Error _ -> 3
let z = function Ok A -> 1 | _ -> 3
