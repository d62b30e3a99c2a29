(* A long queue: what goes in is old when it comes out. *)
let () =
  let queue = Queue.create () in
  let sum = ref 0 in
  for i = 1 to 300_000 do
    Queue.add (i, [ i; i + 1 ]) queue
  done;
  for i = 1 to 4_000_000 do
    let n, l = Queue.take queue in
    sum := !sum + n + List.hd l;
    Queue.add (i, [ i; n land 7 ]) queue
  done;
  Printf.printf "%d %d" !sum (Queue.length queue)
