module A = struct type t = { x : int; name : string } type k = On | Off end
module B = struct type t = { x : float; label : string } type k = Off | On end
type p = { x : int; y : int }
type q = { y : int; x : int; z : int }

let f (r : p) = r.x - r.y
let g r = r.z + r.x
let h (r : A.t) = r.x
let k : B.k -> int = function On -> 1 | Off -> 0
let state : A.k = On

let () =
  Printf.printf "%d %d\n" (f { x = 5; y = 3 }) (g { y = 1; x = 2; z = 3 });
  Printf.printf "%d\n" (h { x = 7; name = "n" });
  Printf.printf "%d %d\n" (k On) (match state with On -> 10 | Off -> 20);
  let r = { A.x = 1; name = "a" } and s = B.{ x = 1.5; label = "b" } in
  Printf.printf "%d %g %s %s\n" r.A.x s.B.x r.name s.label;
  let l : p list = [ { x = 1; y = 2 }; { x = 3; y = 4 } ] in
  Printf.printf "%d\n" (List.fold_left (fun acc (r : p) -> acc + r.x) 0 l)

(* stdout {expected|
2 5
7
1 10
1 1.5 a b
4
|expected} *)
