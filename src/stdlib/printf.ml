(* The functions of printf.mli are views of one interpreter; their types there make its untyped results safe. *)

open CamlinternalFormatBasics
open CamlinternalFormat

let kfprintf k channel (Format (fmt, _)) =
  make_printf
    (fun acc ->
      output_acc channel acc;
      k channel)
    End_of_acc fmt

let kbprintf k b (Format (fmt, _)) =
  make_printf
    (fun acc ->
      bufput_acc b acc;
      k b)
    End_of_acc fmt

let ksprintf k (Format (fmt, _)) =
  make_printf
    (fun acc ->
      let b = Buffer.create 64 in
      strput_acc b acc;
      k (Buffer.contents b))
    End_of_acc fmt

let kprintf = ksprintf
let ikfprintf k o (Format (fmt, _)) = make_iprintf k o fmt
let ikbprintf = ikfprintf
let fprintf channel format = kfprintf ignore channel format
let bprintf b format = kbprintf ignore b format
let ifprintf o format = ikfprintf ignore o format
let ibprintf b format = ikfprintf ignore b format
let sprintf format = ksprintf (fun s -> s) format
let printf format = fprintf stdout format
let eprintf format = fprintf stderr format
