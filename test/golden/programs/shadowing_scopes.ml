let x = 1
let f () = x
let x = x + 10

let () =
  Printf.printf "%d %d\n" (f ()) x;
  let x = x * 2 in
  let x = let x = x + 1 in x * x in
  Printf.printf "%d\n" x;
  let f x = let f y = x + y in f (x + 1) in
  Printf.printf "%d\n" (f 5);
  let rec g n = if n = 0 then [] else let n' = n - 1 in n :: g n' in
  Printf.printf "%d\n" (List.length (g 7));
  (match Some 3 with Some x when x > 5 -> print_int x | Some x -> Printf.printf "small %d\n" x | None -> ());
  let open struct let hidden = 99 let x = 7 end in
  Printf.printf "%d %d\n" hidden x

module M = struct let x = 100 module N = struct let y = x + 1 let x = 5 let z = x end end

let () = Printf.printf "%d %d %d\n" M.N.y M.N.z (let open M in x)

(* stdout {expected|
1 11
529
11
7
small 3
99 7
101 5 100
|expected} *)
