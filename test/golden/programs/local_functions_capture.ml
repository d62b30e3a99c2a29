let make n =
  let a = n and b = n * 2 and c = string_of_int n and d = float n in
  let rec loop i acc = if i = 0 then acc else loop (i - 1) (helper i acc)
  and helper i acc = acc + (i * a) - b + String.length c in
  let outer x =
    let middle y =
      let inner z = (a * x) + (b * y) + z + int_of_float d in
      inner
    in
    middle
  in
  (loop, outer)

let compose = List.fold_left (fun f g x -> g (f x)) (fun x -> x)

let () =
  let loop, outer = make 7 in
  Printf.printf "%d %d\n" (loop 10 0) (outer 1 2 3);
  let fs = List.init 4 (fun i -> List.init 3 (fun j x -> (x * 10) + (i * j))) in
  Printf.printf "%d\n" (compose (List.concat fs) 1 mod 1_000_003);
  let counter = let n = ref 0 in fun () -> incr n; !n in
  let pairs = List.map (fun x -> (x, counter ())) [ "a"; "b"; "c" ] in
  List.iter (fun (s, n) -> Printf.printf "%s%d " s n) pairs;
  print_newline ();
  let rec y f x = f (y f) x in
  Printf.printf "%d\n" (y (fun self n -> if n = 0 then 1 else n * self (n - 1)) 10)

(* stdout {expected|
255 45
24009
a1 b2 c3 
3628800
|expected} *)
