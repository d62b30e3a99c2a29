let print a = Array.iter (fun x -> Printf.printf "%d " x) a; print_newline ()

let reverse a =
  let n = Array.length a in
  for i = 0 to (n / 2) - 1 do
    let t = a.(i) in
    a.(i) <- a.(n - 1 - i);
    a.(n - 1 - i) <- t
  done

let rec quicksort a lo hi =
  if lo < hi then begin
    let pivot = a.((lo + hi) / 2) in
    let i = ref lo and j = ref hi in
    while !i <= !j do
      while a.(!i) < pivot do incr i done;
      while a.(!j) > pivot do decr j done;
      if !i <= !j then begin
        let t = a.(!i) in
        a.(!i) <- a.(!j);
        a.(!j) <- t;
        incr i;
        decr j
      end
    done;
    quicksort a lo !j;
    quicksort a !i hi
  end

let () =
  let a = Array.init 20 (fun i -> i * 7919 mod 101) in
  print a;
  reverse a;
  print a;
  quicksort a 0 19;
  print a;
  let m = Array.make_matrix 3 4 0 in
  for i = 0 to 2 do for j = 0 to 3 do m.(i).(j) <- (i * 10) + j done done;
  Array.iter print m;
  let shared = Array.make 2 [| 1 |] in
  shared.(0).(0) <- 9;
  print shared.(1);
  let strings = Array.map string_of_int a in
  print_endline (String.concat "," (Array.to_list strings));
  let nested = [| [| "a"; "b" |]; [||] |] in
  Printf.printf "%d %d %s\n" (Array.length nested) (Array.length nested.(1)) nested.(0).(1)

(* stdout {expected|
0 41 82 22 63 3 44 85 25 66 6 47 88 28 69 9 50 91 31 72 
72 31 91 50 9 69 28 88 47 6 66 25 85 44 3 63 22 82 41 0 
0 3 6 9 22 25 28 31 41 44 47 50 63 66 69 72 82 85 88 91 
0 1 2 3 
10 11 12 13 
20 21 22 23 
9 
0,3,6,9,22,25,28,31,41,44,47,50,63,66,69,72,82,85,88,91
2 0 b
|expected} *)
