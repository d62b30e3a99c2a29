type color = R | B
type 'a t = E | T of color * 'a t * 'a * 'a t

let balance = function
  | B, T (R, T (R, a, x, b), y, c), z, d | B, T (R, a, x, T (R, b, y, c)), z, d | B, a, x, T (R, T (R, b, y, c), z, d) | B, a, x, T (R, b, y, T (R, c, z, d)) ->
      T (R, T (B, a, x, b), y, T (B, c, z, d))
  | c, l, v, r -> T (c, l, v, r)

let insert x t =
  let rec ins = function
    | E -> T (R, E, x, E)
    | T (c, l, v, r) as t -> if x < v then balance (c, ins l, v, r) else if x > v then balance (c, l, v, ins r) else t
  in
  match ins t with T (_, l, v, r) -> T (B, l, v, r) | E -> E

let rec mem x = function E -> false | T (_, l, v, r) -> if x < v then mem x l else x = v || mem x r
let rec depth = function E -> 0 | T (_, l, _, r) -> 1 + max (depth l) (depth r)

let rec black_height = function
  | E -> Some 1
  | T (R, T (R, _, _, _), _, _) | T (R, _, _, T (R, _, _, _)) -> None
  | T (c, l, _, r) -> (match black_height l, black_height r with Some a, Some b when a = b -> Some (if c = B then a + 1 else a) | _ -> None)

let () =
  let t = ref E in
  for i = 1 to 10_000 do t := insert (i * 7919 mod 10_007) !t done;
  Printf.printf "%b %b %b %s\n" (depth !t <= 28) (mem 5000 !t) (mem 10_008 !t) (match black_height !t with Some _ -> "balanced" | None -> "broken");
  let u = List.fold_left (fun t x -> insert x t) E [ "d"; "b"; "a"; "c"; "e" ] in
  let rec show = function E -> "." | T (c, l, v, r) -> Printf.sprintf "(%s%s%s%s)" (show l) v (if c = R then "r" else "b") (show r) in
  print_endline (show u)

(* stdout {expected|
true true false balanced
((.ab.)bb((.cr.)db(.er.)))
|expected} *)
