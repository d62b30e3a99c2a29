(* Input channels; the end of the input is [None]. *)

type t = in_channel

type open_flag = Stdlib.open_flag =
  | Open_rdonly
  | Open_wronly
  | Open_append
  | Open_creat
  | Open_trunc
  | Open_excl
  | Open_binary
  | Open_text
  | Open_nonblock

external is_binary_mode : t -> bool = "caml_ml_is_binary_mode"
external isatty : t -> bool = "caml_sys_isatty"

let stdin = Stdlib.stdin
let open_bin = Stdlib.open_in_bin
let open_text = Stdlib.open_in
let open_gen = Stdlib.open_in_gen
let close = Stdlib.close_in
let close_noerr = Stdlib.close_in_noerr
let with_channel channel f = Fun.protect ~finally:(fun () -> close_noerr channel) (fun () -> f channel)
let with_open_bin name f = with_channel (open_bin name) f
let with_open_text name f = with_channel (open_text name) f
let with_open_gen flags permissions name f = with_channel (open_gen flags permissions name) f
let until_end read = try Some (read ()) with End_of_file -> None
let input_char channel = until_end (fun () -> Stdlib.input_char channel)
let input_byte channel = until_end (fun () -> Stdlib.input_byte channel)
let input_line channel = until_end (fun () -> Stdlib.input_line channel)
let really_input_string channel length = until_end (fun () -> Stdlib.really_input_string channel length)
let really_input channel b offset length = until_end (fun () -> Stdlib.really_input channel b offset length)
let input = Stdlib.input

let input_all channel =
  let chunk = Bytes.create 65536 in
  let all = Buffer.create 65536 in
  let rec collect () =
    match input channel chunk 0 (Bytes.length chunk) with
    | 0 -> Buffer.contents all
    | count ->
        Buffer.add_subbytes all chunk 0 count;
        collect ()
  in
  collect ()

let rec fold_lines f accumulator channel =
  match input_line channel with
  | Some line -> fold_lines f (f accumulator line) channel
  | None -> accumulator

let input_lines channel = List.rev (fold_lines (fun lines line -> line :: lines) [] channel)
let seek = Stdlib.LargeFile.seek_in
let pos = Stdlib.LargeFile.pos_in
let length = Stdlib.LargeFile.in_channel_length
let set_binary_mode = Stdlib.set_binary_mode_in
