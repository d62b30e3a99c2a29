(* A ray tracer: spheres, planes and boxes in a scene of combinators, shadows, reflections, a checkerboard; the picture is printed as
   characters, with statistics of its brightness and a checksum of the pixels. *)

module Vec = struct
  type t = { x : float; y : float; z : float }

  let v x y z = { x; y; z }
  let zero = v 0. 0. 0.
  let ( + ) a b = { x = a.x +. b.x; y = a.y +. b.y; z = a.z +. b.z }
  let ( - ) a b = { x = a.x -. b.x; y = a.y -. b.y; z = a.z -. b.z }
  let ( * ) k a = { x = k *. a.x; y = k *. a.y; z = k *. a.z }
  let dot a b = (a.x *. b.x) +. (a.y *. b.y) +. (a.z *. b.z)
  let cross a b = { x = (a.y *. b.z) -. (a.z *. b.y); y = (a.z *. b.x) -. (a.x *. b.z); z = (a.x *. b.y) -. (a.y *. b.x) }
  let length a = sqrt (dot a a)
  let unit a = 1. /. length a * a
  let mul a b = { x = a.x *. b.x; y = a.y *. b.y; z = a.z *. b.z }
  let reflect d n = d - (2. *. dot d n * n)
end

type ray = { origin : Vec.t; direction : Vec.t }

type material = { colour : Vec.t -> Vec.t; mirror : float; shine : float }

type hit = { distance : float; point : Vec.t; normal : Vec.t; material : material }

type shape =
  | Sphere of { centre : Vec.t; radius : float; material : material }
  | Plane of { normal : Vec.t; offset : float; material : material }
  | Box of { low : Vec.t; high : Vec.t; material : material }
  | Group of { bound : Vec.t * float; members : shape list }

let epsilon = 1e-6
let along ray t = Vec.(ray.origin + (t * ray.direction))

let sphere_roots centre radius ray =
  let open Vec in
  let oc = ray.origin - centre in
  let b = dot oc ray.direction in
  let c = dot oc oc -. (radius *. radius) in
  let d = (b *. b) -. c in
  if d < 0. then None
  else
    let s = sqrt d in
    Some (-.b -. s, -.b +. s)

let make_hit ray distance normal material =
  let normal = if Vec.dot normal ray.direction > 0. then Vec.(-1. * normal) else normal in
  Some { distance; point = along ray distance; normal; material }

let nearest a b =
  match (a, b) with
  | None, h | h, None -> h
  | Some x, Some y -> if x.distance <= y.distance then a else b

let box_hit low high material ray =
  let open Vec in
  let slab (near, far, axis) (o, d, l, h, candidate) =
    if Float.abs d < 1e-12 then if o < l || o > h then (infinity, neg_infinity, axis) else (near, far, axis)
    else
      let t1 = (l -. o) /. d and t2 = (h -. o) /. d in
      let t1, t2 = if t1 < t2 then (t1, t2) else (t2, t1) in
      ((if t1 > near then t1 else near), Float.min far t2, if t1 > near then candidate else axis)
  in
  let { origin = o; direction = d } = ray in
  let near, far, axis =
    List.fold_left slab
      (neg_infinity, infinity, v 1. 0. 0.)
      [ (o.x, d.x, low.x, high.x, v 1. 0. 0.); (o.y, d.y, low.y, high.y, v 0. 1. 0.); (o.z, d.z, low.z, high.z, v 0. 0. 1.) ]
  in
  if near > far || near < epsilon then None else make_hit ray near axis material

let rec intersect ray = function
  | Sphere { centre; radius; material } -> (
      match sphere_roots centre radius ray with
      | Some (t, _) when t > epsilon -> make_hit ray t Vec.(1. /. radius * (along ray t - centre)) material
      | Some (_, t) when t > epsilon -> make_hit ray t Vec.(1. /. radius * (along ray t - centre)) material
      | _ -> None)
  | Plane { normal; offset; material } ->
      let d = Vec.dot normal ray.direction in
      if Float.abs d < epsilon then None
      else
        let t = (offset -. Vec.dot normal ray.origin) /. d in
        if t > epsilon then make_hit ray t normal material else None
  | Box { low; high; material } -> box_hit low high material ray
  | Group { bound = centre, radius; members } -> (
      match sphere_roots centre radius ray with
      | Some (_, t) when t > 0. -> List.fold_left (fun best s -> nearest best (intersect ray s)) None members
      | _ -> None)

type light = { position : Vec.t; power : float }
type scene = { shapes : shape list; lights : light list; background : Vec.t -> Vec.t }

let rays = ref 0

let trace scene ray =
  incr rays;
  List.fold_left (fun best s -> nearest best (intersect ray s)) None scene.shapes

let in_shadow scene point { position; _ } =
  let to_light = Vec.(position - point) in
  let distance = Vec.length to_light in
  match trace scene { origin = point; direction = Vec.unit to_light } with
  | Some h -> h.distance < distance
  | None -> false

let rec shade scene depth ray =
  match trace scene ray with
  | None -> scene.background ray.direction
  | Some { point; normal; material; _ } ->
      let open Vec in
      let outside = point + (1e-4 * normal) in
      let base = material.colour point in
      let lit =
        List.fold_left
          (fun sum light ->
            if in_shadow scene outside light then sum
            else
              let l = unit (light.position - point) in
              let diffuse = Float.max 0. (dot l normal) in
              let highlight = Float.max 0. (dot (reflect ray.direction normal) l) ** material.shine in
              sum + (light.power * ((diffuse * base) + (0.25 *. highlight * v 1. 1. 1.))))
          (0.1 * base) scene.lights
      in
      if material.mirror > 0. && depth > 0 then
        let reflected = shade scene (pred depth) { origin = outside; direction = reflect ray.direction normal } in
        ((1. -. material.mirror) * lit) + (material.mirror * reflected)
      else lit

