(* Plane geometry: convex hull, area, point in polygon, closest pair by division, segments that cross. *)

type point = { x : int; y : int }

let point (x, y) = { x; y }
let cross o a b = ((a.x - o.x) * (b.y - o.y)) - ((a.y - o.y) * (b.x - o.x))
let show l = String.concat " " (List.map (fun { x; y } -> Printf.sprintf "%d,%d" x y) l)

(* Andrew's monotone chain. *)
let hull points =
  let rec add chain p = match chain with b :: (a :: _ as rest) when cross a b p <= 0 -> add rest p | _ -> p :: chain in
  let half l = match List.fold_left add [] l with [] -> [] | _ :: rest -> List.rev rest in
  match List.sort_uniq compare points with
  | ([] | [ _ ]) as l -> l
  | sorted -> half sorted @ half (List.rev sorted)

let edges polygon = match polygon with [] -> [] | first :: _ -> List.mapi (fun i p -> (p, match List.nth_opt polygon (i + 1) with Some q -> q | None -> first)) polygon
let twice_area polygon = List.fold_left (fun s (a, b) -> s + ((a.x * b.y) - (b.x * a.y))) 0 (edges polygon)

let inside polygon p =
  List.fold_left (fun odd (a, b) -> if a.y > p.y <> (b.y > p.y) && (cross a b p > 0) = (b.y > a.y) then not odd else odd) false (edges polygon)

let distance2 a b = ((a.x - b.x) * (a.x - b.x)) + ((a.y - b.y) * (a.y - b.y))

let closest points =
  let brute l = List.fold_left (fun best (i, p) -> List.fold_left (fun best (j, q) -> if j > i then min best (distance2 p q, p, q) else best) best (List.mapi (fun j q -> (j, q)) l)) (max_int, point (0, 0), point (0, 0)) (List.mapi (fun i p -> (i, p)) l) in
  let rec go l =
    let n = List.length l in
    if n <= 3 then brute l
    else
      let left = List.filteri (fun i _ -> i < n / 2) l and right = List.filteri (fun i _ -> i >= n / 2) l in
      let ((d, _, _) as best) = min (go left) (go right) in
      let middle = (List.hd right).x in
      let strip = List.filter (fun p -> (p.x - middle) * (p.x - middle) < d) l in
      min best (brute strip)
  in
  go (List.sort compare points)

let segments_cross (a, b) (c, d) =
  let side p q r = compare (cross p q r) 0 in
  let between p q r = min p.x q.x <= r.x && r.x <= max p.x q.x && min p.y q.y <= r.y && r.y <= max p.y q.y in
  let s1 = side a b c and s2 = side a b d and s3 = side c d a and s4 = side c d b in
  (s1 * s2 < 0 && s3 * s4 < 0) || (s1 = 0 && between a b c) || (s2 = 0 && between a b d) || (s3 = 0 && between c d a) || (s4 = 0 && between c d b)

let () =
  let points = List.map point [ (0, 0); (4, 0); (4, 4); (0, 4); (2, 2); (1, 3); (2, 0); (5, 2) ] in
  let h = hull points in
  Printf.printf "%s area %g\n" (show h) (float_of_int (twice_area h) /. 2.);
  List.iter (fun p -> Printf.printf "%b " (inside h (point p))) [ (1, 1); (3, 3); (6, 1); (-1, 2); (4, 3) ];
  print_newline ();
  let scattered = List.init 200 (fun i -> point (i * 7919 mod 1009, i * 104729 mod 997)) in
  let d, a, b = closest scattered in
  Printf.printf "%d %s\n" d (show [ a; b ]);
  Printf.printf "%d points, hull of %d\n" (List.length scattered) (List.length (hull scattered));
  let s (a, b) (c, d) = (point (a, b), point (c, d)) in
  List.iter (fun (u, v) -> Printf.printf "%b " (segments_cross u v))
    [ (s (0, 0) (4, 4), s (0, 4) (4, 0)); (s (0, 0) (1, 1), s (2, 2) (3, 3)); (s (0, 0) (2, 0), s (1, 0) (1, 5)); (s (0, 0) (2, 0), s (3, 1) (3, -1)) ];
  print_newline ()

(* stdout {expected|
0,0 4,0 5,2 4,4 0,4 area 18
true true false false true 
1525 0,0 25,30
200 points, hull of 13
true false true false 
|expected} *)
