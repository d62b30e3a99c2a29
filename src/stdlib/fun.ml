external id : 'a -> 'a = "%identity"

let const v _ = v
let compose f g x = f (g x)
let flip f x y = f y x
let negate p v = not (p v)

exception Finally_raised of exn

let () =
  Printexc.register_printer (function
    | Finally_raised e -> Some ("Fun.Finally_raised: " ^ Printexc.to_string e)
    | _ -> None)

let protect ~(finally : unit -> unit) work =
  let finally_no_exn () =
    try finally ()
    with e ->
      let backtrace = Printexc.get_raw_backtrace () in
      Printexc.raise_with_backtrace (Finally_raised e) backtrace
  in
  match work () with
  | result ->
      finally_no_exn ();
      result
  | exception work_exn ->
      let backtrace = Printexc.get_raw_backtrace () in
      finally_no_exn ();
      Printexc.raise_with_backtrace work_exn backtrace