let plain colour ?(mirror = 0.) ?(shine = 20.) () = { colour = (fun _ -> colour); mirror; shine }

let checker a b =
  let colour { Vec.x; z; _ } =
    let cell = int_of_float (Float.floor x) + int_of_float (Float.floor z) in
    if cell land 1 = 0 then a else b
  in
  { colour; mirror = 0.15; shine = 8. }

let rec flake level centre radius =
  let material = plain (Vec.v (0.3 +. (0.2 *. float level)) 0.4 0.9) ~mirror:0.3 () in
  let here = Sphere { centre; radius; material } in
  if level = 0 then here
  else
    let child direction = flake (level - 1) Vec.(centre + (1.5 *. radius * direction)) (radius /. 2.) in
    let directions = Vec.[ v 1. 0. 0.; v (-1.) 0. 0.; v 0. 1. 0.; v 0. 0. 1.; v 0. 0. (-1.) ] in
    Group { bound = (centre, 3. *. radius); members = here :: List.map child directions }

let scene =
  {
    shapes =
      [
        Plane { normal = Vec.v 0. 1. 0.; offset = -1.; material = checker (Vec.v 0.9 0.9 0.9) (Vec.v 0.1 0.2 0.1) };
        flake 2 (Vec.v 0. 0.2 6.) 1.;
        Sphere { centre = Vec.v 2.5 0. 4.; radius = 0.8; material = plain (Vec.v 0.9 0.2 0.2) ~mirror:0.4 ~shine:60. () };
        Box { low = Vec.v (-3.2) (-1.) 3.5; high = Vec.v (-2.) 0.4 4.7; material = plain (Vec.v 0.2 0.8 0.3) () };
      ];
    lights = [ { position = Vec.v 5. 6. (-2.); power = 0.8 }; { position = Vec.v (-6.) 4. 0.; power = 0.4 } ];
    background = (fun d -> Vec.(v 0.1 0.1 0.2 + (Float.max 0. d.y * v 0.2 0.3 0.5)));
  }

let width = 72
let height = 36

let camera i j =
  let aspect = float width /. float height /. 2. in
  let x = ((float i +. 0.5) /. float width *. 2. -. 1.) *. aspect in
  let y = 1. -. ((float j +. 0.5) /. float height *. 2.) in
  { origin = Vec.v 0. 0.6 (-1.5); direction = Vec.unit (Vec.v x (y -. 0.15) 1.6) }

let brightness { Vec.x; y; z } = Float.min 1. ((0.3 *. x) +. (0.59 *. y) +. (0.11 *. z))
let palette = " .:-=+*#%@"

let () =
  let picture = Array.init height (fun j -> Array.init width (fun i -> brightness (shade scene 3 (camera i j)))) in
  Array.iter
    (fun row ->
      print_endline
        (String.init width (fun i -> palette.[min 9 (int_of_float (row.(i) *. 10.))])))
    picture;
  let all = Array.concat (Array.to_list picture) in
  let sum = Array.fold_left ( +. ) 0. all in
  let mean = sum /. float (Array.length all) in
  let variance = Array.fold_left (fun s b -> s +. ((b -. mean) ** 2.)) 0. all /. float (Array.length all) in
  Printf.printf "rays %d, mean %.6f, deviation %.6f\n" !rays mean (sqrt variance);
  Printf.printf "checksum %d\n"
    (Array.fold_left (fun h b -> ((h * 31) + int_of_float (b *. 255.)) land 0xFFFFFF) 7 all)

(* stdout {expected|
::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::
::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::
::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::
::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::
.::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::.
...............::::::::::::::::::::::::::::::::::::::::::...............
........................................................................
...................................==...................................
...................................:-:..................................
..................................====..................................
.............................-=-:-::-:-:-==.............................
..............................::..:..:=: ::.............................
................................. .--...................................
.......................-=-......--::-:--......-==.......................
.......................::.....-===....+==-.....::..........:-----.......
......................-====..::::-========-  -====      :----=====---   
=============-----=- :==-+=-===::--==-=--:==-::.==- -=:::-------==----: 
=============----::. .:::-.::::.:.::::-::.==:.:.-:.-  ::::-----------:::
=============----   ::.     =....-.:.::. :- ==      -:::::::::::::::::.:
=============----.  ::::::    .... : .  : ====      ==:-.===::=:=:::=:..
-----------------::::::       ... ..  .   ...=......... .--==..===:...-+
-----------------=..        .....::: ..............       ---......-- ..
-----------------.======...   ......*********.        ...:::.     ......
---------------*=======***..........**********......     ::::::...+.....
-------------...........***##*******............**#########............#
##########.............###***#######.............#############..........
........##############..............##############..............########
......###############...............###############...............######
###.................################................#################...
..................##################..................#########%#%#####.
.................###################...................#################
................####################....................################
..............######################.....................#%%%%%%%%%%%%##
.............######################%.......................##%%%%%%%####
############........................%#######################............
###########.........................%########################...........
rays 10335, mean 0.301081, deviation 0.224020
checksum 19035
|expected} *)
