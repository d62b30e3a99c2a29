let multiply a b =
  let n = Array.length a and m = Array.length b.(0) and k = Array.length b in
  Array.init n (fun i -> Array.init m (fun j ->
    let s = ref 0. in
    for l = 0 to k - 1 do s := !s +. (a.(i).(l) *. b.(l).(j)) done;
    !s))

let transpose a = Array.init (Array.length a.(0)) (fun j -> Array.map (fun row -> row.(j)) a)
let print a = Array.iter (fun row -> Array.iter (Printf.printf "%8.3f") row; print_newline ()) a

let determinant a =
  let a = Array.map Array.copy a and n = Array.length a in
  let det = ref 1. in
  for i = 0 to n - 1 do
    let pivot = ref i in
    for r = i + 1 to n - 1 do if abs_float a.(r).(i) > abs_float a.(!pivot).(i) then pivot := r done;
    if !pivot <> i then begin
      let t = a.(i) in
      a.(i) <- a.(!pivot);
      a.(!pivot) <- t;
      det := -. !det
    end;
    det := !det *. a.(i).(i);
    for r = i + 1 to n - 1 do
      let f = a.(r).(i) /. a.(i).(i) in
      for c = i to n - 1 do a.(r).(c) <- a.(r).(c) -. (f *. a.(i).(c)) done
    done
  done;
  !det

let rec power a n = if n = 1 then a else let h = power a (n / 2) in let h2 = multiply h h in if n mod 2 = 0 then h2 else multiply h2 a

let () =
  let a = [| [| 2.; -1.; 0. |]; [| 1.; 3.; 2. |]; [| 0.5; 1.; 4. |] |] in
  print (multiply a (transpose a));
  Printf.printf "%.6f\n" (determinant a);
  print (power [| [| 1.; 1. |]; [| 1.; 0. |] |] 30)

(* stdout {expected|
   5.000  -1.000   0.000
  -1.000  14.000  11.500
   0.000  11.500  17.250
23.000000
1346269.000832040.000
832040.000514229.000
|expected} *)
