(* Copies between weak arrays, also within one; what is dead stays dead. *)

let show w =
  let item i = match Weak.get w i with Some r -> string_of_int !r | None -> "." in
  print_endline (String.concat " " (List.init (Weak.length w) item))

let values = Array.init 20 (fun i -> ref i)

let fresh n =
  let w = Weak.create n in
  for i = 0 to n - 1 do
    if i mod 4 <> 3 then Weak.set w i (Some values.(i))
  done;
  w

let attempt name f = try f () with Invalid_argument m -> Printf.printf "%s: %s\n" name m

let () =
  let w = fresh 10 in
  show w;
  Weak.blit w 0 w 2 6;
  show w;
  let w = fresh 10 in
  Weak.blit w 2 w 0 6;
  show w;
  let w = fresh 10 in
  Weak.blit w 3 w 3 7;
  show w;
  Weak.blit w 0 w 0 0;
  Weak.blit w 10 w 10 0;
  show w;
  let v = Weak.create 12 in
  Weak.blit w 0 v 2 10;
  show v;
  Weak.fill v 0 12 (Some values.(15));
  Weak.blit w 5 v 6 3;
  show v;
  Weak.fill v 1 4 None;
  show v;
  attempt "negative length" (fun () -> Weak.blit w 0 v 0 (-1));
  attempt "beyond the source" (fun () -> Weak.blit w 5 v 0 6);
  attempt "beyond the target" (fun () -> Weak.blit w 0 v 5 8);
  attempt "negative source" (fun () -> Weak.blit w (-1) v 0 1);
  attempt "negative target" (fun () -> Weak.blit w 0 v (-1) 1);
  attempt "huge" (fun () -> Weak.blit w max_int v 0 1);
  attempt "fill beyond" (fun () -> Weak.fill v 10 3 None);
  attempt "fill negative" (fun () -> Weak.fill v (-1) 3 None);
  attempt "set" (fun () -> Weak.set v 12 None);
  attempt "get" (fun () -> ignore (Weak.get v (-1)));
  attempt "get_copy" (fun () -> ignore (Weak.get_copy v 12));
  attempt "check" (fun () -> ignore (Weak.check v 12));
  attempt "create" (fun () -> ignore (Weak.create (-1) : int ref Weak.t));
  attempt "create huge" (fun () -> ignore (Weak.create max_int : int ref Weak.t));
  show v;
  ignore (Sys.opaque_identity values)

(* Young pointers are copied into old arrays, and old ones into young arrays. *)
let old = Weak.create 100
let () = Gc.full_major ()

let () =
  let keep = Array.init 100 (fun i -> ref (1000 + i)) in
  let young = Weak.create 100 in
  Array.iteri (fun i r -> Weak.set young i (Some r)) keep;
  Weak.blit young 0 old 50 50;
  Weak.blit young 50 old 0 50;
  Gc.minor ();
  let count w = List.length (List.filter (Weak.check w) (List.init 100 Fun.id)) in
  Printf.printf "%d %d\n" (count old) (count young);
  (match (Weak.get old 0, Weak.get old 99) with
  | Some a, Some b -> Printf.printf "%b %b\n" (a == keep.(50)) (b == keep.(49))
  | _ -> print_endline "lost");
  Weak.blit old 0 young 0 100;
  Gc.full_major ();
  Printf.printf "%d %d\n" (count old) (count young);
  ignore (Sys.opaque_identity keep)

let () =
  Gc.full_major ();
  Printf.printf "%d\n" (List.length (List.filter (Weak.check old) (List.init 100 Fun.id)))

(* stdout {expected|
0 1 2 . 4 5 6 . 8 9
0 1 0 1 2 . 4 5 8 9
2 . 4 5 6 . 6 . 8 9
0 1 2 . 4 5 6 . 8 9
0 1 2 . 4 5 6 . 8 9
. . 0 1 2 . 4 5 6 . 8 9
15 15 15 15 15 15 5 6 . 15 15 15
15 . . . . 15 5 6 . 15 15 15
negative length: Weak.blit
beyond the source: Weak.blit
beyond the target: Weak.blit
negative source: Weak.blit
negative target: Weak.blit
huge: Weak.blit
fill beyond: Weak.fill
fill negative: Weak.fill
set: Weak.set
get: Weak.get
get_copy: Weak.get_copy
check: Weak.check
create: Weak.create
create huge: Weak.create
15 . . . . 15 5 6 . 15 15 15
100 100
true true
100 100
0
|expected} *)
