(* Records of floats only are stored flat. *)
type v = { x : float; y : float; z : float }
type mixed = { mutable t : float; n : int }
type cell = { mutable v : float }

let add a b = { x = a.x +. b.x; y = a.y +. b.y; z = a.z +. b.z }
let scale k { x; y; z } = { x = k *. x; y = k *. y; z = k *. z }
let dot a b = (a.x *. b.x) +. (a.y *. b.y) +. (a.z *. b.z)
let get (f : v -> float) r = f r

let () =
  let a = { x = 1.; y = 2.; z = 3. } in
  let b = add a (scale 2. a) in
  Printf.printf "%g %g %g %g\n" b.x b.y b.z (dot a b);
  let c = { b with y = -1. } in
  Printf.printf "%g %g %g\n" (get (fun r -> r.x) c) (get (fun r -> r.y) c) c.z;
  Printf.printf "%b %b %d\n" (a = { x = 1.; y = 2.; z = 3. }) (a < b) (compare b a);
  let m = { t = 0.5; n = 3 } in
  m.t <- m.t *. 4.;
  let acc = { v = 0. } in
  for i = 1 to 100 do
    acc.v <- acc.v +. (1. /. float i)
  done;
  Printf.printf "%g %d %.10f\n" m.t m.n acc.v;
  Printf.printf "%d\n" (Hashtbl.hash a)

(* stdout {expected|
3 6 9 42
3 -1 9
true true 1
2 3 5.1873775176
320078682
|expected} *)
