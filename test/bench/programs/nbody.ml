(* The n-body benchmark: float fields of mutable records, square roots. *)
type body = { mutable x : float; mutable y : float; mutable z : float; mutable vx : float; mutable vy : float; mutable vz : float; mass : float }

let pi = 3.141592653589793
let solar_mass = 4. *. pi *. pi
let days = 365.24

let planet x y z vx vy vz m =
  { x; y; z; vx = vx *. days; vy = vy *. days; vz = vz *. days; mass = m *. solar_mass }

let bodies =
  [|
    planet 0. 0. 0. 0. 0. 0. 1.;
    planet 4.84143144246472090e+00 (-1.16032004402742839e+00) (-1.03622044471123109e-01) 1.66007664274403694e-03 7.69901118419740425e-03 (-6.90460016972063023e-05) 9.54791938424326609e-04;
    planet 8.34336671824457987e+00 4.12479856412430479e+00 (-4.03523417114321381e-01) (-2.76742510726411120e-03) 4.99852801234917238e-03 2.30417297573763929e-05 2.85885980666130812e-04;
    planet 1.28943695621391310e+01 (-1.51111514016986312e+01) (-2.23307578892655734e-01) 2.96460137564761618e-03 2.37847173959480950e-03 (-2.96589568540237556e-05) 4.36624404335156298e-05;
    planet 1.53796971148509165e+01 (-2.59193146099879641e+01) 1.79258772950371181e-01 2.68067772490389322e-03 1.62824170038242295e-03 (-9.51592254519715870e-05) 5.15138902046611451e-05;
  |]

let advance dt =
  let n = Array.length bodies in
  for i = 0 to n - 1 do
    let b = bodies.(i) in
    for j = i + 1 to n - 1 do
      let c = bodies.(j) in
      let dx = b.x -. c.x and dy = b.y -. c.y and dz = b.z -. c.z in
      let d2 = (dx *. dx) +. (dy *. dy) +. (dz *. dz) in
      let mag = dt /. (d2 *. sqrt d2) in
      b.vx <- b.vx -. (dx *. c.mass *. mag);
      b.vy <- b.vy -. (dy *. c.mass *. mag);
      b.vz <- b.vz -. (dz *. c.mass *. mag);
      c.vx <- c.vx +. (dx *. b.mass *. mag);
      c.vy <- c.vy +. (dy *. b.mass *. mag);
      c.vz <- c.vz +. (dz *. b.mass *. mag)
    done
  done;
  for i = 0 to n - 1 do
    let b = bodies.(i) in
    b.x <- b.x +. (dt *. b.vx);
    b.y <- b.y +. (dt *. b.vy);
    b.z <- b.z +. (dt *. b.vz)
  done

let energy () =
  let e = ref 0. in
  Array.iteri
    (fun i b ->
      e := !e +. (0.5 *. b.mass *. ((b.vx *. b.vx) +. (b.vy *. b.vy) +. (b.vz *. b.vz)));
      for j = i + 1 to Array.length bodies - 1 do
        let c = bodies.(j) in
        let dx = b.x -. c.x and dy = b.y -. c.y and dz = b.z -. c.z in
        e := !e -. (b.mass *. c.mass /. sqrt ((dx *. dx) +. (dy *. dy) +. (dz *. dz)))
      done)
    bodies;
  !e

let offset_momentum () =
  let px = ref 0. and py = ref 0. and pz = ref 0. in
  Array.iter (fun b -> px := !px +. (b.vx *. b.mass); py := !py +. (b.vy *. b.mass); pz := !pz +. (b.vz *. b.mass)) bodies;
  bodies.(0).vx <- -. !px /. solar_mass;
  bodies.(0).vy <- -. !py /. solar_mass;
  bodies.(0).vz <- -. !pz /. solar_mass

let () =
  offset_momentum ();
  Printf.printf "%.9f\n" (energy ());
  for _ = 1 to 4_000_000 do advance 0.01 done;
  Printf.printf "%.9f\n" (energy ())
