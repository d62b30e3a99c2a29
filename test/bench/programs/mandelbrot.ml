(* Counts the points of a grid in the Mandelbrot set: float arithmetic in registers. *)
let rec escape cr ci zr zi n =
  let r2 = zr *. zr and i2 = zi *. zi in
  if n = 0 || r2 +. i2 > 4. then n else escape cr ci (r2 -. i2 +. cr) ((2. *. zr *. zi) +. ci) (n - 1)

let inside cr ci limit =
  let zr = ref 0. and zi = ref 0. and n = ref limit in
  while !n > 0 && (!zr *. !zr) +. (!zi *. !zi) <= 4. do
    let r = (!zr *. !zr) -. (!zi *. !zi) +. cr in
    zi := (2. *. !zr *. !zi) +. ci;
    zr := r;
    decr n
  done;
  !n

let () =
  let size = 600 and total = ref 0 and check = ref 0 in
  for y = 0 to size - 1 do
    let ci = (2. *. float y /. float size) -. 1. in
    for x = 0 to size - 1 do
      let cr = (2. *. float x /. float size) -. 1.5 in
      let n = inside cr ci 1000 in
      if n = 0 then incr total;
      check := ((!check * 31) + n) land 0xFFFFFF
    done
  done;
  Printf.printf "%d %d %d\n" !total !check (escape (-0.5) 0.5 0. 0. 1000)
