(* The spectral norm benchmark: float arrays, a function called in the innermost loop. *)
let a i j = 1. /. float (((i + j) * (i + j + 1) / 2) + i + 1)

let multiply u v =
  let n = Array.length u in
  for i = 0 to n - 1 do
    let s = ref 0. in
    for j = 0 to n - 1 do
      s := !s +. (a i j *. u.(j))
    done;
    v.(i) <- !s
  done

let multiply_transposed u v =
  let n = Array.length u in
  for i = 0 to n - 1 do
    let s = ref 0. in
    for j = 0 to n - 1 do
      s := !s +. (a j i *. u.(j))
    done;
    v.(i) <- !s
  done

let () =
  let n = 1600 in
  let u = Array.make n 1. and v = Array.make n 0. and t = Array.make n 0. in
  let step u v =
    multiply u t;
    multiply_transposed t v
  in
  for _ = 1 to 10 do
    step u v;
    step v u
  done;
  let vbv = ref 0. and vv = ref 0. in
  for i = 0 to n - 1 do
    vbv := !vbv +. (u.(i) *. v.(i));
    vv := !vv +. (v.(i) *. v.(i))
  done;
  Printf.printf "%.9f\n" (sqrt (!vbv /. !vv))
