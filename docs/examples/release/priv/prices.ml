exception Refused of string

type line = { sku : string; price : float; count : int }

let discount sum = if sum >= 100. then 0.9 else 1.

let total lines =
  let add sum { sku; price; count } =
    if count < 1 then raise (Refused ("count of " ^ sku));
    sum +. price *. float_of_int count
  in
  let sum = List.fold_left add 0. lines in
  sum *. discount sum

(* Never ends: the limit of the configuration, or the caller's, does it. *)
let forever () : int = while true do () done; 0
