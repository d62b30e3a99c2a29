(* Complex numbers. *)

type t = { re : float; im : float }

let zero = { re = 0.; im = 0. }
let one = { re = 1.; im = 0. }
let i = { re = 0.; im = 1. }
let neg z = { re = -.z.re; im = -.z.im }
let conj z = { z with im = -.z.im }
let add x y = { re = x.re +. y.re; im = x.im +. y.im }
let sub x y = { re = x.re -. y.re; im = x.im -. y.im }
let mul x y = { re = (x.re *. y.re) -. (x.im *. y.im); im = (x.re *. y.im) +. (x.im *. y.re) }

(* Smith's method: the divisor is scaled by its greater part, so nothing overflows on the way. *)
let div x y =
  if abs_float y.re >= abs_float y.im then
    let r = y.im /. y.re in
    let d = y.re +. (r *. y.im) in
    { re = (x.re +. (r *. x.im)) /. d; im = (x.im -. (r *. x.re)) /. d }
  else
    let r = y.re /. y.im in
    let d = y.im +. (r *. y.re) in
    { re = ((r *. x.re) +. x.im) /. d; im = ((r *. x.im) -. x.re) /. d }

let inv z = div one z
let norm2 z = (z.re *. z.re) +. (z.im *. z.im)
let norm z = hypot z.re z.im
let arg z = atan2 z.im z.re
let polar norm arg = { re = cos arg *. norm; im = sin arg *. norm }

(* The root of the greater part's size is taken out, so that no square overflows. *)
let sqrt z =
  if z.re = 0. && z.im = 0. then zero
  else
    let re = abs_float z.re and im = abs_float z.im in
    let w =
      if re >= im then
        let r = im /. re in
        sqrt re *. sqrt (0.5 *. (1. +. sqrt (1. +. (r *. r))))
      else
        let r = re /. im in
        sqrt im *. sqrt (0.5 *. (r +. sqrt (1. +. (r *. r))))
    in
    if z.re >= 0. then { re = w; im = 0.5 *. z.im /. w }
    else { re = 0.5 *. im /. w; im = (if z.im >= 0. then w else -.w) }

let exp z = polar (exp z.re) z.im
let log z = { re = log (norm z); im = arg z }
let pow x y = exp (mul y (log x))
