(* Arrays beyond the minor heap, of many sizes, of which few live long. *)
let () =
  let kept = Array.make 64 [||] in
  let sum = ref 0 in
  for i = 1 to 20_000 do
    let n = 300 + (i * 7919 mod 20_000) in
    let a = Array.make n i in
    a.(n - 1) <- n;
    let old = kept.(i land 63) in
    if Array.length old > 0 then sum := !sum + old.(Array.length old - 1) + old.(0);
    kept.(i land 63) <- a
  done;
  print_int !sum
