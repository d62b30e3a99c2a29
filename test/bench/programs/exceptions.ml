(* Exceptions raised through a few frames and caught, in a loop. *)
exception Found of int
exception Odd

let rec search n depth = if depth = 0 then if n land 1 = 0 then raise (Found n) else raise Odd else 1 + search (n + depth) (depth - 1)

let attempt n = try search n 5 with Found k -> k | Odd -> 1

let rec loop n acc = if n = 0 then acc else loop (n - 1) ((acc + attempt n) land 0xFFFFFFF)

let () = Printf.printf "%d\n" (loop 20_000_000 0)
