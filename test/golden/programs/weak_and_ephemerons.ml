(* Weak arrays, weak hash sets for hash-consing, ephemerons, and finalisers. *)

let full () = Gc.full_major ()
let make n = Sys.opaque_identity (ref n)

let () =
  let w = Weak.create 4 in
  let kept = make 1 in
  Weak.set w 0 (Some kept);
  Weak.set w 1 (Some (make 2));
  Printf.printf "%d %b %b %b\n" (Weak.length w) (Weak.check w 0) (Weak.check w 1) (Weak.check w 2);
  full ();
  Printf.printf "%b %b\n" (Weak.check w 0) (Weak.check w 1);
  (match Weak.get w 0 with Some r -> Printf.printf "%d %b\n" !r (r == kept) | None -> print_endline "lost");
  Weak.blit w 0 w 2 1;
  Weak.fill w 0 1 None;
  Printf.printf "%b %b\n" (Weak.check w 0) (Weak.check w 2);
  (match Weak.get_copy w 2 with Some r -> Printf.printf "%d %b\n" !r (r == kept) | None -> print_endline "lost");
  (try ignore (Weak.get w 4) with Invalid_argument _ -> print_endline "out of bounds");
  Printf.printf "%d\n" !kept

(* Terms that are equal are one. *)
module Terms = struct
  type t = { node : node; id : int }
  and node = Var of string | App of t * t

  module Table = Weak.Make (struct
    type nonrec t = t
    let equal a b =
      match (a.node, b.node) with
      | Var x, Var y -> String.equal x y
      | App (a, b), App (c, d) -> a == c && b == d
      | _ -> false
    let hash t = match t.node with Var x -> Hashtbl.hash x | App (a, b) -> Hashtbl.hash (a.id, b.id)
  end)

  let table = Table.create 16
  let counter = ref 0
  let make node = incr counter; Table.merge table { node; id = !counter }
  let var x = make (Var x)
  let app a b = make (App (a, b))
end

let () =
  let open Terms in
  let a = app (var "f") (var "x") and b = app (var "f") (var "x") in
  Printf.printf "%b %d\n" (a == b) (Table.count table);
  ignore (app a (var "garbage"));
  full ();
  Printf.printf "%d %b\n" (Table.count table) (Table.mem table a);
  ignore (Sys.opaque_identity (a, b))

(* A cache that does not keep its keys alive. *)
module Cache = Ephemeron.K1.Make (struct type t = int ref let equal = ( == ) let hash r = Hashtbl.hash !r end)

let () =
  let cache = Cache.create 8 in
  let kept = make 10 in
  Cache.replace cache kept "ten";
  Cache.replace cache (make 20) "twenty";
  Printf.printf "%d\n" (Cache.length cache);
  full ();
  Cache.clean cache;
  Printf.printf "%d %s\n" (Cache.length cache) (Cache.find cache kept);
  let finalised = ref [] in
  for i = 1 to 3 do Gc.finalise (fun r -> finalised := !r :: !finalised) (make i) done;
  full ();
  print_endline (String.concat " " (List.map string_of_int (List.sort compare !finalised)))

(* stdout {expected|
4 true true false
true false
1 true
false true
1 false
out of bounds
1
true 3
3 true
2
1 ten
1 2 3
|expected} *)
