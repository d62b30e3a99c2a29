(* Multiplication of square float matrices, arrays of arrays. *)
let make n f = Array.init n (fun i -> Array.init n (fun j -> f i j))

let multiply a b n =
  let c = Array.make_matrix n n 0. in
  for i = 0 to n - 1 do
    let row = a.(i) and target = c.(i) in
    for j = 0 to n - 1 do
      let s = ref 0. in
      for k = 0 to n - 1 do
        s := !s +. (row.(k) *. b.(k).(j))
      done;
      target.(j) <- !s
    done
  done;
  c

let () =
  let n = 500 in
  let a = make n (fun i j -> float (((i * 7) + (j * 3)) mod 11) /. 11.) in
  let b = make n (fun i j -> float (((i * 5) + (j * 2)) mod 13) /. 13.) in
  let c = multiply (multiply a b n) b n in
  let trace = ref 0. in
  for i = 0 to n - 1 do
    trace := !trace +. c.(i).(i)
  done;
  Printf.printf "%.3f\n" !trace
