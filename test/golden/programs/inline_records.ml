(* Inline records: construction, update, mutation, matching, in exceptions and extensible types. *)
type shape =
  | Circle of { centre : int * int; mutable radius : float }
  | Rectangle of { width : float; height : float }
  | Unit

exception Bad of { code : int; reason : string }
type event = ..
type event += Key of { code : int; shift : bool } | Click of { x : int; y : int }

let area = function
  | Circle { radius; _ } -> 3. *. radius *. radius
  | Rectangle { width = w; height = h } -> w *. h
  | Unit -> 1.

let grow = function
  | Circle c -> c.radius <- c.radius +. 1.; Circle { c with centre = (1, 1) }
  | Rectangle r -> Rectangle { r with height = r.height *. 2. }
  | Unit -> Unit

let describe = function
  | Key { code; shift = true } -> Printf.sprintf "shift-%d" code
  | Key k -> string_of_int k.code
  | Click { x; y } -> Printf.sprintf "%d,%d" x y
  | _ -> "?"

let () =
  let c = Circle { centre = (0, 0); radius = 2. } in
  let g = grow c in
  Printf.printf "%g %g\n" (area c) (area g);
  (match g with Circle { centre = a, b; _ } -> Printf.printf "%d %d\n" a b | _ -> ());
  Printf.printf "%g\n" (area (grow (Rectangle { width = 2.; height = 3. })));
  Printf.printf "%b\n" (c = Circle { centre = (0, 0); radius = 3. });
  (try raise (Bad { code = 3; reason = "because" }) with Bad { code; reason } -> Printf.printf "%d %s\n" code reason);
  (match Bad { code = 4; reason = "x" } with Bad b -> print_endline b.reason | _ -> ());
  List.iter (fun e -> print_endline (describe e)) [ Key { code = 65; shift = true }; Key { code = 66; shift = false }; Click { x = 1; y = 2 } ];
  print_endline (Printexc.to_string (Bad { code = 1; reason = "r" }))

(* stdout {expected|
27 27
1 1
12
true
3 because
x
shift-65
66
1,2
Inline_records.Bad(1, "r")
|expected} *)
