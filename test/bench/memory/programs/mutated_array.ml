(* Old arrays that are filled with young blocks again and again: the write barrier, the remembered set, promotion. *)
let () =
  let array = Array.init 200_000 (fun i -> ref i) in
  let pairs = Array.make 1_000 (0, 0) in
  let state = ref 1 in
  for i = 1 to 10_000_000 do
    state := ((!state * 1_103_515_245) + 12_345) land 0x3fffffff;
    if i land 3 = 0 then array.(!state mod 200_000) <- ref i else pairs.(!state mod 1_000) <- (i, !state)
  done;
  let sum = Array.fold_left (fun n r -> n + !r) 0 array in
  Printf.printf "%d %d" sum (Array.fold_left (fun n (a, b) -> n + a + b) 0 pairs)
