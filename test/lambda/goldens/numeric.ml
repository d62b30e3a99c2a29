let eval_a i j = 1. /. float ((i + j) * (i + j + 1) / 2 + i + 1)
let eval_a_times_u u v =
  let n = Array.length v - 1 in
  for i = 0 to n do
    let vi = ref 0. in
    for j = 0 to n do vi := !vi +. eval_a i j *. u.(j) done;
    v.(i) <- !vi
  done
type c = { re : float; im : float }
let cmul a b = { re = a.re *. b.re -. a.im *. b.im; im = a.re *. b.im +. a.im *. b.re }
let cadd a b = { re = a.re +. b.re; im = a.im +. b.im }
let norm2 a = a.re *. a.re +. a.im *. a.im
let mandel cr ci = let c = { re = cr; im = ci } in let rec go z n = if n > 50 || norm2 z > 4. then n else go (cadd (cmul z z) c) (n + 1) in go { re = 0.; im = 0. } 0
let sum a = Array.fold_left (+.) 0. a

let clamp lo hi x = min hi (max lo x)
let f x = clamp 0 10 (x + 1)
let rec len acc = function [] -> acc | _ :: l -> len (acc + 1) l
let g l = match List.rev l with [] -> None | x :: _ -> Some x
let h x = match g x with None -> 0 | Some y -> y
module F (X : sig val k : int val f : int -> int end) = struct let g x = X.f (x + X.k) let r = ref 0 let bump () = incr r; !r end
module M = F (struct let k = 3 let f x = x * 2 end)
let t = M.g 4
let rec count_to n = let rec loop i acc = if i > n then acc else loop (i + 1) (acc +. float i) in loop 0 0.
